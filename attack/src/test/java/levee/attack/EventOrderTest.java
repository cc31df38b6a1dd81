package levee.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import levee.attack.Floods.Shape;
import levee.attack.Traffic.View;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.IpAddress;
import levee.model.Prefix;
import org.junit.jupiter.api.Test;

/** Findings open, change and end, in this order and under one identifier. */
class EventOrderTest {
    private static final AddressFamily FAMILY = AddressFamily.IPV4;
    private static final IpAddress VICTIM = FAMILY.own(0x0a07);

    /** Cases that come out wrong; each goes from here when the detector gets it right. */
    private static final KnownWrong KNOWN_WRONG = KnownWrong.of(
            // A file is looked at for a second before anything is said.
            "opens within a second");

    private static List<FindingEvent> events(Consumer<Traffic> recipe) {
        Traffic traffic = new Traffic(7);
        new Conversations(traffic, FAMILY).background(VICTIM, 0, 10);
        recipe.accept(traffic);
        return Detection.analyse(traffic.seen(View.BOTH_WAYS)).events;
    }

    private static Map<String, List<Change>> byId(List<FindingEvent> events) {
        Map<String, List<Change>> changes = new LinkedHashMap<>();
        for (FindingEvent event : events) {
            changes.computeIfAbsent(event.finding().id(), id -> new ArrayList<>())
                    .add(event.change());
        }
        return changes;
    }

    private static Attack attack(FindingEvent event) {
        return (Attack) event.finding();
    }

    /** A minute of attack, and much later an innocent packet that shows that time has passed. */
    private static void minuteOfAttack(Traffic traffic) {
        new Floods(traffic, FAMILY)
                .add(AttackVector.DNS_REFLECTION, VICTIM, Shape.moderate().lasting(60, 20_000));
        new Conversations(traffic, FAMILY).background(VICTIM, 280, 5);
    }

    @Test
    void opensThenChangesThenEnds() {
        List<FindingEvent> events = events(EventOrderTest::minuteOfAttack);
        assertThat(byId(events)).hasSize(1);
        List<Change> changes = byId(events).values().iterator().next();
        assertThat(changes).hasSizeGreaterThanOrEqualTo(4);
        assertThat(changes.get(0)).isEqualTo(Change.OPENED);
        assertThat(changes.subList(1, changes.size() - 1)).containsOnly(Change.CHANGED);
        assertThat(changes.get(changes.size() - 1)).isEqualTo(Change.ENDED);
    }

    @Test
    void stateFollowsTheChange() {
        for (FindingEvent event : events(EventOrderTest::minuteOfAttack)) {
            assertThat(attack(event).state())
                    .isEqualTo(event.change() == Change.ENDED ? Attack.State.ENDED : Attack.State.OPEN);
        }
    }

    @Test
    void startStaysAndTheRestGrows() {
        List<FindingEvent> events = events(EventOrderTest::minuteOfAttack);
        Attack before = attack(events.get(0));
        for (FindingEvent event : events) {
            Attack attack = attack(event);
            assertThat(attack.start()).isEqualTo(before.start());
            assertThat(attack.end()).isAfterOrEqualTo(before.end());
            assertThat(attack.total().packets())
                    .isGreaterThanOrEqualTo(before.total().packets());
            assertThat(attack.peak().packetsPerSecond())
                    .isGreaterThanOrEqualTo(before.peak().packetsPerSecond());
            before = attack;
        }
    }

    @Test
    void opensWithinASecond() {
        Traffic traffic = new Traffic(7);
        new Floods(traffic, FAMILY)
                .add(
                        AttackVector.DNS_REFLECTION,
                        VICTIM,
                        Shape.moderate().beginning(0).lasting(1, 3_000));
        Detection detection = new Detection(DetectionPolicy.analysis(), AddressFamily.ownNetworks());
        detection.play(traffic.seen(View.BOTH_WAYS));
        KNOWN_WRONG.check(
                "opens within a second", detection.events.isEmpty() ? List.of("not within a second") : List.of());
    }

    @Test
    void aRerunSaysTheSame() {
        List<FindingEvent> first = events(EventOrderTest::minuteOfAttack);
        assertThat(events(EventOrderTest::minuteOfAttack)).isEqualTo(first);
    }

    @Test
    void attackThatEndsWithTheInputStaysOpen() {
        List<FindingEvent> events = events(traffic -> new Floods(traffic, FAMILY)
                .add(AttackVector.DNS_REFLECTION, VICTIM, Shape.moderate().lasting(20, 10_000)));
        assertThat(events.get(events.size() - 1).change()).isEqualTo(Change.CHANGED);
        assertThat(attack(events.get(events.size() - 1)).state()).isEqualTo(Attack.State.OPEN);
    }

    @Test
    void pulsesAreOneAttackAndLaterOnesAreAnother() {
        List<FindingEvent> events = events(traffic -> {
            Floods floods = new Floods(traffic, FAMILY);
            for (int begin : new int[] {3, 100, 400}) {
                floods.add(
                        AttackVector.TCP_SYN_FLOOD,
                        VICTIM,
                        Shape.moderate().beginning(begin).lasting(5, 10_000));
            }
        });
        Set<Instant> starts = new TreeSet<>();
        events.forEach(e -> starts.add(attack(e).start()));
        assertThat(starts).hasSameSizeAs(byId(events).keySet());
        assertThat(starts)
                .as("an attack after minutes of silence is another one")
                .hasSize(2);
    }

    @Test
    void restartOfTheClockEndsWhatIsOpen() {
        Detection detection = new Detection(DetectionPolicy.analysis(), AddressFamily.ownNetworks());
        for (int begin : new int[] {50, 3}) {
            Traffic traffic = new Traffic(begin);
            new Floods(traffic, FAMILY)
                    .add(AttackVector.TCP_SYN_FLOOD, VICTIM, Shape.moderate().beginning(begin));
            detection.restart();
            detection.play(traffic.seen(View.BOTH_WAYS));
        }
        detection.finish();
        assertThat(byId(detection.events)).hasSize(2);
        assertThat(detection.attacks()).extracting(a -> a.total().packets()).containsExactly(3_000L, 3_000L);
    }

    /** First some hosts by themselves, then all of the network. */
    private static void widening(Traffic traffic) {
        Floods floods = new Floods(traffic, FAMILY);
        floods.add(
                AttackVector.DNS_REFLECTION,
                VICTIM,
                Shape.moderate().beginning(3).lasting(5, 10_000));
        floods.each(Shape.moderate().beginning(6).lasting(20, 100_000), (second, source) -> {
            IpAddress hit = FAMILY.own(0x0a00 + traffic.random.nextInt(256));
            floods.send(
                    second,
                    AttackVector.DNS_REFLECTION,
                    floods.packet(AttackVector.DNS_REFLECTION, source, new Endpoint(hit, 80), 900),
                    Floods.Reply.NOTHING);
        });
    }

    @Test
    void wideningKeepsTheIdentifier() {
        List<FindingEvent> events = events(EventOrderTest::widening);
        String first = events.get(0).finding().id();
        assertThat(attack(events.get(0)).target()).isEqualTo(Prefix.host(VICTIM));
        FindingEvent last = events.get(events.size() - 1);
        assertThat(attack(last).target().isHost()).isFalse();
        assertThat(attack(last).target().contains(VICTIM)).isTrue();
        assertThat(last.finding().id()).isEqualTo(first);
    }

    @Test
    void whatWasAbsorbedSaysNothingMore() {
        List<FindingEvent> events = events(EventOrderTest::widening);
        Map<Prefix, Change> last = new LinkedHashMap<>();
        for (FindingEvent event : events) {
            Prefix target = attack(event).target();
            assertThat(last.get(target)).as("%s after its end", target).isNotIn(Change.ABSORBED, Change.ENDED);
            last.put(target, event.change());
        }
        assertThat(last.values()).contains(Change.ABSORBED);
    }

    @Test
    void absorptionLeavesOneAttack() {
        Traffic traffic = new Traffic(7);
        widening(traffic);
        Detection detection = Detection.analyse(traffic.seen(View.BOTH_WAYS));
        assertThat(detection.attacks()).hasSize(1);
    }

    @Test
    void eachIdentifierIsOpenedOnceBeforeAllElse() {
        List<FindingEvent> events = events(EventOrderTest::widening);
        byId(events).forEach((id, changes) -> {
            assertThat(changes.get(0)).as(id).isEqualTo(Change.OPENED);
            assertThat(changes.subList(0, changes.size() - 1)).as(id).doesNotContain(Change.ENDED);
        });
    }
}
