package levee.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import org.junit.jupiter.api.Test;

class AlertsTest {
    private static final Duration INTERVAL = AlertSettings.DEFAULT.groupingInterval();

    @Test
    void tellsOnceThatAnAttackBegan() {
        Desk desk = new Desk();
        desk.handOver(Attacks.opened("a"), Attacks.opened("a"));
        desk.handOver(Attacks.opened("a"));
        desk.pass(INTERVAL.multipliedBy(10));

        assertThat(desk.sender.told()).containsExactly("opened a");
    }

    @Test
    void aChannelThatChangesTellsNothingTwice() {
        Desk desk = new Desk();
        desk.handOver(Attacks.opened("a"));
        desk.alerts.apply(List.of(new Webhook("hook", URI.create("http://localhost/other"), Desk.SECRET)));
        desk.handOver(Attacks.opened("a"));
        desk.pass(INTERVAL.multipliedBy(10));
        assertThat(desk.sender.told()).containsExactly("opened a");

        desk.handOver(Attacks.ended("a"));
        desk.pass(INTERVAL);
        assertThat(desk.sender.told()).containsExactly("opened a", "ended a");
    }

    @Test
    void aNewChannelIsToldOfWhatGoesOnAndOneThatIsGoneOfNothing() {
        Desk desk = new Desk();
        desk.handOver(Attacks.opened("a"));
        desk.alerts.apply(List.of(new Webhook("second", URI.create("http://localhost/"), Desk.SECRET)));
        assertThat(desk.alerts.statistics().channels())
                .extracting(ChannelStatistics::channel)
                .containsExactly("second");
        desk.handOver(Attacks.grown("a"));
        desk.pass(INTERVAL);
        assertThat(desk.sender.told()).containsExactly("opened a", "opened a");

        desk.alerts.apply(List.of());
        desk.handOver(Attacks.ended("a"));
        desk.pass(INTERVAL);
        assertThat(desk.sender.told()).hasSize(2);
    }

    @Test
    void tellsOfANewVectorAfterTheGroupingInterval() {
        Desk desk = new Desk();
        desk.handOver(Attacks.opened("a"));
        desk.handOver(Attacks.grown("a"));
        desk.pass(INTERVAL.minusMillis(1));
        assertThat(desk.sender.told()).containsExactly("opened a");

        desk.pass(Duration.ofMillis(1));
        assertThat(desk.sender.told()).containsExactly("opened a", "changed a");
        assertThat(desk.sender.delivered.getLast()).isInstanceOfSatisfying(Alert.Single.class, single -> {
            assertThat(((AttackSituation) single.situation()).vectorNames()).contains("tcp-syn-flood");
            assertThat(single.situation().changesSince(single.before().orElseThrow()))
                    .isEqualTo("new: tcp-syn-flood");
        });
    }

    @Test
    void tellsOfTenTimesTheRateOnly() {
        Desk desk = new Desk();
        desk.handOver(Attacks.opened("a"));
        desk.handOver(changed("a", 9.9 * 1.2e9));
        desk.pass(INTERVAL);
        assertThat(desk.sender.told()).containsExactly("opened a");

        desk.handOver(changed("a", 10 * 1.2e9));
        assertThat(desk.sender.told()).containsExactly("opened a", "changed a");
    }

    private static FindingEvent changed(String id, double bitsPerSecond) {
        return Attacks.event(
                Change.CHANGED,
                Attacks.attack(
                        id, "203.0.113.7", Attack.State.OPEN, bitsPerSecond, "more", AttackVector.DNS_REFLECTION));
    }

    @Test
    void tellsThatAnAttackWidened() {
        Desk desk = new Desk();
        desk.handOver(Attacks.opened("a"));
        desk.handOver(Attacks.event(Change.CHANGED, Attacks.open("a", "203.0.113.0/24", AttackVector.DNS_REFLECTION)));
        desk.pass(INTERVAL);

        assertThat(desk.sender.told()).containsExactly("opened a", "changed a");
    }

    @Test
    void putsChangeAndEndTogether() {
        Desk desk = new Desk();
        desk.handOver(Attacks.opened("a"));
        desk.handOver(Attacks.grown("a"), Attacks.ended("a"));
        desk.pass(INTERVAL);
        desk.pass(INTERVAL.multipliedBy(5));

        assertThat(desk.sender.told()).containsExactly("opened a", "ended a");
    }

    @Test
    void tellsThatAnEndedAttackGoesOn() {
        Desk desk = new Desk();
        desk.handOver(Attacks.opened("a"));
        desk.pass(INTERVAL);
        desk.handOver(Attacks.ended("a"));
        desk.pass(INTERVAL);
        desk.handOver(Attacks.opened("a"));
        desk.pass(INTERVAL);

        assertThat(desk.sender.told()).containsExactly("opened a", "ended a", "changed a");
    }

    @Test
    void closesAnAbsorbedFindingThatWasTold() {
        Desk desk = new Desk();
        desk.handOver(Attacks.opened("host"));
        FindingEvent absorbed =
                Attacks.event(Change.ABSORBED, Attacks.open("host", "203.0.113.7", AttackVector.DNS_REFLECTION));
        desk.handOver(absorbed, Attacks.opened("prefix"));
        desk.pass(INTERVAL);

        assertThat(desk.sender.told()).containsExactly("opened host", "opened prefix", "ended host");
        assertThat(AlertJson.of(desk.sender.delivered.getLast())).contains("\"absorbed\":true");
    }

    @Test
    void saysNothingOfAnAbsorbedFindingThatNobodyKnows() {
        Desk desk = new Desk();
        desk.handOver(Attacks.event(Change.ABSORBED, Attacks.open("host", "203.0.113.7", AttackVector.DNS_REFLECTION)));
        desk.pass(INTERVAL);

        assertThat(desk.sender.attempts).isEmpty();
    }

    @Test
    void triesAgainLaterAndLater() {
        Desk desk = new Desk();
        desk.sender.isDown(true);
        desk.handOver(Attacks.opened("a"));
        List<Integer> attemptsByMinute = new ArrayList<>();
        for (int minute = 0; minute < 30; minute++) {
            int before = desk.sender.attempts.size();
            desk.passSlowly(Duration.ofMinutes(1));
            attemptsByMinute.add(desk.sender.attempts.size() - before);
        }
        assertThat(desk.sender.attempts).hasSize(AlertSettings.DEFAULT.mostAttempts());
        assertThat(attemptsByMinute.getFirst()).isBetween(4, 7);
        assertThat(attemptsByMinute.subList(5, 30)).allMatch(attempts -> attempts <= 1);
        assertThat(desk.statistics().failed()).isEqualTo(1);
        assertThat(desk.statistics().retried()).isEqualTo(AlertSettings.DEFAULT.mostAttempts() - 1);
        assertThat(desk.statistics().waiting()).isZero();
    }

    @Test
    void allAttemptsAtOneAlertHaveOneId() {
        Desk desk = new Desk();
        desk.sender.answerNext(new Outcome.Failed("No answer in time"));
        desk.handOver(Attacks.opened("a"));
        desk.handOver(Attacks.grown("a"));
        desk.passSlowly(Duration.ofSeconds(5));

        assertThat(desk.sender.attempts)
                .hasSize(2)
                .extracting(Alert::alertId)
                .containsOnly(desk.sender.attempts.getFirst().alertId());
    }

    @Test
    void retriesWithTheNewestState() {
        Desk desk = new Desk();
        desk.sender.answerNext(new Outcome.Failed("HTTP 500"));
        desk.handOver(Attacks.opened("a"));
        desk.handOver(Attacks.grown("a"));
        desk.passSlowly(INTERVAL.multipliedBy(3));

        assertThat(desk.sender.told()).containsExactly("opened a");
        assertThat(((AttackSituation) ((Alert.Single) desk.sender.delivered.getFirst()).situation()).vectors())
                .hasSize(2);
    }

    @Test
    void tellsBeginBeforeEndHoweverLateTheReceiverIsBack() {
        Desk desk = new Desk();
        desk.sender.isDown(true);
        desk.handOver(Attacks.opened("a"));
        desk.handOver(Attacks.ended("a"));
        desk.passSlowly(Duration.ofSeconds(20));
        desk.sender.isDown(false);
        desk.passSlowly(INTERVAL.multipliedBy(3));

        assertThat(desk.sender.told()).containsExactly("opened a", "ended a");
    }

    @Test
    void doesNotRetryWhatIsRefused() {
        Desk desk = new Desk();
        desk.sender.answerNext(new Outcome.Refused("HTTP 404"));
        desk.handOver(Attacks.opened("a"));
        desk.passSlowly(Duration.ofMinutes(5));

        assertThat(desk.sender.attempts).hasSize(1);
        assertThat(desk.statistics().failed()).isEqualTo(1);
        assertThat(desk.statistics().lastError().orElseThrow().text()).isEqualTo("HTTP 404");
    }

    @Test
    void anAttackGivenUpIsOpenedWhenItGrows() {
        Desk desk = new Desk();
        desk.sender.answerNext(new Outcome.Refused("HTTP 404"));
        desk.handOver(Attacks.opened("a"));
        desk.pass(INTERVAL);
        desk.handOver(Attacks.grown("a"));

        assertThat(desk.sender.told()).containsExactly("opened a");
    }

    @Test
    void waitsAsLongAsTheReceiverAsks() {
        Desk desk = new Desk();
        desk.sender.answerNext(new Outcome.Failed("HTTP 429", Optional.of(Duration.ofSeconds(90))));
        desk.handOver(Attacks.opened("a"));
        desk.handOver(Attacks.opened("b"));
        desk.passSlowly(Duration.ofSeconds(89));
        assertThat(desk.sender.attempts).hasSize(1);

        desk.passSlowly(Duration.ofSeconds(2));
        assertThat(desk.sender.told()).containsExactlyInAnyOrder("opened a", "opened b");
    }

    @Test
    void oneAlertThatAlwaysFailsDoesNotStopOthers() {
        Desk desk = new Desk();
        desk.sender.answerNext(new Outcome.Failed("HTTP 500"));
        desk.handOver(Attacks.opened("poison"));
        for (int i = 0; i < 5; i++) {
            desk.handOver(Attacks.opened("a" + i));
            desk.passSlowly(Duration.ofSeconds(2));
        }
        assertThat(desk.sender.told()).contains("opened a0", "opened a4");
    }

    @Test
    void keepsToItsPace() {
        Desk desk = new Desk(AlertSettings.DEFAULT, new Pace(3, Duration.ofSeconds(10)));
        for (int i = 0; i < 8; i++) {
            desk.handOver(Attacks.opened("a" + i));
        }
        assertThat(desk.sender.delivered).hasSize(3);
        desk.pass(Duration.ofMillis(9_999));
        assertThat(desk.sender.delivered).hasSize(3);
        desk.pass(Duration.ofMillis(1));
        assertThat(desk.sender.delivered).hasSize(4);
        desk.passSlowly(Duration.ofSeconds(40));
        assertThat(desk.sender.told())
                .containsExactlyElementsOf(
                        IntStream.range(0, 8).mapToObj(i -> "opened a" + i).toList());
    }

    @Test
    void manyAttacksAtOnceBecomeOneDigest() {
        Desk desk = new Desk();
        FindingEvent[] events =
                IntStream.range(0, 30).mapToObj(i -> Attacks.opened("a" + i)).toArray(FindingEvent[]::new);
        desk.handOver(events);

        assertThat(desk.sender.told()).containsExactly("digest 30");
        desk.passSlowly(INTERVAL.multipliedBy(2));
        assertThat(desk.sender.told()).hasSize(1);
    }

    @Test
    void aDigestThatFailsIsRetriedAndTellsEachOnce() {
        Desk desk = new Desk();
        desk.sender.answerNext(new Outcome.Failed("HTTP 503"));
        desk.handOver(
                IntStream.range(0, 30).mapToObj(i -> Attacks.opened("a" + i)).toArray(FindingEvent[]::new));
        desk.passSlowly(Duration.ofSeconds(10));

        assertThat(desk.sender.delivered.stream().mapToInt(AlertsTest::size).sum())
                .isEqualTo(30);
        assertThat(desk.sender.delivered.size()).isLessThanOrEqualTo(3);
    }

    private static int size(Alert alert) {
        return switch (alert) {
            case Alert.Single single -> 1;
            case Alert.Digest digest -> digest.size();
            case Alert.Trial trial -> 0;
        };
    }

    @Test
    void aFloodOfAttacksIsAFewDigestsInBoundedMemory() {
        AlertSettings settings = new AlertSettings(
                INTERVAL,
                10,
                10,
                Duration.ofHours(1),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                4_000,
                1_000,
                Optional.empty());
        FakeSender sender = new FakeSender();
        Desk clock = new Desk();
        Outbox outbox = new Outbox(channel(), settings, Silence.NONE, new Random(1));
        String json = "{\"x\":\"" + "x".repeat(20_000) + "\"}";
        for (int i = 0; i < 10_000; i++) {
            clock.now = clock.now.plusNanos(100_000);
            outbox.accept(
                    Situation.of(Attacks.opened("a" + i), Attacks.DETECTED, AlertMode.ALERT)
                            .orElseThrow(),
                    json,
                    clock.now);
            outbox.next(clock.now)
                    .ifPresent(delivery -> outbox.done(delivery, sender.send(delivery.alert(), clock.now), clock.now));
            assertThat(outbox.sizes()[0]).isLessThanOrEqualTo(4_000);
            assertThat(outbox.sizes()[1]).isLessThanOrEqualTo(AlertSettings.MOST_JSON_CHARACTERS);
        }
        clock.now = clock.now.plus(INTERVAL);
        outbox.next(clock.now)
                .ifPresent(delivery -> outbox.done(delivery, sender.send(delivery.alert(), clock.now), clock.now));

        assertThat(sender.delivered.size()).isLessThanOrEqualTo(7);
        assertThat(sender.delivered.getLast()).isInstanceOfSatisfying(Alert.Digest.class, digest -> {
            assertThat(digest.size()).isGreaterThan(3_900);
            assertThat(digest.largest()).hasSize(20);
            assertThat(AlertJson.of(digest)).hasSizeLessThan(30_000);
        });
        assertThat(outbox.statistics().dropped()).isEqualTo(6_000);
        assertThat(outbox.sizes()[1]).isZero();
    }

    private static Channel channel() {
        return new Webhook(
                "hook",
                URI.create("http://localhost/"),
                Desk.SECRET,
                Optional.empty(),
                new Pace(5, Duration.ofSeconds(1)),
                Duration.ofSeconds(1));
    }

    @Test
    void whatEndedMakesRoom() {
        AlertSettings settings = new AlertSettings(
                INTERVAL,
                10,
                10,
                Duration.ofHours(1),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                2,
                1_000,
                Optional.empty());
        Desk desk = new Desk(settings, new Pace(100, Duration.ofSeconds(1)));
        desk.handOver(Attacks.opened("a"), Attacks.opened("b"), Attacks.opened("c"));
        assertThat(desk.statistics().dropped()).isEqualTo(1);

        desk.handOver(Attacks.ended("a"));
        desk.pass(INTERVAL);
        desk.handOver(Attacks.opened("c"));
        assertThat(desk.sender.told()).containsExactly("opened a", "opened b", "ended a", "opened c");
    }

    @Test
    void handingOverIsBounded() {
        AlertSettings settings = new AlertSettings(
                INTERVAL,
                10,
                10,
                Duration.ofHours(1),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                50_000,
                3,
                Optional.empty());
        Desk desk = new Desk(settings, new Pace(5, Duration.ofSeconds(1)));
        for (int i = 0; i < 5; i++) {
            assertThat(desk.alerts.offer(Attacks.opened("a" + i), Attacks.DETECTED, AlertMode.ALERT, "{}"))
                    .isEqualTo(i < 3);
        }
        assertThat(desk.alerts.statistics().handedOver()).isEqualTo(3);
        assertThat(desk.alerts.statistics().dropped()).isEqualTo(2);
        desk.alerts.step();
        assertThat(desk.alerts.offer(Attacks.opened("b"), Attacks.DETECTED, AlertMode.ALERT, "{}"))
                .isTrue();
    }

    @Test
    void handingOverIsBoundedInCharacters() {
        Desk desk = new Desk();
        String json = "x".repeat((int) AlertSettings.MOST_JSON_CHARACTERS);
        assertThat(desk.alerts.offer(Attacks.opened("a"), Attacks.DETECTED, AlertMode.ALERT, json))
                .isTrue();
        assertThat(desk.alerts.offer(Attacks.opened("b"), Attacks.DETECTED, AlertMode.ALERT, "{}"))
                .isFalse();
    }

    @Test
    void monitorModeSendsNothingAndCounts() {
        Desk desk = new Desk();
        desk.handOver(AlertMode.MONITOR, Attacks.opened("a"));
        desk.pass(INTERVAL);
        desk.handOver(AlertMode.MONITOR, Attacks.ended("a"));

        assertThat(desk.sender.attempts).isEmpty();
        assertThat(desk.statistics().withheld()).isEqualTo(2);
    }

    @Test
    void attacksGoingOnAreToldWhenMonitoringEnds() {
        Desk desk = new Desk();
        desk.handOver(AlertMode.MONITOR, Attacks.opened("a"), Attacks.opened("b"));
        desk.pass(INTERVAL);
        desk.handOver(AlertMode.ALERT, Attacks.opened("a"), Attacks.ended("b"));
        desk.pass(INTERVAL);

        assertThat(desk.sender.told()).containsExactly("opened a");
    }

    @Test
    void whatIsMutedIsNotSentUntilTheMuteEnds() {
        Desk desk = new Desk();
        desk.silenced.add("a");
        desk.handOver(Attacks.opened("a"), Attacks.opened("b"));
        desk.passSlowly(INTERVAL.multipliedBy(3));
        assertThat(desk.sender.told()).containsExactly("opened b");
        assertThat(desk.statistics().suppressed()).isEqualTo(1);

        desk.silenced.clear();
        desk.passSlowly(INTERVAL);
        assertThat(desk.sender.told()).containsExactly("opened b", "opened a");
    }

    @Test
    void aBrokenSilenceSilencesNothing() {
        FakeSender sender = new FakeSender();
        Alerts alerts = new Alerts(
                AlertSettings.DEFAULT,
                List.of(channel()),
                (id, target, now) -> {
                    throw new IllegalStateException("the store is closed");
                },
                () -> Attacks.DETECTED,
                new Random(1),
                channel -> sender);
        alerts.offer(Attacks.opened("a"), Attacks.DETECTED, AlertMode.ALERT, "{}");
        alerts.step();

        assertThat(sender.told()).containsExactly("opened a");
    }

    @Test
    void repeatsNothingAfterARestart() {
        Desk before = new Desk();
        before.handOver(Attacks.opened("a"), Attacks.opened("b"));
        Desk after = new Desk();
        after.alerts.resume(
                Attacks.open("a", "203.0.113.7", AttackVector.DNS_REFLECTION), Attacks.DETECTED, AlertMode.ALERT);
        after.handOver(Attacks.opened("a"), Attacks.opened("b"));
        assertThat(after.sender.told()).containsExactly("opened b");
        after.handOver(Attacks.ended("a"));
        assertThat(after.sender.told()).containsExactly("opened b", "ended a");

        // What is sent again all the same can be told by its id.
        assertThat(after.sender.delivered.getFirst().alertId())
                .isEqualTo(before.sender.delivered.getLast().alertId());
    }

    @Test
    void aSenderThatThrowsIsAFailureLikeOthers() {
        boolean[] isBroken = {true};
        List<Alert> sent = new ArrayList<>();
        Desk clock = new Desk();
        Alerts alerts = new Alerts(
                AlertSettings.DEFAULT,
                List.of(channel()),
                Silence.NONE,
                () -> clock.now,
                new Random(1),
                channel -> (alert, now) -> {
                    if (isBroken[0]) {
                        throw new IllegalStateException("0123456789abcdef");
                    }
                    sent.add(alert);
                    return new Outcome.Delivered("");
                });
        alerts.offer(Attacks.opened("a"), Attacks.DETECTED, AlertMode.ALERT, "{}");
        alerts.step();
        assertThat(alerts.statistics().toString()).doesNotContain("0123456789abcdef");
        isBroken[0] = false;
        clock.now = clock.now.plusSeconds(2);
        alerts.step();
        assertThat(sent).hasSize(1);
    }

    @Test
    void neverTellsTheSameTwiceWhateverHappens() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            Desk desk = new Desk();
            for (int i = 0; i < 300; i++) {
                String id = "a" + random.nextInt(15);
                if (random.nextInt(4) == 0) {
                    desk.sender.answerNext(
                            random.nextBoolean() ? new Outcome.Failed("HTTP 500") : new Outcome.Delivered(""));
                }
                FindingEvent event = switch (random.nextInt(6)) {
                    case 0 -> Attacks.ended(id);
                    case 1, 2 -> Attacks.grown(id);
                    default -> Attacks.opened(id);
                };
                desk.handOver(Attacks.lasting(event, desk.now));
                desk.pass(Duration.ofMillis(random.nextInt(20_000)));
            }
            List<String> openings = desk.sender.told().stream()
                    .filter(told -> told.startsWith("opened"))
                    .toList();
            assertThat(openings).as("seed %s", seed).isNotEmpty().doesNotHaveDuplicates();
            assertThat(desk.sender.delivered).extracting(Alert::alertId).doesNotHaveDuplicates();
        }
    }

    @Test
    void channelsHaveNamesOfTheirOwn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Alerts(
                        AlertSettings.DEFAULT,
                        List.of(channel(), channel()),
                        Silence.NONE,
                        () -> Attacks.DETECTED,
                        new Random(1)))
                .withMessage("two channels are called 'hook'");
    }
}
