package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import levee.model.Attack.Talker;
import levee.model.Evidence;
import levee.model.Finding.State;
import levee.model.FindingEvent.Change;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.model.SpoofedTraffic;
import levee.telemetry.FlowBatch.Rows;
import org.junit.jupiter.api.Test;

class SpoofedSourcesTest {
    private static final int INSIDE = 3;
    private static final int OUTSIDE = 7;
    private static final String OWN_HOST = "198.51.100.5";
    private static final String VICTIM = "203.0.113.80";
    private static final Map<IpAddress, Set<Integer>> NO_EDGES = Map.of();

    private SpoofedSources detector =
            new SpoofedSources(RowPlayer.OWN, NO_EDGES, 1, exporter -> "192.0.2." + exporter, event -> {});

    private RowPlayer player(Rows kind, OwnNetworks networks, Map<IpAddress, Set<Integer>> edges) {
        return new RowPlayer(kind, listener -> {
            detector = new SpoofedSources(networks, edges, RowPlayer.SEED, exporter -> "192.0.2." + exporter, listener);
            return detector::process;
        });
    }

    private void end(RowPlayer player) {
        player.play();
        detector.finish();
    }

    private static String anywhere(SplittableRandom random) {
        return IpAddress.ofIpv4(random.nextInt(11 << 24, 126 << 24)).toString();
    }

    /** Two hundred seconds of what passes a router of a network that ends here. */
    private static void ordinary(RowPlayer player) {
        ordinary(player, INSIDE, OUTSIDE);
    }

    private static void ordinary(RowPlayer player, int inside, int outside) {
        for (int i = 0; i < 2_000; i++) {
            String server = "203.0.113." + i % 200;
            player.networkInterface = inside;
            player.timeToLive = 63;
            player.udp(i * 0.1, OWN_HOST, 40_000, server, 443, 500);
            player.networkInterface = outside;
            player.timeToLive = 52;
            player.udp(i * 0.1 + 0.01, server, 443, OWN_HOST, 40_000, 1_200);
        }
    }

    private static void forged(RowPlayer player, double begin, int networkInterface, int timeToLive, int count) {
        SplittableRandom random = new SplittableRandom(11);
        player.networkInterface = networkInterface;
        player.timeToLive = timeToLive;
        for (int i = 0; i < count; i++) {
            player.syn(begin + i * 0.01, anywhere(random), random.nextInt(1_024, 65_536), VICTIM, 80);
        }
    }

    private static boolean says(SpoofedTraffic finding, String words) {
        return finding.evidence().stream().map(Evidence::statement).anyMatch(statement -> statement.contains(words));
    }

    @Test
    void tellsOfForgedSourcesBehindInterfaceThatOwnHostsSendInto() {
        RowPlayer player = player(Rows.FLOWS, RowPlayer.OWN, NO_EDGES);
        player.exporter = 1;
        ordinary(player);
        forged(player, 220, INSIDE, 63, 1_000);
        end(player);
        SpoofedTraffic finding = player.only(SpoofedTraffic.class);
        assertThat(finding.exporter()).isEqualTo("192.0.2.1");
        assertThat(finding.networkInterface()).isEqualTo(INSIDE);
        assertThat(finding.sources().value()).isBetween(995L, 1_000L);
        assertThat(finding.volume().packets()).isEqualTo(1_000);
        assertThat(finding.destinations()).containsExactly(new Talker(Prefix.parse("203.0.113.0/24"), 1_000, 60_000));
        assertThat(finding.state()).isEqualTo(State.OPEN);
        assertThat(says(finding, "it is inside")).isTrue();
    }

    @Test
    void whatEntersAtAnEdgeIsNotOurs() {
        IpAddress router = IpAddress.parse("192.0.2.1");
        for (int edge : new int[] {INSIDE, OUTSIDE}) {
            RowPlayer player = player(Rows.FLOWS, RowPlayer.OWN, Map.of(router, Set.of(edge)));
            player.exporter = 1;
            ordinary(player);
            forged(player, 220, OUTSIDE, 63, 1_000);
            end(player);
            assertThat(player.count(Change.OPENED)).as("edge %d", edge).isEqualTo(edge == OUTSIDE ? 0 : 1);
        }
    }

    @Test
    void transitIsNoForgery() {
        RowPlayer player = player(Rows.FLOWS, RowPlayer.OWN, NO_EDGES);
        player.exporter = 1;
        ordinary(player);
        forged(player, 220, OUTSIDE, 63, 1_000);
        forged(player, 240, 9, 63, 1_000);
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void networkThatAlsoReceivesIsMissingInTheSettings() {
        RowPlayer player = player(Rows.FLOWS, RowPlayer.OWN, NO_EDGES);
        player.exporter = 1;
        ordinary(player);
        SplittableRandom random = new SplittableRandom(12);
        for (int i = 0; i < 2_000; i++) {
            String customer = "192.0.2." + i % 250;
            String server = anywhere(random);
            player.networkInterface = INSIDE;
            player.udp(220 + i * 0.01, customer, 40_000, server, 53, 70);
            player.networkInterface = OUTSIDE;
            player.udp(220 + i * 0.01 + 0.005, server, 53, customer, 40_000, 300);
        }
        player.play();
        assertThat(detector.missingNetworks()).containsExactly(Prefix.parse("192.0.2.0/24"));
        detector.finish();
        assertThat(player.events).isEmpty();
    }

    @Test
    void tellsOfRequestsInTheNameOfAVictim() {
        RowPlayer player = player(Rows.FLOWS, RowPlayer.OWN, NO_EDGES);
        player.exporter = 1;
        ordinary(player);
        SplittableRandom random = new SplittableRandom(13);
        player.networkInterface = INSIDE;
        for (int i = 0; i < 400; i++) {
            player.udp(220 + i * 0.01, "192.0.2.200", 80, anywhere(random), 123, 36);
        }
        end(player);
        SpoofedTraffic finding = player.only(SpoofedTraffic.class);
        assertThat(finding.sources().value()).isEqualTo(1);
        assertThat(says(finding, "In the name of 192.0.2.0/24 400 requests")).isTrue();
    }

    @Test
    void steadyForeignSourceThatIsNotAnsweredIsNoForgeryYet() {
        RowPlayer player = player(Rows.FLOWS, RowPlayer.OWN, NO_EDGES);
        player.exporter = 1;
        ordinary(player);
        player.networkInterface = INSIDE;
        for (int i = 0; i < 5_000; i++) {
            player.udp(220 + i * 0.01, "192.0.2." + i % 60, 5_000, VICTIM, 6_000, 900);
        }
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void saysNothingWhereNobodyNamedTheOwnNetworks() {
        OwnNetworks guessed = new OwnNetworks(RowPlayer.OWN.prefixes(), false);
        RowPlayer player = player(Rows.FLOWS, guessed, NO_EDGES);
        player.exporter = 1;
        ordinary(player);
        forged(player, 220, INSIDE, 63, 1_000);
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void inCapturesForgedPacketsComeFromAsNearAsOwnOnes() {
        for (int timeToLive : new int[] {63, 47, 0}) {
            RowPlayer player = player(Rows.PACKETS, RowPlayer.OWN, NO_EDGES);
            // A capture tells of no interfaces.
            ordinary(player, 0, 0);
            forged(player, 220, 0, timeToLive, 1_000);
            end(player);
            assertThat(player.count(Change.OPENED)).as("TTL %d", timeToLive).isEqualTo(timeToLive == 63 ? 1 : 0);
        }
    }

    @Test
    void privateSourcesAreLeaks() {
        RowPlayer player = player(Rows.FLOWS, RowPlayer.OWN, NO_EDGES);
        player.exporter = 1;
        ordinary(player);
        player.networkInterface = INSIDE;
        SplittableRandom random = new SplittableRandom(14);
        for (int i = 0; i < 1_000; i++) {
            player.syn(220 + i * 0.01, "192.168." + i % 200 + "." + (1 + i % 250), 40_000, anywhere(random), 443);
        }
        forged(player, 240, INSIDE, 63, 300);
        end(player);
        SpoofedTraffic finding = player.only(SpoofedTraffic.class);
        assertThat(finding.volume().packets()).isEqualTo(300);
        assertThat(says(finding, "packets left with private sources")).isTrue();
    }

    @Test
    void whoKnowsNoInterfacesKnowsNoInside() {
        IpAddress router = IpAddress.parse("192.0.2.1");
        RowPlayer player = player(Rows.FLOWS, RowPlayer.OWN, Map.of(router, Set.of(OUTSIDE)));
        player.exporter = 1;
        ordinary(player, 0, 0);
        forged(player, 220, 0, 63, 1_000);
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void customersOfATransitNetworkAreNoForgery() {
        IpAddress router = IpAddress.parse("192.0.2.1");
        RowPlayer player = player(Rows.FLOWS, RowPlayer.OWN, Map.of(router, Set.of(OUTSIDE)));
        player.exporter = 1;
        ordinary(player);
        SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < 60_000; i++) {
            String customer = (11 + i % 100) + "." + i % 3 + "." + random.nextInt(40) + "." + random.nextInt(256);
            player.networkInterface = INSIDE;
            player.udp(220 + i * 0.001, customer, 40_000, VICTIM, 443, 70);
            player.networkInterface = OUTSIDE;
            player.udp(220 + i * 0.001, VICTIM, 443, customer, 40_000, 300);
        }
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void fewStrayAddressesAreNoForgery() {
        RowPlayer player = player(Rows.FLOWS, RowPlayer.OWN, NO_EDGES);
        player.exporter = 1;
        ordinary(player);
        SplittableRandom random = new SplittableRandom(15);
        player.networkInterface = INSIDE;
        for (int i = 0; i < 500; i++) {
            // Devices that still have the address of another network, one every minute.
            player.udp(220 + i * 60, anywhere(random), 40_000, VICTIM, 443, 100);
        }
        end(player);
        assertThat(player.events).isEmpty();
    }

    @Test
    void endsWhenNothingComes() {
        RowPlayer player = player(Rows.FLOWS, RowPlayer.OWN, NO_EDGES);
        player.exporter = 1;
        ordinary(player);
        forged(player, 220, INSIDE, 63, 20_000);
        player.play();
        long changes = player.count(Change.CHANGED);
        assertThat(changes).isBetween(1L, 4L);
        detector.tick(RowPlayer.nanos(500));
        detector.tick(RowPlayer.nanos(1_200));
        assertThat(player.count(Change.ENDED)).isEqualTo(1);
        assertThat(player.only(SpoofedTraffic.class).state()).isEqualTo(State.ENDED);
    }

    @Test
    void whateverComesMemoryIsBounded() {
        RowPlayer player = player(Rows.FLOWS, RowPlayer.OWN, NO_EDGES);
        SplittableRandom random = new SplittableRandom(16);
        for (int i = 0; i < 200_000; i++) {
            player.exporter = 1 + random.nextInt(50);
            player.networkInterface = random.nextInt();
            player.udp(i * 0.001, random.nextInt(3) == 0 ? OWN_HOST : anywhere(random), 1, anywhere(random), 53, 70);
        }
        end(player);
        assertThat(detector.evicted()).isPositive();
        assertThat(player.events).isEmpty();
    }
}
