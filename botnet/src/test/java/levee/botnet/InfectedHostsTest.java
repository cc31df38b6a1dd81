package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import levee.indicator.AllowTable;
import levee.indicator.IndicatorTable;
import levee.model.Botnet;
import levee.model.CommandServer;
import levee.model.Evidence;
import levee.model.Finding.State;
import levee.model.FindingEvent.Change;
import levee.model.Group;
import levee.model.Groups;
import levee.model.InfectedHost;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.InfectedHost.Level;
import levee.model.Prefix;
import levee.telemetry.FlowBatch.Rows;
import org.junit.jupiter.api.Test;

class InfectedHostsTest {
    private static final String HOST = BotPlayer.own(700);
    private static final String SERVER = BotPlayer.outside(1);
    private static final double DAY = 86_400;

    private static BotPlayer scan(BotPlayer player, String host, double begin) {
        for (int i = 0; i < 100; i++) {
            player.unanswered(begin + i, host, BotPlayer.outside((int) begin + i), 23);
        }
        return player;
    }

    @Test
    void signsAddUp() {
        BotPlayer player = scan(new BotPlayer().mark(0, HOST), HOST, 10).finish();
        InfectedHost host = player.host(HOST).orElseThrow();
        double sum = host.behaviours().stream()
                .mapToDouble(InfectedHost.Behaviour::weight)
                .sum();
        double against = host.against().stream().mapToDouble(Evidence::value).sum();
        assertThat(host.behaviours()).hasSize(2);
        assertThat(host.score()).isCloseTo(InfectedHost.PRIOR_DECIBANS + sum + against, within(0.5));
        assertThat(host.behaviours().get(0).weight())
                .isGreaterThanOrEqualTo(host.behaviours().get(1).weight());
        assertThat(host.start()).isEqualTo(Telling.instant(BotPlayer.nanos(0)));
        assertThat(host.levelSince()).isAfterOrEqualTo(host.start());
    }

    @Test
    void whatWasSeenFadesByHalfEachDay() {
        BotPlayer player = scan(new BotPlayer(), HOST, 10).tick(200).tick(8_000);
        double score = player.host(HOST).orElseThrow().score();
        double before = score - InfectedHost.PRIOR_DECIBANS;
        player.tick(DAY + 8_000);
        double after = player.host(HOST).orElseThrow().score() - InfectedHost.PRIOR_DECIBANS;
        assertThat(after).isBetween(0.45 * before, 0.55 * before);
    }

    @Test
    void whoIsQuietForDaysIsToldOfNoMore() {
        BotPlayer player = scan(new BotPlayer(), HOST, 10);
        for (int hour = 1; hour < 24 * 7; hour++) {
            player.tick(hour * 3_600);
        }
        assertThat(player.host(HOST)).isEmpty();
        assertThat(player.all(InfectedHost.class)).hasSize(1);
        assertThat(player.all(InfectedHost.class).get(0).state()).isEqualTo(State.ENDED);
        assertThat(player.events)
                .filteredOn(event -> event.change() == Change.ENDED)
                .hasSize(1);
    }

    /** A day's beat is not to be seen in the minute after a restart. */
    @Test
    void whatWasFoundBeforeARestartCountsAsIfItHadBeenSeen() {
        InfectedHost before = beat().finish().host(HOST).orElseThrow();
        assertThat(before.level()).isEqualTo(Level.NOTIFY);
        double then = 12 * 3_600 + 600;

        BotPlayer player = new BotPlayer().remember(before).answered(then, HOST, BotPlayer.outside(9), 443);
        InfectedHost after = player.tick(then + 120).finish().host(HOST).orElseThrow();

        assertThat(after.level()).isEqualTo(Level.NOTIFY);
        assertThat(after.start()).isEqualTo(before.start());
        assertThat(after.score()).isBetween(before.score() - 1, before.score());
        assertThat(after.behaviours()).isEqualTo(before.behaviours());
    }

    @Test
    void whatIsRememberedFadesAndNeedsTheHost() {
        InfectedHost before = beat().finish().host(HOST).orElseThrow();

        assertThat(new BotPlayer()
                        .remember(before)
                        .answered(5 * DAY, HOST, BotPlayer.outside(9), 443)
                        .tick(5 * DAY + 120)
                        .finish()
                        .host(HOST))
                .isEmpty();
        assertThat(new BotPlayer()
                        .remember(before)
                        .answered(DAY, BotPlayer.own(701), BotPlayer.outside(9), 443)
                        .tick(DAY + 120)
                        .finish()
                        .host(HOST))
                .isEmpty();
    }

    @Test
    void whatIsAllowedMeanwhileIsNotRemembered() {
        InfectedHost before = beat().finish().host(HOST).orElseThrow();
        AllowTable allowed = AllowTable.of(List.of(SERVER));
        AbuseSettings settings = AbuseSettings.of(BotPlayer.OWN).with(allowed, BotPlayer.known());
        double then = 12 * 3_600 + 600;

        assertThat(new BotPlayer(Rows.CONNECTIONS, settings)
                        .remember(before)
                        .answered(then, HOST, BotPlayer.outside(9), 443)
                        .tick(then + 120)
                        .finish()
                        .host(HOST))
                .isEmpty();
    }

    /** Of a server without a name at a port of remote control. */
    private static BotPlayer beat() {
        SplittableRandom random = new SplittableRandom(1);
        BotPlayer player = new BotPlayer();
        for (double second = 20; second < 12 * 3_600; second += 60) {
            player.tcp(second + random.nextDouble(), 1, HOST, SERVER, 4_782, 8, 900, 7, 1_400);
        }
        return player;
    }

    /** On its way down a finding does not flicker. */
    @Test
    void aLevelIsTakenBackOnce() {
        BotPlayer player = scan(new BotPlayer(), HOST, 10);
        for (int minute = 1; minute < 24 * 60 * 6; minute += 7) {
            player.tick(minute * 60.0);
        }
        List<Level> levels = player.events.stream()
                .map(event -> event.finding())
                .filter(InfectedHost.class::isInstance)
                .map(finding -> ((InfectedHost) finding).level())
                .toList();
        int changes = 0;
        for (int i = 1; i < levels.size(); i++) {
            changes += levels.get(i) == levels.get(i - 1) ? 0 : 1;
        }
        assertThat(changes).isEqualTo(1);
        assertThat(player.events)
                .filteredOn(event -> event.change() == Change.OPENED)
                .hasSize(1);
    }

    @Test
    void whatIsToldBeginsAndEndsOnce() {
        BotPlayer player = scan(new BotPlayer(), HOST, 10).tick(300);
        assertThat(player.events.get(0).change()).isEqualTo(Change.OPENED);
        String id = player.events.get(0).finding().id();
        scan(player, HOST, 1_000).tick(1_300);
        player.finish();
        assertThat(player.events)
                .filteredOn(event -> event.finding() instanceof InfectedHost)
                .allMatch(event -> event.finding().id().equals(id))
                .filteredOn(event -> event.change() == Change.OPENED)
                .hasSize(1);
    }

    @Test
    void allowedHostsAreNotToldOfAndTakenBack() {
        AbuseSettings allowing =
                AbuseSettings.of(BotPlayer.OWN).with(AllowTable.of(List.of(HOST)), IndicatorTable.EMPTY);
        assertThat(scan(new BotPlayer(Rows.CONNECTIONS, allowing), HOST, 10).finish().events)
                .isEmpty();
        BotPlayer player = scan(new BotPlayer(), HOST, 10).tick(120);
        assertThat(player.host(HOST)).isPresent();
        player.detector.apply(allowing);
        assertThat(player.host(HOST)).isEmpty();
    }

    @Test
    void allowedVictimsAreNoneWhenItIsSaidLater() {
        BotPlayer player = new BotPlayer();
        player.mark(0, HOST).tick(120);
        assertThat(player.host(HOST)).isPresent();
        player.detector.apply(
                AbuseSettings.of(BotPlayer.OWN).with(AllowTable.of(List.of(BotPlayer.KNOWN_BAD)), BotPlayer.known()));
        assertThat(player.host(HOST)).isEmpty();
    }

    @Test
    void whoHadTheAddressIsSaid() {
        BotPlayer player = new BotPlayer();
        player.dhcp(1, HOST, "00:11:22:33:44:55", "camera", 3_600);
        player.dhcp(600, HOST, "00:11:22:33:44:55", "camera", 3_600);
        scan(player, HOST, 700).finish();
        InfectedHost host = player.host(HOST).orElseThrow();
        assertThat(host.identities()).hasSize(1);
        assertThat(host.identities().get(0).hardwareAddress()).isEqualTo("00:11:22:33:44:55");
        assertThat(host.identities().get(0).name()).isEqualTo("camera");
        assertThat(host.identities().get(0).to()).isEqualTo(Telling.instant(BotPlayer.nanos(4_200)));
    }

    /** A bot herder's server, and one that everybody uses. */
    @Test
    void aServerThatOnlyInfectedHostsHaveInCommonIsTheLikeliest() {
        String master = BotPlayer.outside(1);
        String popular = BotPlayer.outside(2);
        BotPlayer player = new BotPlayer();
        for (int i = 0; i < 120; i++) {
            for (int host = 0; host < 30; host++) {
                String address = BotPlayer.own(host);
                player.tcp(i * 60 + host * 0.1, 1, address, popular, 5_000, 8, 900, 7, 1_400);
                if (host < 3) {
                    player.tcp(i * 60 + 20 + host * 0.1, 1, address, master, 5_000, 8, 900, 7, 1_400);
                }
            }
        }
        for (int host = 0; host < 3; host++) {
            scan(player, BotPlayer.own(host), 7_300 + host * 200);
        }
        player.finish();
        for (int host = 0; host < 3; host++) {
            assertThat(player.host(BotPlayer.own(host))).isPresent();
            assertThat(player.host(BotPlayer.own(host))
                            .orElseThrow()
                            .commandServers()
                            .get(0)
                            .server()
                            .address())
                    .hasToString(master);
        }
        List<CommandServer> servers = player.servers();
        CommandServer first = servers.stream()
                .filter(server -> server.rank() == 1)
                .findFirst()
                .orElseThrow();
        assertThat(first.server().address()).hasToString(master);
        assertThat(first.hosts()).hasSize(3);
        assertThat(first.confidence()).isGreaterThan(0.5);
        assertThat(servers)
                .filteredOn(server -> server.server().address().toString().equals(popular))
                .allMatch(server -> server.confidence() < first.confidence());
        Botnet botnet = player.botnets().get(0);
        assertThat(player.botnets()).hasSize(1);
        assertThat(botnet.servers()).containsExactly(first.server());
        assertThat(botnet.hosts()).hasSize(3);
        assertThat(botnet.behaviours()).contains(BehaviourKind.SCANNING);
    }

    @Test
    void behindAProxyTheServerHasTheNameThatSpeaksMostForIt() {
        String proxy = BotPlayer.outside(3);
        BotPlayer player = scan(new BotPlayer(), HOST, 10);
        for (int i = 0; i < 300; i++) {
            player.http(200 + i * 60, HOST, 20_000 + i, proxy, 3_128, "master.duckdns.org", "/");
            if (i % 40 == 0) {
                player.http(205 + i * 60 + i % 13, HOST, 30_000 + i, proxy, 3_128, "www.example.com", "/");
            }
        }
        player.finish();
        assertThat(player.servers())
                .filteredOn(server -> server.server().address().toString().equals(proxy))
                .singleElement()
                .satisfies(server -> assertThat(server.name()).contains("master.duckdns.org"));
    }

    /** Nobody knows who commands them, but they act alike. */
    @Test
    void hostsThatActAlikeAreAGroup() {
        BotPlayer player = new BotPlayer();
        for (int host = 0; host < 5; host++) {
            scan(player, BotPlayer.own(host), 10 + host * 200);
        }
        player.finish();
        assertThat(player.botnets()).hasSize(1);
        assertThat(player.botnets().get(0).hosts()).hasSize(5);
        assertThat(player.botnets().get(0).servers()).isEmpty();
    }

    @Test
    void aSingleHostIsNoGroup() {
        BotPlayer player = scan(new BotPlayer(), HOST, 10);
        for (int i = 0; i < 100; i++) {
            player.tcp(200 + i * 60, 1, HOST, BotPlayer.outside(1), 5_000, 8, 900, 7, 1_400);
        }
        assertThat(player.finish().botnets()).isEmpty();
    }

    @Test
    void groupsOfNetworksAreNamed() {
        Groups groups = new Groups(
                List.of(new Group("customers", List.of(Prefix.parse("10.1.2.0/24")), Optional.empty(), List.of())));
        AbuseSettings settings =
                new AbuseSettings(BotPlayer.OWN, groups, AllowTable.NOTHING, IndicatorTable.EMPTY, Map.of());
        BotPlayer player =
                scan(new BotPlayer(Rows.CONNECTIONS, settings), HOST, 10).finish();
        assertThat(player.host(HOST).orElseThrow().group()).isPresent();
    }
}
