package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import levee.model.Evidence;
import levee.model.Finding.State;
import levee.model.FindingEvent.Change;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.model.Scanner;
import levee.telemetry.FlowBatch.Rows;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.Test;

class OutsideScannersTest {
    private static final int SYN_ACK = TcpFlags.SYN | TcpFlags.ACK;
    private static final int RESET = TcpFlags.RST | TcpFlags.ACK;
    private static final String SCANNER = "203.0.113.9";

    private OutsideScanners detector = new OutsideScanners(RowPlayer.OWN, 1, event -> {});

    private RowPlayer player(Rows kind) {
        return new RowPlayer(kind, listener -> {
            detector = new OutsideScanners(RowPlayer.OWN, RowPlayer.SEED, listener);
            return detector::process;
        });
    }

    private void end(RowPlayer player) {
        player.play();
        detector.finish();
    }

    private static String own(int number) {
        return "198.51." + (number >> 8 & 0xff) + "." + (number & 0xff);
    }

    private static String anywhere(SplittableRandom random) {
        return IpAddress.ofIpv4(random.nextInt(11 << 24, 99 << 24)).toString();
    }

    @Test
    void tellsOfWhoLooksForAService() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 40; i++) {
            player.syn(i, SCANNER, 40_000, own(i), 23);
            player.syn(i + 0.5, SCANNER, 40_000, own(i), 23);
        }
        end(player);
        Scanner finding = player.only(Scanner.class);
        assertThat(finding.subject()).isEqualTo("203.0.113.0/24");
        assertThat(finding.sources()).isEqualTo(1);
        assertThat(finding.services()).containsExactly("23/tcp");
        assertThat(finding.targets().value()).isBetween(36L, 44L);
        assertThat(finding.tries()).isBetween(36L, 44L);
        assertThat(finding.answered()).isZero();
        assertThat(finding.state()).isEqualTo(State.OPEN);
    }

    @Test
    void tellsOfWhoTriesPortsThatRefuse() {
        RowPlayer player = player(Rows.PACKETS);
        for (int port = 1; port <= 60; port++) {
            player.syn(port, SCANNER, 40_000, own(1), port);
            player.tcp(port + 0.001, own(1), port, SCANNER, 40_000, RESET);
        }
        end(player);
        assertThat(player.only(Scanner.class).answered()).isZero();
    }

    @Test
    void countsSourcesAndPortsOfLargeScans() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 800; i++) {
            player.syn(i * 0.1, "203.0.113." + i % 100, 40_000, own(1), 1 + i);
            player.syn(i * 0.1, "203.0.113." + (100 + i % 100), 40_000, own(1), 1 + i);
        }
        end(player);
        Scanner finding = player.only(Scanner.class);
        assertThat(finding.sources()).isEqualTo(200);
        assertThat(finding.tries()).isBetween(700L, 900L);
        Evidence breadth = finding.evidence().get(2);
        assertThat(breadth.statement()).startsWith("1 own host and ");
        assertThat(Integer.parseInt(breadth.statement().split(" ")[4].replace(",", "")))
                .isBetween(600, 1_000);
    }

    @Test
    void oneNetworkIsOneScannerInBothFamilies() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 60; i++) {
            player.syn(i, "2a00:1:2:" + i + "::1", 40_000, "2001:db8::" + Integer.toHexString(i + 1), 22);
        }
        end(player);
        assertThat(player.only(Scanner.class).subject()).isEqualTo("2a00:1:2::/48");
    }

    @Test
    void recordsOfLogsTellWhatBecameOfThem() {
        for (boolean answered : new boolean[] {false, true}) {
            RowPlayer player = player(Rows.FLOWS);
            for (int i = 0; i < 60; i++) {
                player.row(i, SCANNER, 40_000, own(i), 22, Protocols.TCP, answered ? 0x1b : TcpFlags.SYN, 3, 180);
                player.row(i, own(i), 22, SCANNER, 40_000, Protocols.TCP, answered ? 0x1b : RESET, 3, 180);
            }
            end(player);
            assertThat(player.count(Change.OPENED)).as("answered %s", answered).isEqualTo(answered ? 0 : 1);
        }
    }

    @Test
    void crowdAtOneServerIsNoScan() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 20_000; i++) {
            player.syn(i * 0.001, "203.0.113." + i % 256, 1_024 + i % 60_000, own(1), 443);
        }
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void floodFromForgedSourcesIsNoScan() {
        RowPlayer player = player(Rows.PACKETS);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 200_000; i++) {
            player.syn(i * 0.0001, anywhere(random), random.nextInt(1_024, 65_536), own(1), 80);
        }
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void scannerIsFoundBesidesAFlood() {
        RowPlayer player = player(Rows.PACKETS);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 100_000; i++) {
            player.syn(i * 0.001, anywhere(random), random.nextInt(1_024, 65_536), own(1), 80);
            if (i % 1_000 == 0) {
                player.syn(i * 0.001, SCANNER, 40_000, own(i / 1_000), 5_555);
            }
        }
        end(player);
        assertThat(player.only(Scanner.class).services()).containsExactly("5555/tcp");
    }

    @Test
    void answersToForgedPacketsAreNoScan() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 2_000; i++) {
            player.tcp(i * 0.1, SCANNER, 80, own(i), 1_024 + i, i % 2 == 0 ? SYN_ACK : RESET);
        }
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void reflectedAnswersAreNoScan() {
        RowPlayer player = player(Rows.PACKETS);
        player.syn(0, own(9), 50_000, SCANNER, 443);
        answered(player);
        for (int i = 0; i < 2_000; i++) {
            player.udp(1 + i * 0.1, SCANNER, i % 2 == 0 ? 53 : 11_211, own(1), 2_000 + i, 1_400);
        }
        end(player);
        assertThat(player.events).isEmpty();
    }

    /** Lets the detector see that own hosts answer. */
    private static void answered(RowPlayer player) {
        player.syn(0.1, "192.0.2.1", 40_000, own(2), 80);
        player.tcp(0.2, own(2), 80, "192.0.2.1", 40_000, SYN_ACK);
    }

    @Test
    void datagramsAreScansOnlyWhereAnswersAreSeen() {
        for (boolean seen : new boolean[] {false, true}) {
            RowPlayer player = player(Rows.PACKETS);
            if (seen) {
                answered(player);
            }
            for (int i = 0; i < 60; i++) {
                player.udp(1 + i, SCANNER, 40_000, own(i), 161, 80);
            }
            end(player);
            assertThat(player.count(Change.OPENED)).isEqualTo(seen ? 1 : 0);
        }
    }

    @Test
    void peersOfOwnHostsAreNoScan() {
        RowPlayer player = player(Rows.PACKETS);
        SplittableRandom random = new SplittableRandom(5);
        int[] ports = random.ints(200, 10_000, 60_000).toArray();
        for (int i = 0; i < 600; i++) {
            int host = i % 200;
            player.syn(i, "203.0.113." + random.nextInt(256), 50_000, own(host), ports[host]);
        }
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void clientsBehindOneNetworkAreNoScan() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 1_000; i++) {
            String client = "203.0.113." + i % 256;
            player.syn(i * 0.1, client, 40_000 + i, own(i % 300), 443);
            if (i % 10 != 0) {
                player.tcp(i * 0.1 + 0.01, own(i % 300), 443, client, 40_000 + i, SYN_ACK);
            }
        }
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void whoGoesOnWasAnsweredThoughOnlyOneDirectionIsSeen() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 300; i++) {
            player.syn(i * 0.1, SCANNER, 40_000, own(i), 443);
            player.tcp(i * 0.1 + 0.05, SCANNER, 40_000, own(i), 443, TcpFlags.ACK);
        }
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void ofSamplesThoseThatGoOnAreNoScan() {
        for (boolean goesOn : new boolean[] {false, true}) {
            RowPlayer player = player(Rows.SAMPLES);
            player.samplingRate = 100;
            for (int i = 0; i < 300; i++) {
                player.syn(i * 0.1, SCANNER, 40_000, own(i), 443);
                player.tcp(i * 0.1 + 0.05, SCANNER, 40_000, own(i), 443, goesOn ? TcpFlags.ACK : RESET);
            }
            end(player);
            assertThat(player.count(Change.OPENED)).as("goes on %s", goesOn).isEqualTo(goesOn ? 0 : 1);
        }
    }

    @Test
    void manySmallOnesAreToldOfTogether() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 1_200; i++) {
            int network = i % 300;
            String source = "203." + (network >> 8) + "." + (network & 0xff) + ".77";
            player.syn(i, source, 40_000, own(i % 97), 23);
        }
        end(player);
        Scanner finding = player.only(Scanner.class);
        assertThat(finding.subject()).isEqualTo("0.0.0.0/0");
        assertThat(finding.services()).containsExactly("23/tcp");
        assertThat(finding.sources()).isBetween(270L, 330L);
    }

    @Test
    void ownHostsAndTheirPartnersAreNone() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 500; i++) {
            player.syn(i, own(1), 40_000, own(1_000 + i), 22);
            player.syn(i, own(2), 40_000, "203.0.113." + i % 256, 22);
        }
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void tellsOfChangesAtMostOnceAMinuteAndOfTheEnd() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 20_000; i++) {
            player.syn(i * 0.01, SCANNER, 40_000, own(i), 22);
        }
        player.play();
        assertThat(player.count(Change.OPENED)).isEqualTo(1);
        assertThat(player.count(Change.CHANGED)).isBetween(1L, 4L);
        for (int hour = 1; hour < 12; hour++) {
            for (int second = 0; second < 12; second++) {
                detector.tick(RowPlayer.nanos(hour * 3_600 + second));
            }
        }
        assertThat(player.count(Change.ENDED)).isEqualTo(1);
        assertThat(player.only(Scanner.class).targets().value()).isBetween(18_000L, 20_000L);
    }

    @Test
    void whateverComesMemoryIsBounded() {
        RowPlayer player = player(Rows.PACKETS);
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 400_000; i++) {
            player.syn(i * 0.001, anywhere(random), 40_000, own(random.nextInt(65_536)), random.nextInt(65_536));
        }
        end(player);
        assertThat(detector.evicted()).isPositive();
        assertThat(player.events).isEmpty();
    }
}
