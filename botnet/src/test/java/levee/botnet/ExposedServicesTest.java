package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import levee.model.Evidence;
import levee.model.ExposedService;
import levee.model.Finding.State;
import levee.model.FindingEvent.Change;
import levee.model.Group;
import levee.model.Groups;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.telemetry.FlowBatch.Rows;
import levee.telemetry.PayloadHint;
import org.junit.jupiter.api.Test;

class ExposedServicesTest {
    private static final String SERVER = "198.51.100.7";
    private static final Group GROUP =
            new Group("harbour", List.of(Prefix.parse("198.51.100.0/24")), Optional.empty(), List.of());

    private ExposedServices detector = new ExposedServices(RowPlayer.OWN, Groups.NONE, 1, event -> {});

    private RowPlayer player(Rows kind) {
        return new RowPlayer(kind, listener -> {
            detector = new ExposedServices(RowPlayer.OWN, new Groups(List.of(GROUP)), RowPlayer.SEED, listener);
            return detector::process;
        });
    }

    private void end(RowPlayer player) {
        player.play();
        detector.finish();
    }

    private static String client(int number) {
        return "203.0." + (number >> 8) + "." + (number & 0xff);
    }

    /** A question and its answers. */
    private static void ask(
            RowPlayer player, double second, String client, int port, int asked, int answers, int bytes) {
        int clientPort = 40_000 + (int) (second * 7) % 20_000;
        player.udp(second, client, clientPort, SERVER, port, asked);
        for (int i = 0; i < answers; i++) {
            player.udp(second + 0.001, SERVER, port, client, clientPort, bytes);
        }
    }

    private static boolean says(ExposedService finding, String words) {
        return finding.evidence().stream().map(Evidence::statement).anyMatch(statement -> statement.contains(words));
    }

    @Test
    void tellsOfServiceThatAnswersStrangersWithMuchMore() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 20; i++) {
            ask(player, i, client(i), 11_211, 43, 3, 1_400);
        }
        end(player);
        ExposedService finding = player.only(ExposedService.class);
        assertThat(finding.subject()).isEqualTo("198.51.100.7:11211/udp");
        assertThat(finding.service()).isEqualTo("memcached");
        assertThat(finding.state()).isEqualTo(State.OPEN);
        assertThat(finding.clients().value()).isBetween(18L, 22L);
        assertThat(finding.requests().packets()).isEqualTo(20);
        assertThat(finding.answers().bytes()).isEqualTo(20 * 3 * 1_400);
        assertThat(finding.amplification()).isCloseTo(3 * 1_400 / 43.0, within(0.01));
        assertThat(finding.group()).contains(GROUP);
        assertThat(finding.start().toEpochMilli()).isEqualTo(RowPlayer.nanos(0) / 1_000_000);
    }

    @Test
    void fewClientsMayBeMonitoring() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 500; i++) {
            ask(player, i, client(i % 2), 161, 80, 1, 1_000);
        }
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void nameServerMayAnswerEverybody() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 5_000; i++) {
            ask(player, i * 0.1, client(i), 53, 75, 1, i % 10 == 0 ? 1_400 : 450);
        }
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void tellsOfNameServerThatIsAbused() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 2_000; i++) {
            ask(player, i * 0.1, client(i), 53, 75, 1, 300);
            ask(player, i * 0.1, "192.0.2.80", 53, 70, 2, 1_500);
        }
        end(player);
        ExposedService finding = player.only(ExposedService.class);
        assertThat(finding.service()).isEqualTo("dns");
        assertThat(says(finding, "abused: 192.0.2.80 was sent")).isTrue();
    }

    @Test
    void timeServerMayTellTheTime() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 2_000; i++) {
            ask(player, i * 0.1, client(i), 123, 76, 1, 76);
        }
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void tellsOfMonlist() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 30; i++) {
            player.hint = PayloadHint.NTP_CONTROL_RESPONSE;
            ask(player, i, client(i), 123, 36, 10, 468);
        }
        end(player);
        ExposedService finding = player.only(ExposedService.class);
        assertThat(says(finding, "monlist")).isTrue();
        assertThat(finding.amplification()).isEqualTo(130);
    }

    @Test
    void ownClientIsNoServer() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 500; i++) {
            // Old resolvers and time clients ask from the service's own port.
            player.udp(i, SERVER, 53, client(i), 53, 1_400);
            player.udp(i + 0.01, client(i), 53, SERVER, 53, 60);
            // And a high port may be anybody's.
            player.udp(i, SERVER, 37_810, client(i), 443, 1_400);
            player.udp(i + 0.01, client(i), 443, SERVER, 37_810, 60);
        }
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void whatNobodyAskedForIsNoAnswerWhereRequestsAreSeen() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 3_000; i++) {
            player.udp(i * 0.01, SERVER, 389, client(i % 20), 40_000, 1_400);
            ask(player, i * 0.01, client(i % 100), 123, 76, 1, 76);
        }
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void judgesBySizeWhereOnlyAnswersAreSeen() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 300; i++) {
            player.udp(i, SERVER, 19, client(i), 40_000, 1_000);
            player.udp(i, "198.51.100.8", 123, client(i), 40_000, 76);
        }
        end(player);
        ExposedService finding = player.only(ExposedService.class);
        assertThat(finding.service()).isEqualTo("chargen");
        assertThat(says(finding, "requests were not seen")).isTrue();
    }

    @Test
    void conversationsOfSessionsAreNoAmplification() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 200; i++) {
            player.udp(i, client(i), 50_000, SERVER, 443, 1_250);
            for (int packet = 0; packet < 40; packet++) {
                player.udp(i + 0.01 + packet * 0.001, SERVER, 443, client(i), 50_000, 1_350);
            }
        }
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void firstAnswersOfSessionsMayBeAmplification() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 200; i++) {
            ask(player, i, client(i), 27_960, 42, 1, 1_200);
        }
        end(player);
        assertThat(player.only(ExposedService.class).service()).isEqualTo("quake3");
    }

    @Test
    void recordsComeInAnyOrder() {
        RowPlayer player = player(Rows.FLOWS);
        for (int i = 0; i < 50; i++) {
            player.row(i, SERVER, 389, client(i), 40_000 + i, Protocols.UDP, 0, 2, 3_000);
            player.row(i, client(i), 40_000 + i, SERVER, 389, Protocols.UDP, 0, 1, 80);
        }
        end(player);
        ExposedService finding = player.only(ExposedService.class);
        assertThat(finding.requests().packets()).isEqualTo(50);
        assertThat(finding.answers().packets()).isEqualTo(100);
        assertThat(finding.amplification()).isEqualTo(37.5);
    }

    @Test
    void samplesSuffice() {
        RowPlayer player = player(Rows.SAMPLES);
        player.samplingRate = 1_000;
        for (int i = 0; i < 200; i++) {
            player.udp(i, SERVER, 11_211, client(i % 50), 80, 1_400);
            // An ordinary client of another service, so that both directions are seen.
            player.udp(i, client(i), 40_000, "198.51.100.9", 53, 70);
        }
        end(player);
        assertThat(player.only(ExposedService.class).service()).isEqualTo("memcached");
    }

    @Test
    void multicastIsNoStranger() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 500; i++) {
            player.udp(i, SERVER, 1_900, "239.255.255.250", 40_000 + i, 1_000);
            player.udp(i, SERVER, 5_353, "224.0.0.251", 5_353, 1_000);
        }
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void tellsOfChangesAtMostOnceAMinuteAndOfTheEndAfterADay() {
        RowPlayer player = player(Rows.PACKETS);
        for (int i = 0; i < 3_000; i++) {
            ask(player, i * 0.1, client(i % 64), 1_900, 120, 8, 350);
        }
        player.play();
        assertThat(player.count(Change.OPENED)).isEqualTo(1);
        assertThat(player.count(Change.CHANGED)).isBetween(1L, 5L);
        detector.tick(RowPlayer.nanos(3_600));
        assertThat(player.count(Change.ENDED)).isZero();
        detector.tick(RowPlayer.nanos(2 * 86_400));
        detector.tick(RowPlayer.nanos(3 * 86_400));
        assertThat(player.count(Change.ENDED)).isEqualTo(1);
        assertThat(player.only(ExposedService.class).state()).isEqualTo(State.ENDED);
        detector.finish();
        assertThat(player.events).hasSize((int) (2 + player.count(Change.CHANGED)));
    }

    @Test
    void keepsWhatIsOpenOverADay() {
        RowPlayer player = player(Rows.PACKETS);
        for (int hour = 0; hour < 60; hour++) {
            for (int i = 0; i < 10; i++) {
                ask(player, hour * 3_600 + i, client(i), 1_900, 120, 8, 350);
            }
        }
        end(player);
        ExposedService finding = player.only(ExposedService.class);
        assertThat(finding.answers().packets()).isEqualTo(60 * 10 * 8);
    }

    @Test
    void whateverComesMemoryIsBounded() {
        RowPlayer player = player(Rows.PACKETS);
        SplittableRandom random = new SplittableRandom(7);
        int[] ports = {53, 123, 161, 389, 1_900, 11_211};
        for (int i = 0; i < 300_000; i++) {
            String host = "198.51." + random.nextInt(256) + "." + random.nextInt(256);
            player.udp(i * 0.001, host, ports[random.nextInt(6)], client(random.nextInt(65_536)), 50_000, 1_000);
        }
        end(player);
        assertThat(detector.evicted()).isPositive();
        assertThat(player.count(Change.OPENED)).isLessThanOrEqualTo(1_024);
    }
}
