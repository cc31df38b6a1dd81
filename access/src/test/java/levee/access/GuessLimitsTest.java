package levee.access;

import static levee.testing.TestClock.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GuessLimitsTest {
    private final GuessLimits limits = new GuessLimits(NOW);

    private boolean fails(String name, boolean isAccount, String address, Instant now) {
        return limits.ask(name, isAccount, address, now).attempt().isPresent();
    }

    private void succeeds(String name, String address, Instant now) {
        GuessLimits.Answer answer = limits.ask(name, true, address, now);
        assertThat(answer.attempt()).isPresent();
        limits.succeeded(answer.attempt().orElseThrow(), now);
    }

    /** ASVS 2.2.1: not more than 100 within an hour at one account. */
    @Test
    void manyAddressesTogetherHaveFewGuessesAtOneAccount() {
        int guesses = 0;
        for (int second = 0; second < 3_600; second++) {
            for (int i = 0; i < 5; i++) {
                String address = "10." + i + "." + second / 256 + "." + second % 256;
                guesses += fails("ada", true, address, NOW.plusSeconds(second)) ? 1 : 0;
            }
        }
        assertThat(guesses).isBetween(20, 60);
    }

    @Test
    void oneAddressHasFewGuessesAtAllAccountsTogether() {
        int guesses = 0;
        for (int i = 0; i < 3_600; i++) {
            guesses += fails("name" + i % 500, i % 2 == 0, "192.0.2.9", NOW.plusSeconds(i)) ? 1 : 0;
        }
        assertThat(guesses).isBetween(100, 150);
    }

    @Test
    void addressesOfOneIpv6NetworkAreOne() {
        int guesses = 0;
        for (int i = 0; i < 100; i++) {
            guesses += fails("name" + i, false, "2001:db8::" + Integer.toHexString(i), NOW) ? 1 : 0;
        }
        assertThat(guesses).isEqualTo(20);
        assertThat(fails("name", false, "2001:db8:0:1::1", NOW)).isTrue();
        assertThat(GuessLimits.network("[2001:db8::1%eth0]")).isEqualTo("2001:db8::/64");
        assertThat(GuessLimits.network("::ffff:192.0.2.1")).isEqualTo(GuessLimits.network("::ffff:192.0.2.1"));
    }

    @Test
    void theOwnerGetsInFromAKnownAddressWhileOthersGuess() {
        succeeds("ada", "192.0.2.1", NOW);
        Instant now = NOW;
        for (int i = 0; i < 1_000; i++) {
            now = now.plusMillis(100);
            fails("ada", true, "198.51." + i / 256 + "." + i % 256, now);
        }
        assertThat(fails("ada", true, "203.0.113.1", now)).isFalse();

        succeeds("ada", "192.0.2.1", now);
    }

    @Test
    void howLongToWaitIsSaidAndTrue() {
        while (fails("ada", true, "192.0.2.9", NOW)) {
            // Until there are no more.
        }
        Duration wait = limits.ask("ada", true, "192.0.2.9", NOW).delay();

        assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(3));
        assertThat(fails("ada", true, "192.0.2.9", NOW.plus(wait).minusSeconds(1)))
                .isFalse();
        assertThat(fails("ada", true, "192.0.2.9", NOW.plus(wait))).isTrue();
    }

    @Test
    void whatSucceedsCostsNothing() {
        for (int i = 0; i < 500; i++) {
            succeeds("ada", "192.0.2.1", NOW);
            succeeds("name" + i, "192.0.2.2", NOW);
        }
    }

    /** Or somebody could learn which names there are. */
    @Test
    void namesThatNobodyHasAreTreatedTheSame() {
        Random random = new Random(7);
        GuessLimits known = new GuessLimits(NOW);
        GuessLimits unknown = new GuessLimits(NOW);
        Instant now = NOW;
        for (int i = 0; i < 2_000; i++) {
            now = now.plusMillis(random.nextInt(10_000));
            String address = "192.0.2." + random.nextInt(4);
            String name = "name" + random.nextInt(3);
            assertThat(known.ask(name, true, address, now).delay())
                    .isEqualTo(unknown.ask(name, false, address, now).delay());
        }
    }

    @Test
    void madeUpNamesPushOutNoAccount() {
        while (fails("ada", true, "192.0.2.9", NOW)) {
            // Until there are no more.
        }
        for (int i = 0; i < 20_000; i++) {
            fails("made up " + i, false, "10.9." + i / 256 + "." + i % 256, NOW);
        }
        assertThat(fails("ada", true, "203.0.113.77", NOW)).isFalse();
    }
}
