package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import levee.indicator.AllowTable;
import levee.model.InfectedHost.Behaviour;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.InfectedHost.Level;
import levee.telemetry.FlowBatch.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameWatchTest {
    private static final String HOST = BotPlayer.own(700);
    private static final int ADDRESS = 1;
    private static final int TEXT = 16;
    private static final int NO_SUCH_NAME = 3;

    private static String letters(SplittableRandom random, int count) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < count; i++) {
            name.append((char) ('a' + random.nextInt(26)));
        }
        return name.toString();
    }

    private static BotPlayer generated(int names) {
        SplittableRandom random = new SplittableRandom(5);
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < names; i++) {
            player.dns(10 + i, HOST, letters(random, 14) + ".com", ADDRESS, NO_SUCH_NAME);
        }
        return player.finish();
    }

    @Test
    void namesThatAProgramMadeUpAreToldOf() {
        BotPlayer player = generated(60);
        Behaviour behaviour = player.behaviour(HOST, BehaviourKind.DGA);
        assertThat(behaviour.evidence().get(0).value()).isEqualTo(60);
        assertThat(behaviour.evidence().get(0).statement()).contains("60 different names");
        assertThat(player.host(HOST).orElseThrow().level()).isEqualTo(Level.NOTIFY);
    }

    @Test
    void moreNeverWeighsLess() {
        double before = 0;
        for (int names : new int[] {10, 20, 40, 80, 160, 250, 400}) {
            double now = generated(names).behaviour(HOST, BehaviourKind.DGA).weight();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
    }

    private static String hexadecimal(SplittableRandom random) {
        return Long.toHexString(random.nextLong() | Long.MIN_VALUE)
                + Long.toHexString(random.nextLong() | Long.MIN_VALUE);
    }

    private static BotPlayer tunnel(int questions) {
        SplittableRandom random = new SplittableRandom(6);
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < questions; i++) {
            player.dns(10 + i, HOST, hexadecimal(random) + ".data.example.com", TEXT, 0);
        }
        return player.finish();
    }

    @Test
    void dataInNamesIsToldOf() {
        BotPlayer player = tunnel(500);
        Behaviour behaviour = player.behaviour(HOST, BehaviourKind.DNS_TUNNEL);
        assertThat(behaviour.evidence().get(0).statement()).contains("500 questions below example.com");
        assertThat(behaviour.evidence().get(0).value()).isBetween(350.0, 500.0);
        assertThat(behaviour.examples().get(0).destination().port()).isEqualTo(53);
    }

    @Test
    void moreDataNeverWeighsLess() {
        double before = 0;
        for (int questions : new int[] {100, 200, 400, 800, 3_000}) {
            double now =
                    tunnel(questions).behaviour(HOST, BehaviourKind.DNS_TUNNEL).weight();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
    }

    private static void assertNothing(BotPlayer player) {
        player.finish();
        assertThat(player.kinds(HOST))
                .contains(BehaviourKind.KNOWN_INDICATOR)
                .doesNotContain(BehaviourKind.DGA, BehaviourKind.DNS_TUNNEL);
    }

    /** A desktop asks for a few names that do not exist a thousand times an hour. */
    @Test
    void theSameDeadNamesAgainAndAgainAreNone() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        List<String> names = List.of("wpad.lan", "printer.home", "connectivity-check.example.com", "old.example.org");
        for (int i = 0; i < 2_000; i++) {
            player.dns(10 + i, HOST, names.get(i % names.size()), ADDRESS, NO_SUCH_NAME);
        }
        assertNothing(player);
    }

    /** Virus scanners and mail servers ask lists for checksums and addresses, which mostly are not on them. */
    @Test
    void questionsToListsAreNoMadeUpNames() {
        SplittableRandom random = new SplittableRandom(7);
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 500; i++) {
            player.dns(
                    10 + i,
                    HOST,
                    random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256) + ".9.zen.example.org",
                    ADDRESS,
                    NO_SUCH_NAME);
        }
        assertNothing(player);
    }

    /** Content networks name each of their servers in a random way, a few letters long. */
    @Test
    void serversOfContentNetworksAreNoTunnel() {
        SplittableRandom random = new SplittableRandom(8);
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 500; i++) {
            player.dns(10 + i, HOST, "d" + letters(random, 13) + ".cloudfront.net", ADDRESS, 0, BotPlayer.outside(i));
        }
        assertNothing(player);
    }

    @Test
    void addressesAskedBackwardsAreNone() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 2_000; i++) {
            player.dns(10 + i, HOST, (i & 255) + "." + (i >> 8) + ".0.192.in-addr.arpa", 12, NO_SUCH_NAME);
        }
        assertNothing(player);
    }

    /** Whoever resolves names asks what others want to know. */
    @Test
    void resolversAreNotToldOf() {
        SplittableRandom random = new SplittableRandom(9);
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 200; i++) {
            player.udp(1 + i * 0.1, BotPlayer.own(i), 40_000, HOST, 53, true);
        }
        for (int i = 0; i < 300; i++) {
            player.dns(100 + i, HOST, letters(random, 14) + ".com", ADDRESS, NO_SUCH_NAME);
            player.dns(100 + i, HOST, hexadecimal(random) + ".data.example.com", TEXT, 0);
        }
        assertNothing(player);
    }

    @Test
    void allowedNamesAreNoTunnel() {
        SplittableRandom random = new SplittableRandom(6);
        AbuseSettings settings =
                AbuseSettings.of(BotPlayer.OWN).with(AllowTable.of(List.of("*.example.com")), BotPlayer.known());
        BotPlayer player = new BotPlayer(Rows.CONNECTIONS, settings).mark(0, HOST);
        BotPlayer later = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 500; i++) {
            player.dns(10 + i, HOST, hexadecimal(random) + ".data.example.com", TEXT, 0);
            later.dns(10 + i, HOST, hexadecimal(random) + ".data.example.com", TEXT, 0);
        }
        assertNothing(player);
        later.tick(600);
        assertThat(later.kinds(HOST)).contains(BehaviourKind.DNS_TUNNEL);
        later.detector.apply(settings);
        assertNothing(later);
    }

    /** A few typing errors, and search words that a browser takes for names. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aFewMistakesAreNone(int names) {
        SplittableRandom random = new SplittableRandom(10);
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < names; i++) {
            player.dns(10 + i, HOST, letters(random, 10) + ".com", ADDRESS, NO_SUCH_NAME);
        }
        for (int i = 0; i < 200; i++) {
            player.dns(10 + i, HOST, "site" + i + ".example.com", ADDRESS, 0, BotPlayer.outside(i));
        }
        assertNothing(player);
    }
}
