package levee.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import levee.model.AttackVector;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.model.Truth.TrueAttack;
import levee.telemetry.Fragment;
import levee.telemetry.PayloadHint;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DrillTest {
    @Test
    void sameSeedGivesTheSameBytes() {
        Played first = Played.capture(Scenarios.everyKind(3));
        Played again = Played.capture(Scenarios.everyKind(3));

        assertThat(again.bytes()).isEqualTo(first.bytes());
        assertThat(again.truth()).isEqualTo(first.truth());
        assertThat(Played.log(Scenarios.everyKind(3)).bytes())
                .isEqualTo(Played.log(Scenarios.everyKind(3)).bytes());
    }

    @Test
    void otherSeedGivesOtherTraffic() {
        assertThat(Played.capture(Scenarios.quiet(1)).bytes())
                .isNotEqualTo(Played.capture(Scenarios.quiet(2)).bytes());
    }

    @Test
    void batchesAreWhatTheCaptureIsReadAs() throws IOException {
        for (Scenario scenario :
                List.of(Scenarios.everyVector(5), Scenarios.everyKind(5), Scenarios.everyInfection(5))) {
            List<Played.Row> direct = Played.rows(new DrillSource(new Drill(scenario)));
            assertThat(direct).isEqualTo(Played.capture(scenario).rows());
        }
    }

    @Test
    void timeNeverGoesBack() {
        List<Played.Row> rows = Played.capture(Scenarios.everyKind(9)).rows();

        assertThat(rows).hasSizeGreaterThan(10_000);
        assertThat(rows.stream()
                        .filter(r -> (r.fragment() & Fragment.TUNNELLED) == 0)
                        .map(Played.Row::nanos))
                .isSorted();
    }

    /** Alone, so that whatever comes from outside to the victim is the attack. */
    @ParameterizedTest
    @EnumSource(AttackVector.class)
    void truthIsWhatSomebodyElseCounts(AttackVector vector) {
        for (boolean ipv6 : new boolean[] {false, true}) {
            if (Scenarios.fits(vector, ipv6)) {
                truthIsWhatSomebodyElseCounts(vector, ipv6, Scenarios.brief(vector, ipv6));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(AttackVector.class)
    void sourcesAreForgedOrRealAsPlanned(AttackVector vector) {
        boolean ipv6 = vector == AttackVector.ICMPV6_FLOOD;
        boolean canBeForged = vector.family() != AttackVector.Family.UDP_REFLECTION
                && vector.family() != AttackVector.Family.TCP_REFLECTION
                && vector != AttackVector.TCP_CONNECTION_FLOOD;
        for (boolean forged : new boolean[] {false, true}) {
            PlannedAttack attack =
                    Scenarios.brief(vector, ipv6).from(forged ? 5_000 : 20).forged(forged);
            if (forged && !canBeForged) {
                assertThat(attack.problem())
                        .hasValueSatisfying(p -> assertThat(p).contains(vector.label()));
                continue;
            }
            assertThat(attack.problem()).isEmpty();
            Played played = truthIsWhatSomebodyElseCounts(vector, ipv6, attack);
            TrueAttack truth = played.truth().attacks().getFirst();
            assertThat(truth.forged()).isEqualTo(forged);
            assertThat(truth.sources()).isBetween(forged ? 190L : 15L, forged ? 400L : 20L);
            // A forged address says nothing of the way that the packet took.
            long unexpected = played.rows().stream()
                    .filter(r -> r.destination().equals(truth.target().address()))
                    .filter(r ->
                            r.timeToLive() != Internet.timeToLive(r.source().low()))
                    .count();
            assertThat(unexpected).isBetween(forged ? truth.packets() / 2 : 0, forged ? truth.packets() : 0);
        }
    }

    private static Played truthIsWhatSomebodyElseCounts(AttackVector vector, boolean ipv6, PlannedAttack planned) {
        Scenario scenario = Scenarios.quiet(12).withSize(100, 0).with(planned);
        Played played = Played.capture(scenario);
        List<Played.Row> rows = played.rows().stream()
                .filter(r -> (r.fragment() & Fragment.TUNNELLED) == 0)
                .toList();
        IpAddress victim = (ipv6 ? Scenarios.VICTIM_V6 : Scenarios.VICTIM).address();
        // Systems of bots reset what the victim takes up; that is not what the attacker wants.
        boolean isReset =
                vector == AttackVector.TCP_SYN_FLOOD && planned.forged().equals(Optional.of(false));
        List<Played.Row> attack = rows.stream()
                .filter(r -> r.destination().equals(victim))
                .filter(r -> !isReset || r.flags() != TcpFlags.RST)
                .toList();

        assertThat(played.truth().packets()).isEqualTo(rows.size());
        assertThat(played.truth().bytes())
                .isEqualTo(rows.stream().mapToLong(Played.Row::bytes).sum());
        TrueAttack truth = played.truth().attacks().getFirst();
        assertThat(truth.target()).isEqualTo(Prefix.host(victim));
        assertThat(truth.packets()).isEqualTo(attack.size()).isBetween(200L, 400L);
        assertThat(truth.bytes())
                .isEqualTo(attack.stream().mapToLong(Played.Row::bytes).sum());
        assertThat(truth.sources())
                .isEqualTo(attack.stream().map(Played.Row::source).distinct().count());
        assertThat(truth.start()).isEqualTo(instant(attack.getFirst()));
        assertThat(truth.end()).isEqualTo(instant(attack.getLast()));
        assertThat(attack)
                .allSatisfy(row -> assertThat(isOf(vector, row)).as("%s", row).isTrue());
        return played;
    }

    /** A bot's program makes SYNs by itself; its system knows nothing of the connection that the victim takes up. */
    @Test
    void systemsOfBotsResetWhatTheVictimTakesUp() {
        Scenario scenario = Scenarios.quiet(12)
                .withSize(100, 0)
                .with(Scenarios.brief(AttackVector.TCP_SYN_FLOOD, false)
                        .atRate(3_000)
                        .from(20)
                        .forged(false));
        Map<List<Object>, List<Played.Row>> connections = new HashMap<>();
        IpAddress victim = Scenarios.VICTIM.address();
        for (Played.Row row : Played.capture(scenario).rows()) {
            boolean inward = row.destination().equals(victim);
            List<Object> client = inward
                    ? List.of(row.source(), row.sourcePort())
                    : List.of(row.destination(), row.destinationPort());
            connections.computeIfAbsent(client, key -> new ArrayList<>()).add(row);
        }

        int syn = TcpFlags.SYN;
        // More than the victim has room for at once.
        assertThat(connections.values().stream()
                        .filter(c -> c.stream()
                                .map(r -> r.flags() & ~(TcpFlags.ECE | TcpFlags.CWR))
                                .toList()
                                .equals(List.of(syn, syn | TcpFlags.ACK, TcpFlags.RST)))
                        .filter(c -> c.get(2).sequence() == c.get(0).sequence() + 1
                                && c.get(2).timeToLive() == c.get(0).timeToLive()))
                .hasSizeGreaterThan(2_000);
    }

    private static Instant instant(Played.Row row) {
        return Instant.ofEpochSecond(0, row.nanos());
    }

    private static boolean isOf(AttackVector vector, Played.Row row) {
        boolean continues = (row.fragment() & Fragment.CONTINUES) != 0;
        boolean joined = (row.fragment() & Fragment.JOINED) != 0;
        return switch (vector.family()) {
            case UDP_REFLECTION ->
                row.protocol() == Protocols.UDP
                        && (vector.servicePorts().contains(row.sourcePort())
                                || vector == AttackVector.DTLS_REFLECTION
                                        && row.sourcePort() == 443
                                        && row.hint() == PayloadHint.DTLS)
                        && continues == joined;
            case TCP_REFLECTION ->
                row.protocol() == Protocols.TCP
                        && (vector == AttackVector.TCP_SYNACK_REFLECTION
                                ? row.flags() == (TcpFlags.SYN | TcpFlags.ACK)
                                : row.hint() == PayloadHint.HTTP_RESPONSE);
            case TCP_FLOOD -> row.protocol() == Protocols.TCP && hasFlags(vector, row.flags());
            case UDP_FLOOD -> row.protocol() == Protocols.UDP && isUdp(vector, row, continues && !joined);
            case OTHER_FLOOD ->
                vector == AttackVector.IP_FRAGMENT_FLOOD
                        ? continues && !joined && row.protocol() != Protocols.UDP
                        : vector.protocol() == Protocols.ANY || row.protocol() == vector.protocol();
        };
    }

    private static boolean hasFlags(AttackVector vector, int flags) {
        int kind = flags & ~(TcpFlags.ECE | TcpFlags.CWR);
        return switch (vector) {
            case TCP_SYN_FLOOD -> kind == TcpFlags.SYN;
            case TCP_ACK_FLOOD -> flags == TcpFlags.ACK;
            case TCP_RST_FLOOD -> (flags & ~TcpFlags.ACK) == TcpFlags.RST;
            case TCP_FIN_FLOOD -> (flags & ~TcpFlags.ACK) == TcpFlags.FIN;
            case TCP_CONNECTION_FLOOD -> flags == TcpFlags.SYN || flags == TcpFlags.ACK;
            default -> flags != TcpFlags.SYN && flags != TcpFlags.ACK && flags != TcpFlags.RST && flags != TcpFlags.FIN;
        };
    }

    private static boolean isUdp(AttackVector vector, Played.Row row, boolean orphan) {
        return switch (vector) {
            case DNS_QUERY_FLOOD -> row.destinationPort() == 53 && row.hint() == PayloadHint.DNS_QUERY;
            case QUIC_FLOOD -> row.destinationPort() == 443 && row.hint() == PayloadHint.QUIC_LONG_HEADER;
            case UDP_FRAGMENT_FLOOD -> orphan;
            default ->
                row.fragment() == 0
                        && Arrays.stream(AttackVector.values())
                                .noneMatch(v -> v.servicePorts().contains(row.sourcePort()));
        };
    }

    @Test
    void ordinaryTrafficGoesOnDuringAnAttackAndIsNoneOfIt() {
        Scenario scenario = Scenarios.quiet(4).with(Scenarios.brief(AttackVector.UDP_FLOOD, false));

        assertThat(Played.capture(scenario).truth().packets())
                .isGreaterThan(Played.capture(Scenarios.quiet(4)).truth().packets()
                        + Played.capture(scenario).truth().attacks().getFirst().packets()
                        - 1);
    }

    @Test
    void carpetBombingGoesToManyHostsOfThePrefix() {
        Scenario scenario = Scenarios.quiet(8)
                .withSize(100, 0)
                .with(Scenarios.brief(AttackVector.SSDP_REFLECTION, false).on(Prefix.parse("10.16.0.0/24")));
        Played played = Played.capture(scenario);

        Set<IpAddress> targets = new HashSet<>();
        Prefix prefix = played.truth().attacks().getFirst().target();
        played.rows().stream().filter(r -> prefix.contains(r.destination())).forEach(r -> targets.add(r.destination()));
        assertThat(prefix).isEqualTo(Prefix.parse("10.16.0.0/24"));
        assertThat(targets).hasSizeGreaterThan(100);
    }

    @Test
    void pulsesPause() {
        Scenario scenario = Scenarios.quiet(8)
                .withSize(100, 0)
                .lasting(Duration.ofSeconds(8))
                .with(Scenarios.brief(AttackVector.TCP_RST_FLOOD, false)
                        .lasting(Duration.ofSeconds(6))
                        .shaped(new Shape.Pulses(Duration.ofSeconds(1), Duration.ofSeconds(2))));
        Played played = Played.capture(scenario);

        long start = played.truth().start().getEpochSecond();
        assertThat(played.rows().stream()
                        .map(r -> r.nanos() / 1_000_000_000L - start)
                        .distinct())
                .containsExactly(0L, 3L);
    }

    @Test
    void rampGrows() {
        Scenario scenario = Scenarios.quiet(8)
                .withSize(100, 0)
                .with(Scenarios.brief(AttackVector.TCP_RST_FLOOD, false)
                        .lasting(Duration.ofSeconds(4))
                        .shaped(new Shape.Ramp()));
        List<Played.Row> rows = Played.capture(scenario).rows();

        long middle = Scenario.ordinary(0).start().getEpochSecond() + 3;
        long early =
                rows.stream().filter(r -> r.nanos() / 1_000_000_000L < middle).count();
        assertThat(rows.size() - early).isBetween(2 * early, 4 * early);
    }

    @Test
    void infectedHostsShowWhatTheyDo() {
        Played played = Played.capture(Scenarios.everyKind(6));

        assertThat(played.truth().infectedHosts()).hasSize(3).allSatisfy(host -> {
            assertThat(host.behaviours())
                    .extracting(b -> b.name())
                    .contains("scanning", "scan-tool-fingerprint", "beaconing");
            assertThat(played.rows().stream()
                            .filter(r -> r.source().equals(host.host()) && r.destinationPort() == 23)
                            .filter(r -> r.flags() == TcpFlags.SYN))
                    .hasSizeGreaterThan(20)
                    .allSatisfy(r -> assertThat(r.sequence())
                            .isEqualTo((int) r.destination().low()));
        });
        assertThat(played.truth().commandServers()).hasSize(1);
        assertThat(played.truth().attacks().getLast().forged()).isFalse();
        assertThat(played.truth().attacks().getLast().sources()).isEqualTo(3);
    }

    @Test
    void everyLookAlikeSendsALot() {
        long ordinary = Played.capture(Scenarios.quiet(2)).truth().packets();
        for (LookAlikeKind kind : LookAlikeKind.ofAttacks()) {
            Scenario scenario =
                    Scenarios.quiet(2).with(new PlannedLookAlike(kind, Duration.ofSeconds(1), Duration.ofSeconds(2)));
            Played played = Played.capture(scenario);
            assertThat(played.truth().packets()).as(kind.label()).isGreaterThan(ordinary + 500);
            assertThat(played.truth().attacks()).isEmpty();
            assertThat(played.truth().lookAlikes())
                    .singleElement()
                    .satisfies(l -> assertThat(l.name()).isEqualTo(kind.label()));
        }
    }

    @Test
    void fewerPeopleWorkAtNight() {
        Instant night = Instant.parse("2026-03-02T03:00:00Z");
        Instant day = Instant.parse("2026-03-02T15:00:00Z");
        Scenario scenario = Scenarios.quiet(2).withSize(1_000, 100);

        assertThat(Played.capture(scenario.startingAt(day)).truth().packets())
                .isGreaterThan(
                        2 * Played.capture(scenario.startingAt(night)).truth().packets());
    }

    @Test
    void randomScenariosDrawEverything() {
        Set<AttackVector> vectors = new HashSet<>();
        Set<LookAlikeKind> kinds = new HashSet<>();
        Set<Class<?>> shapes = new HashSet<>();
        Set<Optional<Boolean>> forged = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            Scenario scenario = Scenario.random(seed);
            assertThat(scenario).isEqualTo(Scenario.random(seed));
            scenario.attacks().forEach(a -> {
                assertThat(a.problem()).isEmpty();
                vectors.addAll(a.vectors());
                shapes.add(a.shape().getClass());
                forged.add(a.forged());
            });
            scenario.lookAlikes().forEach(l -> kinds.add(l.kind()));
        }
        assertThat(vectors).containsExactlyInAnyOrder(AttackVector.values());
        assertThat(kinds).containsExactlyInAnyOrderElementsOf(LookAlikeKind.ofAttacks());
        assertThat(shapes).hasSize(3);
        assertThat(forged).containsExactlyInAnyOrder(Optional.empty(), Optional.of(true), Optional.of(false));
    }

    @Test
    void addressesOutsideAreAllDifferentAndPublic() {
        Internet internet = new Internet(77);
        Set<Long> ipv4 = new HashSet<>();
        Set<Long> ipv6 = new HashSet<>();
        for (int number = 0; number < 300_000; number++) {
            long low = internet.low(number, false);
            assertThat(Internet.isPublic((int) low)).isTrue();
            ipv4.add(low);
            ipv6.add(internet.low(number, true));
        }
        assertThat(ipv4).hasSize(300_000);
        assertThat(ipv6).hasSize(300_000);
    }
}
