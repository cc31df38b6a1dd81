package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import levee.model.CommandServer;
import levee.model.CommandServer.Role;
import levee.model.Evidence;
import levee.model.InfectedHost;
import levee.model.InfectedHost.BehaviourKind;
import levee.telemetry.EventBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadWatchTest {
    private static final String HOST = BotPlayer.own(700);
    private static final String LOADER = BotPlayer.outside(1);

    @ParameterizedTest
    @ValueSource(strings = {"/bins/mirai.arm7", "/x.MIPS", "/bins.sh", "/update.x86_64", "/8UsA.sh"})
    void programsFromBareAddressesAreToldOf(String target) {
        BotPlayer player = new BotPlayer();
        player.mark(0, HOST);
        player.http(10, HOST, 40_000, LOADER, 80, LOADER, target).finish();
        assertThat(player.kinds(HOST)).contains(BehaviourKind.LOADING);
        assertThat(player.evidence(HOST, BehaviourKind.LOADING).statement())
                .contains(target)
                .contains(LOADER);
        CommandServer loader = player.servers().stream()
                .filter(server -> server.server().address().toString().equals(LOADER))
                .findFirst()
                .orElseThrow();
        assertThat(loader.role()).isEqualTo(Role.LOADER);
        // Who lends programs is not who commands.
        assertThat(player.host(HOST).orElseThrow().commandServers())
                .noneMatch(contact -> contact.server().address().toString().equals(LOADER));
    }

    @Test
    void moreNeverWeighsLess() {
        double before = 0;
        for (int programs : new int[] {1, 2, 4, 8, 100}) {
            BotPlayer player = new BotPlayer().mark(0, HOST);
            for (int i = 0; i < programs; i++) {
                player.http(10 + i, HOST, 40_000 + i, LOADER, 80, LOADER, "/bins/a.arm7");
            }
            double now = player.finish().behaviour(HOST, BehaviourKind.LOADING).weight();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
    }

    @Test
    void hostileTargetsArePrintable() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        player.http(10, HOST, 40_000, LOADER, 80, LOADER, "/\u0000\u001b[31m\u00ff\n.arm7")
                .finish();
        assertThat(player.evidence(HOST, BehaviourKind.LOADING).statement()).matches("[ -~]*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/index.html", "/charm", "/alarm", "/farm7", "/search?q=arm", "/warmips", "/robots.txt"})
    void otherTargetsAreNone(String target) {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        player.http(10, HOST, 40_000, LOADER, 80, LOADER, target).finish();
        assertThat(player.kinds(HOST)).doesNotContain(BehaviourKind.LOADING);
    }

    /** Programs are given to the public under a name. */
    @Test
    void programsFromNamedServersAreNone() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        player.http(10, HOST, 40_000, LOADER, 80, "downloads.example.com", "/firmware/router.mips")
                .finish();
        assertThat(player.kinds(HOST)).doesNotContain(BehaviourKind.LOADING);
    }

    private static final int ASKED = EventBatch.REQUEST;
    private static final int ANSWERED = EventBatch.RESPONSE;
    private static final int HELD = EventBatch.RESPONSE | EventBatch.PROGRAM;

    private static double weight(BotPlayer player) {
        return player.finish().behaviour(HOST, BehaviourKind.LOADING).weight();
    }

    private static void assertNothing(BotPlayer player) {
        assertThat(player.mark(200, HOST).finish().kinds(HOST))
                .contains(BehaviourKind.KNOWN_INDICATOR)
                .doesNotContain(BehaviourKind.LOADING);
    }

    /** Whoever sets up machines has them fetch programs from a machine of his own. */
    @Test
    void programsFromInsideAreNotEnough() {
        String inside = BotPlayer.own(900);
        BotPlayer player = new BotPlayer();
        for (int i = 0; i < 9; i++) {
            player.http(10 + i, HOST, 40_000, inside, 80, inside, "/setup" + i + ".mips");
        }
        assertThat(player.finish().host(HOST)).isEmpty();
        BotPlayer outside = new BotPlayer().http(10, HOST, 40_000, LOADER, LOADER, "curl/7.68.0", ASKED | HELD);
        assertThat(outside.finish().host(HOST)).isPresent();
    }

    /** A large one is fetched in ranges. */
    @Test
    void aProgramInPartsIsOne() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 9; i++) {
            player.http(10 + i, HOST, 40_000 + i, LOADER, LOADER, "curl/8", ASKED | HELD);
        }
        assertThat(weight(player)).isEqualTo(22);
    }

    @Test
    void theWeightiestProgramIsWhatIsToldOf() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        player.http(10, HOST, 40_000, LOADER, 80, LOADER, "/bins/a.arm7");
        String inside = BotPlayer.own(900);
        for (int i = 0; i < 3; i++) {
            player.http(20 + i, HOST, 40_000 + i, inside, 80, inside, "/setup" + i + ".mips");
        }
        assertThat(weight(player)).isEqualTo(22);
        assertThat(player.evidence(HOST, BehaviourKind.LOADING).statement())
                .contains("fetched 4 programs")
                .contains(LOADER + ":80");
    }

    /** A program that was fetched reports to who lent it: each by itself is only suspicious. */
    @Test
    void whoStaysWithTheLoaderIsSurelyInfected() {
        BotPlayer player = new BotPlayer().http(10, HOST, 40_000, LOADER, 80, LOADER, "/bins/a.arm7");
        player.tcp(20, 300, HOST, LOADER, 7_010, 40, 4_000, 40, 6_000).finish();
        assertThat(player.evidence(HOST, BehaviourKind.LONG_CONNECTION).statement())
                .contains("where it fetched a program")
                .contains(LOADER + ":7010");
        assertThat(player.host(HOST).orElseThrow().level()).isEqualTo(InfectedHost.Level.NOTIFY);
    }

    @ParameterizedTest
    @CsvSource({
        "20, 300, 80, a second program from the same port",
        "20, 300, 443, web pages of the same server",
        "20, 5, 7010, a short visit",
        "-400, 300, 7010, before the program came"
    })
    void otherContactsWithTheLoaderAreNone(double second, double seconds, int port, String why) {
        BotPlayer player = new BotPlayer();
        if (second < 0) {
            player.tcp(500 + second, seconds, HOST, LOADER, port, 40, 4_000, 40, 6_000);
        }
        player.http(500, HOST, 40_000, LOADER, 80, LOADER, "/bins/a.arm7");
        if (second > 0) {
            player.tcp(500 + second, seconds, HOST, LOADER, port, 40, 4_000, 40, 6_000);
        }
        assertThat(player.finish().kinds(HOST)).as(why).containsExactly(BehaviourKind.LOADING);
    }

    /** In packets the answer is told apart from its request, and again when its body is seen. */
    @Test
    void programsAreKnownByTheAnswer() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        player.http(10, HOST, 40_000, LOADER, LOADER, "curl/7.68.0", ASKED)
                .answer(10.1, HOST, 40_000, LOADER, ANSWERED)
                .answer(10.2, HOST, 40_000, LOADER, HELD);
        assertThat(weight(player)).isEqualTo(22);
        Evidence evidence = player.evidence(HOST, BehaviourKind.LOADING);
        assertThat(evidence.statement()).contains("1 program ").contains("/a").contains(LOADER + ":80");
        assertThat(player.servers()).anySatisfy(server -> {
            assertThat(server.server().address().toString()).isEqualTo(LOADER);
            assertThat(server.role()).isEqualTo(Role.LOADER);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "Mozilla/5.0 (X11), 16",
        "'', 16",
        "Wget/1.21, 22",
        "python-requests/2.31, 22",
        "Go-http-client/1.1, 22",
        "Mozilla/5.0 (Windows NT) WindowsPowerShell/5.1, 22",
        "CertUtil URL Agent, 22"
    })
    void toolsOfScriptsWeighMore(String agent, double weight) {
        for (int flags : new int[] {ASKED, ASKED | HELD}) {
            BotPlayer player = new BotPlayer().mark(0, HOST);
            player.http(10, HOST, 40_000, LOADER, LOADER, agent, flags);
            if (flags == ASKED) {
                player.answer(11, HOST, 40_000, LOADER, HELD);
            }
            assertThat(weight(player)).isEqualTo(weight);
        }
    }

    /** Names weigh as before, whatever is answered, and nothing weighs more than several of them. */
    @Test
    void aProgramCountsOnce() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        player.http(10, HOST, 40_000, LOADER, 80, LOADER, "/bins/a.arm7")
                .answer(10.1, HOST, 40_000, LOADER, HELD)
                .answer(10.2, HOST, 40_000, LOADER, HELD);
        assertThat(weight(player)).isEqualTo(22);
        assertThat(player.evidence(HOST, BehaviourKind.LOADING).value()).isEqualTo(1);
        BotPlayer several = new BotPlayer().mark(0, HOST);
        for (int i = 0; i < 9; i++) {
            several.http(10 + i, HOST, 40_000, LOADER, 80, LOADER, "/bins/a" + i + ".arm7");
        }
        assertThat(weight(several)).isEqualTo(28);
    }

    @Test
    void addressesOfVersionSixAreBare() {
        BotPlayer player = new BotPlayer().mark(0, HOST);
        player.http(10, HOST, 40_000, LOADER, "[2001:db8:1::a]", "", ASKED | HELD);
        assertThat(weight(player)).isEqualTo(16);
    }

    /** What is brought under a name is no load, nor what was not asked for, or asked for on another connection. */
    @Test
    void answersToOtherRequestsAreNone() {
        assertNothing(new BotPlayer().answer(10, HOST, 40_000, LOADER, HELD));
        assertNothing(new BotPlayer()
                .http(10, HOST, 40_000, LOADER, "downloads.example.com", "curl/8", ASKED)
                .answer(10.1, HOST, 40_000, LOADER, HELD));
        assertNothing(new BotPlayer().http(10, HOST, 40_000, LOADER, "downloads.example.com", "curl/8", ASKED | HELD));
        assertNothing(new BotPlayer()
                .http(10, HOST, 40_000, LOADER, LOADER, "curl/8", ASKED)
                .answer(10.1, HOST, 40_001, LOADER, HELD)
                .answer(10.2, HOST, 40_000, BotPlayer.outside(2), HELD));
        // The connection went on to ask for something under a name.
        assertNothing(new BotPlayer()
                .http(10, HOST, 40_000, LOADER, LOADER, "curl/8", ASKED)
                .http(11, HOST, 40_000, LOADER, "downloads.example.com", "curl/8", ASKED)
                .answer(11.1, HOST, 40_000, LOADER, HELD));
    }

    @Test
    void answersWithoutAProgramAreNone() {
        assertNothing(new BotPlayer()
                .http(10, HOST, 40_000, LOADER, LOADER, "curl/8", ASKED)
                .answer(10.1, HOST, 40_000, LOADER, ANSWERED));
        assertNothing(new BotPlayer().http(10, HOST, 40_000, LOADER, LOADER, "curl/8", ASKED | ANSWERED));
    }

    @Test
    void anAnswerThatComesLateIsNone() {
        assertNothing(new BotPlayer()
                .http(10, HOST, 40_000, LOADER, LOADER, "curl/8", ASKED)
                .answer(70.1, HOST, 40_000, LOADER, HELD));
    }

    /** The caches of updates are bare addresses; and where the host was not captured nobody knows. */
    @Test
    void updatesAndUnknownHostsAreNone() {
        assertNothing(new BotPlayer()
                .http(10, HOST, 40_000, LOADER, LOADER, "Microsoft-Delivery-Optimization/10.1", ASKED | HELD));
        assertNothing(new BotPlayer().http(10, HOST, 40_000, LOADER, LOADER, "Microsoft BITS/7.8", ASKED | HELD));
        assertNothing(new BotPlayer().http(10, HOST, 40_000, LOADER, "", "curl/8", ASKED | HELD));
    }
}
