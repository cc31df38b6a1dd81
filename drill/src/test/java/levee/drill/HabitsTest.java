package levee.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.model.Truth;
import levee.model.Truth.LookAlike;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each innocent habit looks like, by its packets; nothing else is played. */
final class HabitsTest {
    private static final int NO_SUCH_NAME = 3;

    private record Habit(Truth truth, List<Dissected> packets) {
        static Habit of(LookAlikeKind kind, Duration length) {
            Played played = Played.capture(Scenarios.quiet(13)
                    .withSize(100, 0)
                    .lasting(length.plusMinutes(1))
                    .with(new PlannedLookAlike(kind, Duration.ofSeconds(10), length)));
            return new Habit(played.truth(), Dissected.all(played));
        }

        static Habit of(LookAlikeKind kind) {
            return of(kind, Duration.ofMinutes(30));
        }

        List<IpAddress> hosts() {
            return truth.lookAlikes().stream().map(LookAlike::target).toList();
        }

        IpAddress host() {
            assertThat(hosts()).hasSize(1);
            return hosts().getFirst();
        }

        List<Dissected> which(Predicate<Dissected> wanted) {
            return packets.stream().filter(wanted).toList();
        }

        Set<IpAddress> destinations(Predicate<Dissected> wanted) {
            return packets.stream().filter(wanted).map(Dissected::destination).collect(Collectors.toSet());
        }

        Set<String> names(Predicate<Dissected> wanted) {
            return packets.stream()
                    .filter(wanted)
                    .flatMap(p -> p.question().stream())
                    .collect(Collectors.toSet());
        }

        Set<String> serverNames() {
            return packets.stream()
                    .filter(Dissected::isClientHello)
                    .map(Dissected::serverName)
                    .map(Optional::orElseThrow)
                    .collect(Collectors.toSet());
        }
    }

    static Stream<LookAlikeKind> habits() {
        return LookAlikeKind.ofInfections().stream();
    }

    @ParameterizedTest
    @MethodSource("habits")
    void truthNamesThoseThatDoIt(LookAlikeKind kind) {
        // Long enough for all to do something, and not for gigabytes.
        Habit habit = Habit.of(kind, Duration.ofSeconds(kind == LookAlikeKind.BACKUP_UPLOAD ? 10 : 360));

        assertThat(habit.truth().infectedHosts()).isEmpty();
        assertThat(habit.truth().attacks()).isEmpty();
        assertThat(habit.hosts()).isNotEmpty().doesNotHaveDuplicates();
        assertThat(habit.truth().lookAlikes()).allSatisfy(l -> {
            assertThat(l.name()).isEqualTo(kind.label());
            assertThat(l.start()).isEqualTo(Scenarios.quiet(1).start().plusSeconds(10));
            assertThat(Duration.between(l.start(), l.end())).isLessThanOrEqualTo(Duration.ofMinutes(6));
        });
        Set<IpAddress> active = habit.packets().stream()
                .flatMap(p -> Stream.of(p.source(), p.destination()))
                .collect(Collectors.toCollection(HashSet::new));
        assertThat(active).containsAll(habit.hosts());
    }

    @Test
    void everyKindResemblesOneOrTheOther() {
        assertThat(LookAlikeKind.ofAttacks()).hasSize(9);
        assertThat(LookAlikeKind.ofInfections()).hasSize(22);
        assertThat(Stream.concat(LookAlikeKind.ofAttacks().stream(), LookAlikeKind.ofInfections().stream()))
                .containsExactlyInAnyOrder(LookAlikeKind.values());
    }

    @Test
    void timeIsAskedForEvery64Seconds() {
        Habit habit = Habit.of(LookAlikeKind.NTP_POLLER);
        List<Dissected> questions = habit.which(p -> p.isFrom(habit.host()));

        assertThat(questions).hasSizeBetween(4 * 26, 4 * 29).allMatch(p -> p.destinationPort() == 123);
        assertThat(questions.stream().map(Dissected::destination).distinct()).hasSize(4);
    }

    @Test
    void updatesAreLookedForByManyAtOneServer() {
        Habit habit = Habit.of(LookAlikeKind.UPDATE_CHECKER, Duration.ofHours(2));

        assertThat(habit.hosts()).hasSize(20);
        assertThat(habit.destinations(p -> p.opens())).hasSize(1);
        assertThat(habit.serverNames())
                .singleElement()
                .satisfies(n -> assertThat(n).startsWith("updates."));
        assertThat(habit.which(Dissected::opens)).hasSizeBetween(20 * 7, 20 * 8);
    }

    @Test
    void devicesKeepConnectionsToTheirCloud() {
        for (LookAlikeKind kind : List.of(LookAlikeKind.DEVICE_CLOUD, LookAlikeKind.PUSH_NOTIFICATIONS)) {
            Habit habit = Habit.of(kind, Duration.ofHours(3));
            int beats = kind == LookAlikeKind.DEVICE_CLOUD ? 178 : 11;

            assertThat(habit.which(Dissected::opens)).hasSameSizeAs(habit.hosts());
            assertThat(habit.destinations(Dissected::opens)).hasSize(1);
            for (IpAddress host : habit.hosts()) {
                assertThat(habit.which(p -> p.isFrom(host) && p.payload().length() == 31))
                        .hasSizeBetween(beats - 5, beats + 1);
            }
        }
    }

    @Test
    void ownHostsAreWatchedAndScanned() {
        Habit monitor = Habit.of(LookAlikeKind.NETWORK_MONITOR);
        assertThat(monitor.destinations(p -> p.isFrom(monitor.host())))
                .hasSize(60)
                .allMatch(a -> OwnHosts.isOwn(a.high(), a.low()));
        for (Predicate<Dissected> way : List.<Predicate<Dissected>>of(
                p -> p.protocol() == Protocols.ICMP, p -> p.destinationPort() == 161, p -> p.destinationPort() == 80)) {
            assertThat(monitor.which(way.and(p -> p.isFrom(monitor.host())))).hasSizeGreaterThan(50);
        }

        Habit scanner = Habit.of(LookAlikeKind.VULNERABILITY_SCANNER);
        assertThat(scanner.destinations(p -> p.isFrom(scanner.host()))).hasSizeBetween(95, 100);
        assertThat(scanner.which(Dissected::opens)).hasSizeBetween(1_300, 1_600);
        assertThat(scanner.which(p -> p.isTcp(TcpFlags.RST | TcpFlags.ACK))).hasSizeGreaterThan(800);
    }

    @Test
    void filesComeFromMany() {
        Habit habit = Habit.of(LookAlikeKind.FILE_SHARING);
        Set<IpAddress> asked = habit.destinations(p -> p.isFrom(habit.host()));
        Set<IpAddress> answering = habit.packets().stream()
                .filter(p -> p.destination().equals(habit.host()))
                .map(Dissected::source)
                .collect(Collectors.toSet());

        assertThat(asked).hasSizeGreaterThan(2_000);
        assertThat(answering.size()).isBetween(asked.size() / 3, asked.size() * 2 / 3);
        assertThat(habit.which(p -> p.payload().startsWith("\u0013BitTorrent protocol")))
                .hasSizeGreaterThan(300);
        assertThat(habit.which(p -> p.payload().startsWith("d1:ad2:id20:"))).hasSizeGreaterThan(1_000);
    }

    @Test
    void callsGoBothWays() {
        Habit habit = Habit.of(LookAlikeKind.GAMES_AND_CALLS);

        assertThat(habit.packets()).allMatch(p -> p.protocol() == Protocols.UDP);
        assertThat(habit.packets()).hasSizeGreaterThan(10_000);
        assertThat(habit.which(p -> p.isFrom(habit.host())))
                .hasSizeBetween(
                        habit.packets().size() * 45 / 100, habit.packets().size() * 55 / 100);
    }

    @Test
    void mailComesAndGoes() {
        Habit server = Habit.of(LookAlikeKind.MAIL_SERVER, Duration.ofHours(2));
        assertThat(server.destinations(p -> p.opens() && p.isFrom(server.host())))
                .hasSizeGreaterThan(200);
        assertThat(server.which(p -> p.opens() && p.destination().equals(server.host())))
                .hasSizeGreaterThan(250);
        assertThat(server.which(p -> p.questionType() == DnsMessages.MX)).hasSizeGreaterThan(500);

        Habit client = Habit.of(LookAlikeKind.MAIL_CLIENT);
        assertThat(client.which(Dissected::opens))
                .hasSizeBetween(5 * 5, 5 * 7)
                .allMatch(p -> p.destinationPort() == 993);
        assertThat(client.serverNames()).hasSize(5);
    }

    @Test
    void manyServersAreVisitedAndAskedFor() {
        Habit crawler = Habit.of(LookAlikeKind.WEB_CRAWLER, Duration.ofHours(2));
        assertThat(crawler.destinations(p -> p.opens())).hasSizeGreaterThan(1_400);
        assertThat(crawler.serverNames()).hasSizeGreaterThan(1_200);
        assertThat(crawler.names(p -> p.isDnsAnswer() && p.dnsCode() == NO_SUCH_NAME))
                .hasSizeGreaterThan(60);

        Habit resolver = Habit.of(LookAlikeKind.NETWORK_RESOLVER);
        assertThat(resolver.destinations(p -> p.isFrom(resolver.host()))).hasSizeGreaterThan(3_000);
        assertThat(resolver.names(p -> p.isDnsAnswer() && p.dnsCode() == NO_SUCH_NAME))
                .hasSizeGreaterThan(100);
        assertThat(resolver.names(p -> p.isDnsAnswer() && p.dnsCode() == 0)).hasSizeGreaterThan(2_500);
    }

    @Test
    void browsersProbeForThreeNamesWithoutDots() {
        Habit habit = Habit.of(LookAlikeKind.BROWSER_PROBES);
        Set<String> missing = habit.names(p -> p.isDnsAnswer() && p.dnsCode() == NO_SUCH_NAME);

        assertThat(missing).hasSizeBetween(3 * 5 * 2, 3 * 5 * 6).allMatch(n -> n.matches("[a-z]{7,15}"));
        assertThat(missing.size() % 3).isZero();
        assertThat(habit.serverNames()).hasSizeGreaterThan(30);
    }

    @Test
    void devicesTryToReachWhatIsNoMore() {
        Habit cloud = Habit.of(LookAlikeKind.DEAD_CLOUD);
        assertThat(cloud.hosts()).hasSize(5);
        assertThat(cloud.destinations(Dissected::opens)).hasSize(1);
        assertThat(cloud.which(p -> p.protocol() == Protocols.TCP))
                .hasSizeGreaterThan(400)
                .allMatch(Dissected::opens);

        Habit printers = Habit.of(LookAlikeKind.PRINTER_DISCOVERY);
        assertThat(printers.packets())
                .hasSizeGreaterThan(500)
                .allMatch(p -> printers.hosts().contains(p.source()));
        assertThat(printers.packets())
                .allMatch(p ->
                        OwnHosts.isOwn(p.destination().high(), p.destination().low()));
    }

    @Test
    void computedNamesAreInnocent() {
        Habit antivirus = Habit.of(LookAlikeKind.ANTIVIRUS_LOOKUPS, Duration.ofHours(1));
        Set<String> hashes = antivirus.names(p -> p.isFrom(antivirus.host()));
        assertThat(hashes).hasSizeGreaterThan(250).allMatch(n -> n.matches("[0-9a-f]{32}\\.avqs\\..*"));

        Habit content = Habit.of(LookAlikeKind.CONTENT_NETWORKS);
        assertThat(content.serverNames())
                .hasSizeGreaterThan(300)
                .allMatch(n -> n.endsWith(".cloudmeadow.net") || n.endsWith(".edgeharbour.com"));
    }

    /** Whatever is done there, the server has one name under dynamic DNS, and who begins TLS says it. */
    @Test
    void serversAtHomeAreVisitedByName() {
        Habit home = Habit.of(LookAlikeKind.HOME_SERVER, Duration.ofHours(2));
        Set<String> asked = home.names(p -> p.isFrom(home.host()));

        assertThat(asked)
                .singleElement()
                .satisfies(n -> assertThat(n).containsPattern("\\.(duckdns|ddns|myftp|dyndns)\\."));
        assertThat(asked).containsAll(home.serverNames());
        assertThat(home.destinations(p -> p.protocol() == Protocols.TCP && p.isFrom(home.host())))
                .hasSize(1);
    }

    @Test
    @Tag("slow")
    void muchGoesToOne() {
        Habit backup = Habit.of(LookAlikeKind.BACKUP_UPLOAD, Duration.ofSeconds(20));
        assertThat(backup.truth().bytes()).isGreaterThan(100_000_000);
        assertThat(backup.destinations(Dissected::opens)).hasSize(1);

        Habit vpn = Habit.of(LookAlikeKind.VPN_CLIENT, Duration.ofHours(2));
        assertThat(vpn.packets()).hasSizeGreaterThan(5_000).allMatch(p -> p.protocol() == Protocols.UDP);
        assertThat(vpn.destinations(p -> p.isFrom(vpn.host()))).hasSize(1);
    }

    @Test
    void machinesLogIn() {
        Habit habit = Habit.of(LookAlikeKind.SSH_AUTOMATION, Duration.ofHours(4));

        assertThat(habit.which(Dissected::opens)).hasSize(4 * 40).allMatch(p -> p.destinationPort() == 22);
        assertThat(habit.destinations(Dissected::opens)).hasSize(40);
    }

    @Test
    void portsAreTriedByWhomWasAsked() {
        Habit habit = Habit.of(LookAlikeKind.PORT_TESTER);
        Set<IpAddress> askedFor = habit.destinations(p -> p.opens() && p.isFrom(habit.host()));
        List<Dissected> tries = habit.which(p -> p.opens() && p.destination().equals(habit.host()));

        assertThat(askedFor).hasSize(1);
        assertThat(tries).hasSizeBetween(30, 50).allMatch(p -> askedFor.contains(p.source()));
        assertThat(tries.stream().map(Dissected::destinationPort).distinct()).hasSize(10);
    }

    @Test
    void ordinaryHostsAskBeforeTheyConnectIfTheyAreNamed() {
        Scenario quiet = Scenarios.quiet(3).lasting(Duration.ofMinutes(2));
        List<Dissected> named = Dissected.all(Played.capture(quiet.withNames()));
        List<Dissected> nameless = Dissected.all(Played.capture(quiet));

        Set<String> asked = named.stream()
                .filter(p -> p.isDnsAnswer() && p.dnsCode() == 0)
                .flatMap(p -> p.question().stream())
                .collect(Collectors.toSet());
        Set<String> said = named.stream()
                .filter(Dissected::isClientHello)
                .flatMap(p -> p.serverName().stream())
                .filter(n -> !n.equals("www.example.com"))
                .collect(Collectors.toSet());
        assertThat(asked).hasSizeGreaterThan(500);
        assertThat(said).hasSizeGreaterThan(300);
        long known = said.stream().filter(asked::contains).count();
        assertThat(known).isGreaterThan(said.size() / 2);
        assertThat(named.stream().filter(p -> p.isDnsAnswer() && p.dnsCode() == NO_SUCH_NAME))
                .hasSizeBetween(15, 100);
        assertThat(nameless.stream()
                        .filter(Dissected::isClientHello)
                        .flatMap(p -> p.serverName().stream())
                        .distinct())
                .containsExactly("www.example.com");
    }

    @Test
    void randomOutbreaksDrawEverything() {
        Set<Class<?>> families = new HashSet<>();
        Set<LookAlikeKind> kinds = new HashSet<>();
        Set<Integer> outbreaks = new HashSet<>();
        for (long seed = 0; seed < 300; seed++) {
            Scenario scenario = RandomOutbreaks.of(seed);
            assertThat(scenario).isEqualTo(RandomOutbreaks.of(seed));
            assertThat(scenario.duration()).isEqualTo(RandomOutbreaks.USUAL_DURATION);
            assertThat(scenario.named()).isTrue();
            assertThat(scenario.attacks()).isEmpty();
            assertThat(scenario.lookAlikes()).hasSizeBetween(5, 10);
            scenario.bots().forEach(b -> families.add(b.family().getClass()));
            scenario.lookAlikes().forEach(l -> kinds.add(l.kind()));
            outbreaks.add(scenario.bots().size());
        }
        assertThat(families).hasSize(10);
        assertThat(kinds).containsExactlyInAnyOrderElementsOf(LookAlikeKind.ofInfections());
        assertThat(outbreaks).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    @Tag("slow")
    void nobodyIsInfectedAndInnocent() {
        for (long seed = 0; seed < 10; seed++) {
            Truth truth = Played.truthOf(
                    RandomOutbreaks.of(seed, Duration.ofMinutes(5)).withSize(200, 0));
            Set<IpAddress> infected =
                    truth.infectedHosts().stream().map(h -> h.host()).collect(Collectors.toSet());
            assertThat(truth.lookAlikes()).noneMatch(l -> infected.contains(l.target()));
        }
    }
}
