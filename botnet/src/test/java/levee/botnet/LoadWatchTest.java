package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import levee.model.CommandServer;
import levee.model.CommandServer.Role;
import levee.model.InfectedHost.BehaviourKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
}
