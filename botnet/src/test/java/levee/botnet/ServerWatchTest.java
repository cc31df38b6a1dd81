package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import levee.indicator.AllowTable;
import levee.model.Evidence;
import levee.model.InfectedHost.Behaviour;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.Protocols;
import levee.telemetry.FlowBatch.Rows;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerWatchTest {
    private static final String HOST = BotPlayer.own(700);
    private static final String SERVER = BotPlayer.outside(1);

    /** A host that comes every minute, give or take a second. */
    private static BotPlayer beat(BotPlayer player, String host, String server, int port, double seconds) {
        SplittableRandom random = new SplittableRandom(1);
        for (double second = 20; second < seconds; second += 60) {
            player.tcp(second + random.nextDouble(), 1, host, server, port, 8, 900, 7, 1_400);
        }
        return player;
    }

    @Test
    void aBeatToARareServerIsToldOf() {
        BotPlayer player =
                beat(new BotPlayer(), HOST, SERVER, 4_782, 12 * 3_600).finish();
        assertThat(player.kinds(HOST)).containsExactly(BehaviourKind.BEACONING);
        Behaviour behaviour = player.behaviour(HOST, BehaviourKind.BEACONING);
        assertThat(behaviour.evidence().get(0).value()).isBetween(600.0, 720.0);
        assertThat(behaviour.evidence().get(0).statement())
                .contains(SERVER + ":4782/tcp")
                .contains("720 times")
                .contains("every 60 s");
        assertThat(player.servers()).hasSize(1);
        assertThat(player.servers().get(0).server().toString()).isEqualTo(SERVER + ":4782/tcp");
        assertThat(player.servers().get(0).hosts()).extracting(Object::toString).containsExactly(HOST);
        assertThat(player.host(HOST).orElseThrow().commandServers()).hasSize(1);
    }

    @Test
    void callsThatNobodyAnswersAreToldOf() {
        BotPlayer player = new BotPlayer();
        player.answered(0, HOST, BotPlayer.outside(9), 443);
        for (int i = 0; i < 200; i++) {
            player.unanswered(10 + i * 30, HOST, SERVER, 4_782);
        }
        player.finish();
        assertThat(player.kinds(HOST)).contains(BehaviourKind.DEAD_COMMAND_SERVER);
        Behaviour behaviour = player.behaviour(HOST, BehaviourKind.DEAD_COMMAND_SERVER);
        assertThat(behaviour.evidence().get(0).value()).isEqualTo(200);
        assertThat(behaviour.evidence().get(0).statement())
                .contains("200 times")
                .contains("every 30 s");
        assertThat(behaviour.firstSeen()).isEqualTo(Telling.instant(BotPlayer.nanos(10)));
    }

    @Test
    void moreCallsNeverWeighLess() {
        double before = 0;
        for (int calls : new int[] {50, 100, 200, 400, 800}) {
            BotPlayer player = new BotPlayer().mark(0, HOST);
            for (int i = 0; i < calls; i++) {
                player.unanswered(10 + i * 30, HOST, SERVER, 4_782);
            }
            double now = player.finish()
                    .behaviour(HOST, BehaviourKind.DEAD_COMMAND_SERVER)
                    .weight();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
    }

    @Test
    void aConnectionHeldForHoursToARareServerIsSaid() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        player.tcp(10, 8 * 3_600, HOST, SERVER, 4_782, 3_000, 200_000, 3_000, 200_000);
        player.finish();
        assertThat(player.kinds(HOST)).contains(BehaviourKind.LONG_CONNECTION);
        assertThat(player.evidence(HOST, BehaviourKind.LONG_CONNECTION).value()).isEqualTo(8 * 60);
    }

    /** The same as flows, of which a router exports one a minute. */
    @Test
    void aConnectionInPiecesIsOneThatIsHeldAndNoBeat() {
        BotPlayer player = new BotPlayer(Rows.FLOWS);
        player.mark(0, HOST);
        int minutes = 8 * 60;
        for (int minute = 0; minute < minutes; minute++) {
            int flags = minute == 0 ? TcpFlags.SYN | TcpFlags.ACK : TcpFlags.ACK | TcpFlags.PSH;
            player.row(20 + minute * 60, 59, HOST, 40_000, SERVER, 4_782, Protocols.TCP, flags, 4, 300);
            player.row(20 + minute * 60, 59, SERVER, 4_782, HOST, 40_000, Protocols.TCP, flags, 4, 300);
        }
        player.finish();
        assertThat(player.kinds(HOST)).contains(BehaviourKind.LONG_CONNECTION).doesNotContain(BehaviourKind.BEACONING);
        assertThat(player.evidence(HOST, BehaviourKind.LONG_CONNECTION).value()).isBetween(8 * 60 * 0.9, 8 * 60.0);
    }

    @Test
    void whoSpeaksIrcIsSaidTo() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (String command : List.of("NICK", "USER", "JOIN", "PRIVMSG")) {
            player.irc(10, HOST, SERVER, 5_555, command);
        }
        player.finish();
        assertThat(player.kinds(HOST)).contains(BehaviourKind.IRC);
        assertThat(player.evidence(HOST, BehaviourKind.IRC).value()).isEqualTo(4);
    }

    private static void assertNothing(BotPlayer player) {
        player.finish();
        assertThat(player.kinds(HOST))
                .contains(BehaviourKind.KNOWN_INDICATOR)
                .doesNotContain(
                        BehaviourKind.BEACONING,
                        BehaviourKind.DEAD_COMMAND_SERVER,
                        BehaviourKind.LONG_CONNECTION,
                        BehaviourKind.IRC);
    }

    @Test
    void clocksAndNamesAreAskedInABeat() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 700; i++) {
            player.udp(10 + i * 64, HOST, 123, SERVER, 123, true);
            player.udp(10 + i * 60, HOST, 40_000 + i, BotPlayer.outside(2), 53, i % 3 > 0);
        }
        assertNothing(player);
    }

    /** All hosts of an office do it: looking for updates, to a server of an unknown name. */
    @Test
    void whatAllHostsDoIsNone() {
        BotPlayer player = new BotPlayer();
        for (int i = 0; i < 12 * 60; i++) {
            for (int host = 0; host < 40; host++) {
                player.tcp(20 + i * 60 + host * 0.5, 1, BotPlayer.own(host), SERVER, 443, 8, 900, 7, 1_400);
            }
        }
        player.finish();
        assertThat(player.events).isEmpty();
    }

    /** Asked for as a well-known maker's, for example of a virus scanner. */
    @Test
    void lookingForUpdatesIsNone() {
        BotPlayer player = new BotPlayer();
        player.dns(1, HOST, "update.eset.com", 1, 0, SERVER);
        for (int i = 0; i < 300; i++) {
            player.tcp(20 + i * 60, 1, HOST, SERVER, 443, 8, 900, 7, 1_400);
            player.hello(20.1 + i * 60, HOST, 30_000 + i, SERVER, 443, "update.eset.com", 0x303);
        }
        player.finish();
        assertThat(player.host(HOST)).isEmpty();
    }

    /** Somebody reads, then rests. */
    @Test
    void aPersonIsNone() {
        SplittableRandom random = new SplittableRandom(2);
        BotPlayer player = new BotPlayer().mark(0, HOST);
        double second = 10;
        for (int i = 0; i < 800; i++) {
            second += random.nextInt(20) == 0 ? random.nextInt(1_800) : random.nextDouble() * 20;
            player.tcp(
                    second,
                    1 + random.nextInt(30),
                    HOST,
                    BotPlayer.outside(random.nextInt(20)),
                    443,
                    random.nextInt(5, 60),
                    random.nextInt(500, 30_000),
                    50,
                    100_000);
        }
        assertNothing(player);
    }

    @Test
    void aDeadServerThatWasCalledAFewTimesIsNone() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        player.answered(1, HOST, BotPlayer.outside(9), 443);
        for (int i = 0; i < 7; i++) {
            player.unanswered(10 + i * 100, HOST, SERVER, 4_782);
        }
        assertNothing(player);
    }

    /** Nothing answers any more: it is the host, or its line. */
    @Test
    void whoIsOfflineCallsInVain() {
        BotPlayer player = new BotPlayer();
        for (int i = 0; i < 400; i++) {
            player.unanswered(10 + i * 30, HOST, BotPlayer.outside(i % 6), 5_228);
        }
        player.finish();
        assertThat(player.host(HOST)).isEmpty();
    }

    @Test
    void insideThereAreNoMasters() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        beat(player, HOST, BotPlayer.own(1), 4_782, 6 * 3_600);
        assertNothing(player);
    }

    /** Of samples nobody knows how regular what they were taken of is. */
    @Test
    void samplesHaveNoBeat() {
        BotPlayer player = new BotPlayer(Rows.SAMPLES).mark(0, HOST);
        player.samplingRate = 100;
        for (int i = 0; i < 200; i++) {
            player.row(10 + i * 60, 0, HOST, 40_000 + i, SERVER, 4_782, Protocols.TCP, TcpFlags.SYN, 1, 60);
        }
        assertNothing(player);
    }

    @Test
    void whereAnswersAreNotSeenNobodyIsDead() {
        BotPlayer player = new BotPlayer(Rows.FLOWS).mark(0, HOST);
        int flags = TcpFlags.SYN | TcpFlags.ACK | TcpFlags.PSH | TcpFlags.FIN;
        for (int i = 0; i < 200; i++) {
            player.row(20 + i * 60, 1, HOST, 30_000 + i, SERVER, 4_782, Protocols.TCP, flags, 6, 400);
        }
        player.finish();
        assertThat(player.kinds(HOST)).doesNotContain(BehaviourKind.DEAD_COMMAND_SERVER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.9", "*.evil.example", "relay.evil.example"})
    void allowedServersAreNone(String entry) {
        AbuseSettings settings = AbuseSettings.of(BotPlayer.OWN).with(AllowTable.of(List.of(entry)), BotPlayer.known());
        BotPlayer player = new BotPlayer(Rows.CONNECTIONS, settings);
        player.mark(0, HOST);
        player.dns(1, HOST, "relay.evil.example", 1, 0, "203.0.113.9");
        assertNothing(beat(player, HOST, "203.0.113.9", 4_782, 6 * 3_600));
    }

    /** A wildcard is the domain itself, too. */
    @Test
    void whatIsAllowedAtOnceIsTakenBackAtOnce() {
        BotPlayer player = new BotPlayer(Rows.CONNECTIONS, AbuseSettings.of(BotPlayer.OWN));
        player.dns(1, HOST, "evil.example", 1, 0, SERVER);
        beat(player, HOST, SERVER, 4_782, 12 * 3_600).tick(12 * 3_600 + 60);
        assertThat(player.kinds(HOST)).containsExactly(BehaviourKind.BEACONING);
        assertThat(player.servers()).hasSize(1);
        player.detector.apply(
                AbuseSettings.of(BotPlayer.OWN).with(AllowTable.of(List.of("*.evil.example")), BotPlayer.known()));
        assertThat(player.host(HOST)).isEmpty();
        assertThat(player.servers()).isEmpty();
    }

    /** Also where nothing was heard of it for hours. */
    @Test
    void whatIsAllowedLaterIsTakenBackToo() {
        BotPlayer player = new BotPlayer(Rows.CONNECTIONS, AbuseSettings.of(BotPlayer.OWN));
        beat(player, HOST, SERVER, 4_782, 12 * 3_600);
        player.answered(15 * 3_600, HOST, BotPlayer.outside(5), 443).tick(15 * 3_600 + 60);
        assertThat(player.kinds(HOST)).containsExactly(BehaviourKind.BEACONING);
        player.detector.apply(AbuseSettings.of(BotPlayer.OWN).with(AllowTable.of(List.of(SERVER)), BotPlayer.known()));
        assertThat(player.host(HOST)).isEmpty();
        assertThat(player.servers()).isEmpty();
    }

    /** It is known before or after what was said over it how much a connection sent. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sizesOfNamedContactsAreThoseOfTheirConnections(boolean isToldFirst) {
        SplittableRandom random = new SplittableRandom(3);
        BotPlayer player = new BotPlayer().mark(0, HOST);
        // Others come to the same address for something else, so that the name is what is odd.
        for (int other = 0; other < 7; other++) {
            player.answered(1, BotPlayer.own(800 + other), SERVER, 5_000);
        }
        for (int i = 0; i < 300; i++) {
            int port = 20_000 + i;
            double second = 10 + i * 60;
            // The requests differ in length, what is sent does not.
            String target = "/" + "x".repeat(random.nextInt(200));
            if (!isToldFirst) {
                player.http(second - 0.5, HOST, port, SERVER, 5_000, "relay.example.net", target)
                        .play();
            }
            player.connection(second, 0.5, HOST, port, SERVER, 5_000, Protocols.TCP, 0x1b, 8, 900, 0x1b, 7, 1_400);
            if (isToldFirst) {
                player.http(second + 0.5, HOST, port, SERVER, 5_000, "relay.example.net", target);
            }
        }
        player.finish();
        assertThat(player.behaviour(HOST, BehaviourKind.BEACONING).evidence())
                .extracting(Evidence::statement)
                .anyMatch(statement -> statement.contains("came to relay.example.net"))
                .anyMatch(statement -> statement.contains("in size 1.00"));
    }

    /** It comes so rarely that hundreds of others are met meanwhile. */
    @Test
    void aMasterThatIsCalledRarelyIsNotLostAmongVictims() {
        BotPlayer player = new BotPlayer(
                Rows.CONNECTIONS,
                AbuseSettings.of(BotPlayer.OWN),
                new BotMemory(1 << 12, 1 << 12, 1 << 14, 1 << 17, 8L << 20, 1 << 18),
                7,
                64);
        for (int i = 0; i < 25; i++) {
            player.answered(20 + i * 600, HOST, SERVER, 4_782);
            for (int other = 0; other < 900; other++) {
                player.unanswered(21 + i * 600 + other * 0.6, HOST, BotPlayer.outside(100 + i * 900 + other), 23);
            }
        }
        player.finish();
        assertThat(player.kinds(HOST)).contains(BehaviourKind.SCANNING);
        assertThat(player.servers()).isNotEmpty();
        assertThat(player.servers().get(0).server().toString()).isEqualTo(SERVER + ":4782/tcp");
    }

    /** A host that meets very many servers once is still heard to come back to one. */
    @Test
    void aMasterIsNotLostAmongVictims() {
        BotPlayer player = new BotPlayer(
                Rows.CONNECTIONS,
                AbuseSettings.of(BotPlayer.OWN),
                new BotMemory(1 << 12, 1 << 12, 1 << 14, 1 << 16, 8L << 20, 1 << 16),
                7,
                64);
        for (int i = 0; i < 400; i++) {
            player.answered(20 + i * 30, HOST, SERVER, 4_782);
            for (int other = 0; other < 15; other++) {
                player.unanswered(20 + i * 30 + other * 2, HOST, BotPlayer.outside(100 + i * 15 + other), 23);
            }
        }
        player.finish();
        assertThat(player.kinds(HOST)).contains(BehaviourKind.SCANNING);
        assertThat(player.servers()).isNotEmpty();
        assertThat(player.servers().get(0).server().toString()).isEqualTo(SERVER + ":4782/tcp");
    }
}
