package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import levee.engine.Analyzer.Location;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.testing.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose network a log is of, where nobody says it. */
final class InputNetworksTest {
    private static final int CONNECTIONS = 2_000;

    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(1);
    private final StringBuilder log = new StringBuilder("""
        #separator \\x09
        #path	conn
        #fields	ts	uid	id.orig_h	id.orig_p	id.resp_h	id.resp_p	proto	conn_state	orig_pkts	resp_pkts
        #types	time	string	addr	port	addr	port	enum	string	count	count
        """);

    private OwnNetworks own(Supplier<String> clients, Supplier<String> servers, boolean areAnswered)
            throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            log.append(String.join(
                            "\t",
                            "1700000000." + (100_000 + i),
                            "C" + i,
                            clients.get(),
                            "50000",
                            servers.get(),
                            "443",
                            "tcp",
                            areAnswered ? "SF" : "S0",
                            "6",
                            areAnswered ? "7" : "0"))
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("conn.log"), log);
        return InputNetworks.of(List.of(new Location.File(file)), 1);
    }

    private String anybody() {
        return random.nextInt(11, 100) + "." + random.nextInt(256) + "." + random.nextInt(256) + ".9";
    }

    @Test
    void networkOfNearlyAllConnectionsIsOwn() throws IOException {
        OwnNetworks own = own(() -> "147.32." + random.nextInt(256) + ".7", this::anybody, true);

        assertThat(own.prefixes()).containsExactly(Prefix.parse("147.32.0.0/16"));
        assertThat(own.areOfInput()).isTrue();
        assertThat(own.configured()).isFalse();
    }

    @Test
    void nothingIsNarrowerThanANetworkOfHosts() throws IOException {
        assertThat(own(() -> "147.32.84.165", this::anybody, true).prefixes())
                .containsExactly(Prefix.parse("147.32.84.0/24"));
    }

    @Test
    void networkOfIpv6IsOwn() throws IOException {
        OwnNetworks own = own(
                () -> "2001:db8:7:" + Integer.toHexString(random.nextInt(1, 4_000)) + "::1",
                () -> "2600:" + Integer.toHexString(random.nextInt(1, 4_000)) + "::1",
                true);

        assertThat(own.prefixes()).containsExactly(Prefix.parse("2001:db8:7::/48"));
    }

    @Test
    void privateRangesAreOwnWhereSomeAreSeen() throws IOException {
        assertThat(own(() -> random.nextInt(20) == 0 ? "192.168.1.2" : "147.32.84.165", this::anybody, true)
                        .areOfInput())
                .isFalse();
    }

    @Test
    void whoIsOnlyAttackedIsNotOwn() throws IOException {
        assertThat(own(this::anybody, () -> "147.32.84.165", false).areOfInput())
                .isFalse();
    }

    @Test
    void twoThatTalkToEachOtherDoNotTellWhichIsOwn() throws IOException {
        assertThat(own(() -> "147.32.84.165", () -> "203.0.113.9", true).areOfInput())
                .isFalse();
    }

    @Test
    void campusOfARealLogIsOwn() {
        Path real = RealData.file("botnet/ctu13/s11-until-1552.binetflow.xz");

        assertThat(InputNetworks.of(List.of(new Location.File(real)), 1).prefixes())
                .containsExactly(Prefix.parse("147.32.0.0/16"));
    }
}
