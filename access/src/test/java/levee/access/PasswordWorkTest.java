package levee.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PasswordWorkTest {
    static PasswordWork quick() {
        return new PasswordWork(new SecureRandom(), new PasswordHash.Parameters(64, 1, 1), Duration.ofMillis(20));
    }

    @Test
    void onlyTwoAreComputedAtTheSameTime() throws Exception {
        PasswordWork work = quick();
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch leave = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?>[] busy = new Future<?>[2];
            for (int i = 0; i < 2; i++) {
                busy[i] = threads.submit(() -> work.limited(() -> {
                    inside.countDown();
                    return awaited(leave);
                }));
            }
            inside.await();

            assertThatExceptionOfType(BusyException.class).isThrownBy(() -> work.hash("a long password"));
            assertThatExceptionOfType(BusyException.class)
                    .isThrownBy(() -> work.compare(Optional.empty(), "a long password"));

            leave.countDown();
            for (Future<?> each : busy) {
                each.get();
            }
        }
        assertThat(work.hash("a long password")).startsWith("$argon2id$");
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPlaceIsFreeAgainAfterAFailure() throws Exception {
        PasswordWork work = quick();
        for (int i = 0; i < 5; i++) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> work.compare(Optional.of("no hash"), "a long password"));
        }
        assertThat(work.hash("a long password")).startsWith("$argon2id$");
    }

    @Test
    void nobodysPasswordIsNeverRight() throws Exception {
        assertThat(quick().compare(Optional.empty(), "").matches()).isFalse();
    }

    /** ASVS 2.2.1 and 2.1: who does not know the names learns none from how long it takes. */
    @Test
    @Tag("slow")
    void nobodyCostsAsMuchWorkAsSomebody() throws Exception {
        PasswordWork work = new PasswordWork(new SecureRandom());
        Optional<String> somebody = Optional.of(work.hash("a long password"));
        // The first ones are slow, for they are not compiled.
        for (int i = 0; i < 4; i++) {
            work.compare(somebody, "another password");
            work.compare(Optional.empty(), "another password");
        }
        long ofSomebody = 0;
        long ofNobody = 0;
        for (int i = 0; i < 8; i++) {
            long start = System.nanoTime();
            work.compare(somebody, "another password");
            long middle = System.nanoTime();
            work.compare(Optional.empty(), "another password");
            ofSomebody += middle - start;
            ofNobody += System.nanoTime() - middle;
        }
        // Far apart, or it is noise of the machine.
        assertThat((double) ofNobody / ofSomebody).isBetween(0.33, 3.0);
    }
}
