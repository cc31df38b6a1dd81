package levee.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import levee.model.Endpoint;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.model.Truth;
import levee.model.Truth.Behaviour;
import levee.model.Truth.InfectedHost;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each family of bots does, by its packets; nothing else is played. */
final class BotsTest {
    private static final int HOSTS = 3;
    private static final long SECOND = 1_000_000_000L;

    /** @param packets without those of others */
    private record Outbreak(Truth truth, List<Dissected> packets) {
        static Outbreak of(BotFamily family, Duration duration) {
            return of(PlannedBots.of(family, HOSTS), duration);
        }

        static Outbreak of(PlannedBots bots, Duration duration) {
            Played played = Played.capture(
                    Scenarios.quiet(11).withSize(100, 0).lasting(duration).with(bots));
            return new Outbreak(played.truth(), Dissected.all(played));
        }

        List<Dissected> from(InfectedHost bot) {
            return packets.stream().filter(p -> p.isFrom(bot.host())).toList();
        }

        /** Between a bot and somebody. */
        List<Dissected> with(InfectedHost bot, IpAddress other) {
            return packets.stream()
                    .filter(p -> p.isFrom(bot.host()) && p.destination().equals(other)
                            || p.isFrom(other) && p.destination().equals(bot.host()))
                    .toList();
        }

        Endpoint server() {
            assertThat(truth.commandServers()).hasSize(1);
            return truth.commandServers().getFirst();
        }

        /** Of all bots the same. */
        Set<String> behaviours() {
            assertThat(truth.infectedHosts()).hasSize(HOSTS);
            Set<Set<String>> all = truth.infectedHosts().stream()
                    .map(h -> h.behaviours().stream().map(Behaviour::name).collect(Collectors.toSet()))
                    .collect(Collectors.toSet());
            assertThat(all).hasSize(1);
            return all.iterator().next();
        }
    }

    private static boolean goesTo(Dissected packet, Endpoint server) {
        return packet.destination().equals(server.address())
                && packet.destinationPort() == server.port()
                && packet.protocol() == (server.transport().equals("tcp") ? Protocols.TCP : Protocols.UDP);
    }

    private static Behaviour behaviour(InfectedHost bot, BehaviourKind kind) {
        return bot.behaviours().stream()
                .filter(b -> b.name().equals(kind.label()))
                .findFirst()
                .orElseThrow();
    }

    /** The behaviour is told of from its first packet to its last. */
    private static void assertShown(InfectedHost bot, BehaviourKind kind, List<Dissected> packets) {
        Behaviour behaviour = behaviour(bot, kind);
        assertThat(packets).isNotEmpty();
        assertThat(behaviour.start()).isEqualTo(instant(packets.getFirst()));
        assertThat(behaviour.end()).isEqualTo(instant(packets.getLast()));
    }

    private static Instant instant(Dissected packet) {
        return Instant.ofEpochSecond(0, packet.nanos());
    }

    /** Seconds between one and the next. */
    private static List<Double> gaps(List<Dissected> packets) {
        return IntStream.range(1, packets.size())
                .mapToObj(i -> (packets.get(i).nanos() - packets.get(i - 1).nanos()) / (double) SECOND)
                .toList();
    }

    @Test
    void miraiScansGuessesLoadsAndReports() {
        Outbreak outbreak = Outbreak.of(
                new BotFamily.Mirai(23, 40, Duration.ofMinutes(5), Duration.ofSeconds(20), 0, Optional.empty()),
                Duration.ofMinutes(8));

        assertThat(outbreak.behaviours())
                .containsExactlyInAnyOrder("scanning", "scan-tool-fingerprint", "brute-force", "beaconing", "loading");
        assertThat(outbreak.truth().infectedHosts()).allSatisfy(bot -> {
            List<Dissected> from = outbreak.from(bot);
            List<Dissected> probes = from.stream()
                    .filter(p ->
                            p.opens() && p.sequence() == (int) p.destination().low())
                    .toList();
            assertShown(bot, BehaviourKind.SCANNING, probes);
            assertThat(probes)
                    .hasSizeBetween(11_000, 13_000)
                    .allSatisfy(p -> assertThat(p.destinationPort()).isIn(23, 2_323));
            assertThat(probes.stream().filter(p -> p.destinationPort() == 2_323))
                    .hasSizeBetween(900, 1_500);
            List<Dissected> reports = from.stream()
                    .filter(p -> p.opens() && goesTo(p, outbreak.server()))
                    .toList();
            assertThat(gaps(reports)).allSatisfy(gap -> assertThat(gap).isBetween(18.9, 21.1));
            assertThat(from.stream().filter(p -> p.payload().equals("root\r\n")))
                    .hasSizeGreaterThan(50);
            assertThat(from.stream().filter(p -> p.payload().startsWith("GET /bins/")))
                    .singleElement()
                    .satisfies(p -> assertThat(p.destination())
                            .isNotEqualTo(outbreak.server().address()));
        });
    }

    @Test
    void miraiKeepsAConnectionOpenAndScansForOtherPorts() {
        Outbreak outbreak = Outbreak.of(
                new BotFamily.Mirai(37_215, 5, Duration.ofMinutes(1), Duration.ofSeconds(20), 1, Optional.empty()),
                Duration.ofHours(2));

        assertThat(outbreak.behaviours())
                .containsExactlyInAnyOrder("scanning", "scan-tool-fingerprint", "long-connection", "loading");
        assertThat(outbreak.truth().infectedHosts()).allSatisfy(bot -> {
            List<Dissected> toServer = outbreak.from(bot).stream()
                    .filter(p -> goesTo(p, outbreak.server()))
                    .toList();
            assertThat(toServer.stream().filter(Dissected::opens)).hasSize(1);
            List<Dissected> beats =
                    toServer.stream().filter(p -> p.payload().equals("\0\0")).toList();
            assertThat(beats).hasSizeBetween(117, 120);
            assertThat(gaps(beats)).allSatisfy(gap -> assertThat(gap).isBetween(60.0, 61.0));
            assertThat(outbreak.from(bot).stream()
                            .filter(p -> p.opens()
                                    && p.sequence() == (int) p.destination().low()))
                    .hasSizeGreaterThan(200)
                    .allSatisfy(p -> assertThat(p.destinationPort()).isEqualTo(37_215));
        });
    }

    @Test
    void infectionsFollowACurve() {
        PlannedBots bots = new PlannedBots(
                BotFamily.byLabel("dead-server").orElseThrow(), 20, Duration.ofMinutes(1), Duration.ofHours(10));
        Outbreak outbreak = Outbreak.of(bots, Duration.ofHours(11));

        List<Long> hours = outbreak.truth().infectedHosts().stream()
                .map(h -> Duration.between(
                                outbreak.truth().start(),
                                h.behaviours().getFirst().start())
                        .toHours())
                .toList();
        assertThat(hours).hasSize(20).isSorted();
        assertThat(hours.stream().filter(h -> h < 3)).hasSizeLessThan(5);
        assertThat(hours.stream().filter(h -> h >= 3 && h < 7)).hasSizeGreaterThan(11);
    }

    @Test
    void botsFloodWhenTold() {
        BotFamily.Irc family = new BotFamily.Irc(6_667, Duration.ofSeconds(60), Optional.of(Duration.ofMinutes(5)));
        Outbreak outbreak = Outbreak.of(family, Duration.ofMinutes(10));

        assertThat(outbreak.behaviours()).containsExactlyInAnyOrder("irc", "long-connection", "flooding");
        assertThat(outbreak.truth().attacks()).singleElement().satisfies(attack -> {
            assertThat(attack.sources()).isEqualTo(HOSTS);
            assertThat(attack.packets()).isBetween(80_000L, 100_000L);
        });
        IpAddress server = outbreak.server().address();
        assertThat(outbreak.server().port()).isEqualTo(6_667);
        Dissected order = outbreak.packets().stream()
                .filter(p -> p.payload().contains("PRIVMSG"))
                .findFirst()
                .orElseThrow();
        assertThat(instant(order))
                .isBetween(
                        outbreak.truth().attacks().getFirst().start().minusSeconds(3),
                        outbreak.truth().attacks().getFirst().start());
        assertThat(outbreak.truth().infectedHosts()).allSatisfy(bot -> {
            List<Dissected> said = outbreak.with(bot, server);
            assertShown(bot, BehaviourKind.IRC, said);
            assertThat(said.stream().filter(Dissected::opens)).hasSize(1);
            assertThat(said.stream().filter(p -> p.payload().startsWith("JOIN #")))
                    .hasSize(1);
            assertThat(said.stream().filter(p -> p.payload().startsWith("PING ")))
                    .hasSizeBetween(7, 10);
            assertThat(said.stream().filter(p -> p.payload().startsWith("PONG ")))
                    .hasSizeBetween(7, 10);
        });
    }

    @Test
    void deadServersNeverAnswerOrRefuse() {
        for (boolean refuses : new boolean[] {false, true}) {
            Outbreak outbreak = Outbreak.of(
                    new BotFamily.DeadServer(4_444, Duration.ofSeconds(60), 0.1, refuses), Duration.ofMinutes(30));

            assertThat(outbreak.behaviours()).containsExactly("dead-command-server");
            assertThat(outbreak.truth().infectedHosts()).allSatisfy(bot -> {
                List<Dissected> tries = outbreak.from(bot).stream()
                        .filter(p -> goesTo(p, outbreak.server()))
                        .toList();
                assertShown(
                        bot,
                        BehaviourKind.DEAD_COMMAND_SERVER,
                        outbreak.with(bot, outbreak.server().address()));
                assertThat(tries).allMatch(Dissected::opens);
                assertThat(tries.stream().map(Dissected::sourcePort).distinct()).hasSizeBetween(27, 33);
            });
            List<Dissected> answers = outbreak.packets().stream()
                    .filter(p -> p.isFrom(outbreak.server().address()))
                    .toList();
            assertThat(answers).hasSizeBetween(refuses ? 80 : 0, refuses ? 100 : 0);
            assertThat(answers).allMatch(p -> p.isTcp(TcpFlags.RST | TcpFlags.ACK));
        }
    }

    @Test
    void beaconsKeepTheirPeriodAndNameTheirServer() {
        Outbreak outbreak =
                Outbreak.of(new BotFamily.Beacon(Duration.ofMinutes(10), 0.2, true, true), Duration.ofHours(12));

        assertThat(outbreak.behaviours()).containsExactly("beaconing");
        assertThat(outbreak.server().port()).isEqualTo(443);
        assertThat(outbreak.truth().infectedHosts()).allSatisfy(bot -> {
            List<Dissected> from = outbreak.from(bot);
            List<Dissected> calls = from.stream()
                    .filter(p -> p.opens() && goesTo(p, outbreak.server()))
                    .toList();
            assertThat(calls).hasSizeBetween(60, 85);
            assertThat(gaps(calls)).allSatisfy(gap -> assertThat(gap).isBetween(470.0, 730.0));
            Set<String> asked =
                    from.stream().flatMap(p -> p.question().stream()).collect(Collectors.toSet());
            assertThat(asked).hasSize(1);
            assertThat(from.stream().filter(Dissected::isClientHello))
                    .hasSize(calls.size())
                    .allSatisfy(p ->
                            assertThat(p.serverName()).hasValue(asked.iterator().next()));
        });
    }

    @Test
    void beaconsToABareAddressNameNothing() {
        Outbreak secret =
                Outbreak.of(new BotFamily.Beacon(Duration.ofMinutes(1), 0, true, false), Duration.ofMinutes(20));
        Outbreak plain =
                Outbreak.of(new BotFamily.Beacon(Duration.ofMinutes(1), 0, false, false), Duration.ofMinutes(20));

        assertThat(secret.packets()).noneMatch(p -> p.question().isPresent());
        assertThat(secret.packets().stream().filter(Dissected::isClientHello))
                .hasSize(60)
                .allMatch(p -> p.serverName().isEmpty());
        assertThat(plain.packets().stream().filter(p -> p.payload().startsWith("POST ")))
                .hasSize(60)
                .allSatisfy(p -> assertThat(p.payload())
                        .contains("Host: " + plain.server().address() + "\r\n"));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true"})
    void hostsAreSteeredOverOneConnectionAtATime(boolean encrypted, boolean named) {
        Outbreak outbreak = Outbreak.of(
                new BotFamily.RemoteControl(4_782, Duration.ofSeconds(20), Duration.ofMinutes(20), encrypted, named),
                Duration.ofHours(3));

        assertThat(outbreak.behaviours()).containsExactly("long-connection");
        assertThat(outbreak.server().port()).isEqualTo(4_782);
        assertThat(outbreak.truth().infectedHosts()).allSatisfy(bot -> {
            List<Dissected> said = outbreak.with(bot, outbreak.server().address());
            assertShown(bot, BehaviourKind.LONG_CONNECTION, said);
            List<Dissected> begun =
                    said.stream().filter(p -> p.opens() && p.isFrom(bot.host())).toList();
            assertThat(begun).hasSizeBetween(3, 40);
            assertThat(said.stream().filter(Dissected::isClientHello))
                    .hasSize(encrypted ? begun.size() : 0)
                    .allMatch(p -> p.serverName().isEmpty());
            assertThat(gaps(said)).allMatch(gap -> gap < 82);
            assertThat(outbreak.from(bot).stream().flatMap(p -> p.question().stream()))
                    .hasSize(named ? begun.size() : 0)
                    .allSatisfy(n -> assertThat(n).containsPattern("\\.(duckdns|ddns|hopto|ydns)\\."));
        });
    }

    @ParameterizedTest
    @EnumSource(NameGenerator.class)
    void generatedNamesAreMissingButForTheOneThatIsUsed(NameGenerator generator) {
        int names = 40;
        Outbreak outbreak =
                Outbreak.of(new BotFamily.Dga(generator, Duration.ofMinutes(20), names), Duration.ofMinutes(15));

        assertThat(outbreak.behaviours()).containsExactlyInAnyOrder("dga", "beaconing");
        assertThat(outbreak.truth().infectedHosts()).allSatisfy(bot -> {
            List<Dissected> answers = outbreak.packets().stream()
                    .filter(p -> p.isDnsAnswer() && p.destination().equals(bot.host()))
                    .toList();
            Set<String> missing = answers.stream()
                    .filter(p -> p.dnsCode() == 3)
                    .flatMap(p -> p.question().stream())
                    .collect(Collectors.toSet());
            assertThat(missing).hasSizeBetween(names - 3, names - 1);
            assertThat(missing.stream()
                            .map(n -> n.substring(n.lastIndexOf('.')))
                            .distinct())
                    .hasSizeGreaterThan(2);
            List<String> found = answers.stream()
                    .filter(p -> p.dnsCode() == 0)
                    .flatMap(p -> p.question().stream())
                    .toList();
            assertThat(found).hasSize(1);
            assertThat(outbreak.from(bot).stream().filter(Dissected::isClientHello))
                    .singleElement()
                    .satisfies(p -> {
                        assertThat(p.serverName()).hasValue(found.getFirst());
                        assertThat(goesTo(p, outbreak.server())).isTrue();
                    });
        });
    }

    @Test
    void generatedNamesFollowFromTheDate() {
        Set<String> today = new HashSet<>();
        Set<String> tomorrow = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            today.add(NameGenerator.LETTERS.name(7, 20_000, i));
            tomorrow.add(NameGenerator.LETTERS.name(7, 20_001, i));
            assertThat(NameGenerator.LETTERS.name(7, 20_000, i)).isIn(today);
        }
        assertThat(today).hasSize(100).doesNotContainAnyElementsOf(tomorrow);
    }

    @Test
    void tunnelsCarryDataBothWaysBelowOneDomain() {
        for (boolean texts : new boolean[] {false, true}) {
            Outbreak outbreak = Outbreak.of(
                    PlannedBots.of(new BotFamily.DnsTunnel(Duration.ofSeconds(5), 0.3, texts), 12),
                    Duration.ofMinutes(20));
            List<Dissected> messages = outbreak.packets().stream()
                    .filter(p -> p.question().isPresent())
                    .toList();

            assertThat(messages).hasSameSizeAs(outbreak.packets());
            assertThat(messages).allMatch(p -> p.questionType() == (texts ? 16 : 10));
            assertThat(messages.stream()
                            .map(p -> p.question().orElseThrow())
                            .map(n -> n.substring(n.lastIndexOf(".t.")))
                            .distinct())
                    .hasSize(1);
            assertThat(messages.stream()
                            .mapToInt(p -> p.question().orElseThrow().length())
                            .max()
                            .orElseThrow())
                    .isBetween(120, 253);
            assertThat(outbreak.server().toString()).endsWith(":53/udp");
            // Over the resolver of the network and without it.
            assertThat(outbreak.packets().stream().filter(p -> goesTo(p, outbreak.server())))
                    .hasSizeGreaterThan(100)
                    .anyMatch(p -> outbreak.truth().infectedHosts().stream().anyMatch(h -> p.isFrom(h.host())))
                    .anyMatch(p -> outbreak.truth().infectedHosts().stream().noneMatch(h -> p.isFrom(h.host())));
        }
    }

    @Test
    void spamGoesToManyServersAndSomeRefuse() {
        Outbreak outbreak = Outbreak.of(new BotFamily.Spam(10), Duration.ofMinutes(40));

        assertThat(outbreak.behaviours()).containsExactlyInAnyOrder("spam", "beaconing");
        assertThat(outbreak.truth().infectedHosts()).allSatisfy(bot -> {
            List<Dissected> from = outbreak.from(bot);
            assertThat(from.stream().filter(p -> p.questionType() == 15)).hasSizeBetween(330, 420);
            assertThat(from.stream()
                            .filter(p -> p.opens() && p.destinationPort() == 25)
                            .map(Dissected::destination)
                            .distinct())
                    .hasSizeGreaterThan(200);
            assertThat(from.stream().filter(p -> p.payload().startsWith("RCPT TO:")))
                    .hasSizeGreaterThan(200);
            assertThat(from.stream().filter(p -> p.payload().equals("DATA\r\n")))
                    .hasSizeGreaterThan(150);
        });
        for (String refusal : List.of("550 ", "421 ")) {
            assertThat(outbreak.packets().stream().filter(p -> p.payload().startsWith(refusal)))
                    .hasSizeGreaterThan(20);
        }
    }

    @Test
    void peersAreMostlyGone() {
        Outbreak outbreak = Outbreak.of(new BotFamily.PeerToPeer(100, Duration.ofMinutes(5)), Duration.ofHours(1));

        assertThat(outbreak.behaviours()).containsExactly("peer-to-peer");
        assertThat(outbreak.truth().commandServers()).isEmpty();
        assertThat(outbreak.truth().infectedHosts()).allSatisfy(bot -> {
            List<Dissected> from = outbreak.from(bot);
            assertShown(
                    bot,
                    BehaviourKind.PEER_TO_PEER,
                    outbreak.packets().stream()
                            .filter(p -> p.isFrom(bot.host()) || p.destination().equals(bot.host()))
                            .toList());
            Set<IpAddress> asked = from.stream().map(Dissected::destination).collect(Collectors.toSet());
            Set<IpAddress> answering = outbreak.packets().stream()
                    .filter(p -> p.destination().equals(bot.host()))
                    .map(Dissected::source)
                    .collect(Collectors.toSet());
            assertThat(asked).hasSizeBetween(90, 100).containsAll(answering);
            assertThat(answering).hasSizeBetween(15, 45);
            assertThat(from).allMatch(p -> p.payload().length() == 33);
            assertThat(from.stream().map(Dissected::sourcePort).distinct()).hasSize(1);
        });
    }

    @Test
    void passwordsAreGuessedOverSshAndRemoteDesktop() {
        for (int port : new int[] {22, 3_389}) {
            Outbreak outbreak = Outbreak.of(new BotFamily.BruteForce(port, 20), Duration.ofMinutes(20));
            String first = port == 22 ? "SSH-2.0-libssh2" : "\3\0\0";

            assertThat(outbreak.behaviours()).containsExactlyInAnyOrder("brute-force", "beaconing");
            assertThat(outbreak.truth().infectedHosts()).allSatisfy(bot -> {
                List<Dissected> tries = outbreak.from(bot).stream()
                        .filter(p -> p.destinationPort() == port)
                        .toList();
                assertThat(tries.stream().filter(Dissected::opens)).hasSizeBetween(330, 450);
                assertThat(tries.stream().filter(p -> p.payload().startsWith(first)))
                        .hasSizeBetween(300, 400);
                assertThat(tries.stream().map(Dissected::destination).distinct())
                        .hasSizeBetween(50, 150);
            });
        }
    }

    @Test
    void everyUsualFamilyIsFoundByItsLabel() {
        assertThat(BotFamily.USUAL).hasSize(10).allSatisfy(family -> {
            assertThat(BotFamily.byLabel(family.label())).hasValue(family);
            assertThat(family.description()).isNotBlank();
        });
        assertThat(BotFamily.byLabel("mirei")).isEmpty();
    }

    @Test
    void impossibleNumbersAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BotFamily.Beacon(Duration.ZERO, 0, true, true))
                .withMessageContaining("period");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BotFamily.Beacon(Duration.ofMinutes(1), 1, true, true))
                .withMessageContaining("jitter");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BotFamily.BruteForce(80, 1))
                .withMessageContaining("port");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlannedBots.of(BotFamily.USUAL.getFirst(), 0))
                .withMessageContaining("0 bots");
    }
}
