package levee.access;

import static levee.testing.TestClock.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final SessionLimits FEW = new SessionLimits(Duration.ofMinutes(30), Duration.ofHours(12), 10, 3);

    private final Sessions sessions = new Sessions(FEW, new SecureRandom());

    private static Account account(String name) {
        return new Account(name, Role.OPERATOR, Optional.of("shop"), NOW, NOW, false, 1);
    }

    @Test
    void aSessionIsFoundByItsSecretOnly() {
        Sessions.Started started = sessions.start(account("ada"), "192.0.2.1", NOW);

        assertThat(started.secret()).hasSize(43).matches("[A-Za-z0-9_-]+");
        assertThat(sessions.use(started.secret(), NOW)).contains(started.session());
        assertThat(sessions.use(started.secret() + "A", NOW)).isEmpty();
        assertThat(sessions.use("", NOW)).isEmpty();
        assertThat(sessions.use(started.session().number(), NOW)).isEmpty();
        assertThat(sessions.use(started.session().csrfToken(), NOW)).isEmpty();
    }

    @Test
    void nothingThatIsPrintedIsOfUseToOthers() {
        Sessions.Started started = sessions.start(account("ada"), "192.0.2.1", NOW);

        assertThat(started.toString() + started.session())
                .doesNotContain(started.secret(), started.session().csrfToken());
    }

    @Test
    void anIdleSessionEndsAndAUsedOneGoesOnUntilTheLongestTime() {
        String idle = sessions.start(account("ada"), "192.0.2.1", NOW).secret();
        assertThat(sessions.use(idle, NOW.plus(Duration.ofMinutes(30)).minusNanos(1)))
                .isPresent();
        assertThat(sessions.use(idle, NOW.plus(Duration.ofMinutes(60)))).isEmpty();
        assertThat(sessions.use(idle, NOW)).as("what is over stays over").isEmpty();

        String used = sessions.start(account("ada"), "192.0.2.1", NOW).secret();
        Instant now = NOW;
        while (now.isBefore(NOW.plus(Duration.ofHours(12)))) {
            assertThat(sessions.use(used, now)).isPresent();
            now = now.plus(Duration.ofMinutes(20));
        }
        assertThat(sessions.use(used, now)).isEmpty();
    }

    @Test
    void aClockThatGoesBackDoesNotLengthenASession() {
        String secret = sessions.start(account("ada"), "192.0.2.1", NOW).secret();
        sessions.use(secret, NOW.plusSeconds(600));
        sessions.use(secret, NOW.minusSeconds(600));

        assertThat(sessions.use(secret, NOW.plusSeconds(600 + 1_800))).isEmpty();
    }

    @Test
    void ofTooManyOfOneAccountTheOldestEnds() {
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            secrets.add(sessions.start(account("ada"), "192.0.2.1", NOW.plusSeconds(i))
                    .secret());
        }
        sessions.start(account("bob"), "192.0.2.1", NOW);

        assertThat(sessions.use(secrets.get(0), NOW)).isEmpty();
        assertThat(sessions.use(secrets.get(1), NOW)).isPresent();
        assertThat(sessions.of("ada", NOW)).hasSize(3);
        assertThat(sessions.of("bob", NOW)).hasSize(1);
    }

    @Test
    void ofTooManyOfAllTheOneUnusedForLongestEnds() {
        Map<String, String> secrets = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            secrets.put(
                    "a" + i, sessions.start(account("a" + i), "192.0.2.1", NOW).secret());
        }
        sessions.use(secrets.get("a0"), NOW);
        sessions.start(account("last"), "192.0.2.1", NOW);

        assertThat(sessions.count(NOW)).isEqualTo(10);
        assertThat(sessions.use(secrets.get("a0"), NOW)).isPresent();
        assertThat(sessions.use(secrets.get("a1"), NOW)).isEmpty();
    }

    @Test
    void oneEndsOnlySessionsOfItsOwnName() {
        Sessions.Started ada = sessions.start(account("ada"), "192.0.2.1", NOW);
        Sessions.Started bob = sessions.start(account("bob"), "192.0.2.1", NOW);

        assertThat(sessions.end("bob", ada.session().number())).isFalse();
        assertThat(sessions.use(ada.secret(), NOW)).isPresent();
        assertThat(sessions.end("ada", ada.session().number())).isTrue();
        assertThat(sessions.use(ada.secret(), NOW)).isEmpty();
        assertThat(sessions.endAllOf("bob")).isTrue();
        assertThat(sessions.use(bob.secret(), NOW)).isEmpty();
    }

    @Test
    void shorterLimitsHoldForSessionsThatAreThere() {
        String secret = sessions.start(account("ada"), "192.0.2.1", NOW).secret();
        sessions.apply(FEW.lasting(Duration.ofMinutes(1), Duration.ofMinutes(2)));

        assertThat(sessions.use(secret, NOW.plusSeconds(61))).isEmpty();
    }

    /** Whatever happens in whichever order: there are never too many, and none lives too long. */
    @Test
    void boundsHoldInEveryOrder() {
        Random random = new Random(20260301);
        Map<String, Session> all = new HashMap<>();
        Instant now = NOW;
        for (int i = 0; i < 5_000; i++) {
            now = now.plusSeconds(random.nextInt(300));
            String name = "a" + random.nextInt(6);
            if (random.nextInt(3) == 0) {
                Sessions.Started started = sessions.start(account(name), "192.0.2.1", now);
                assertThat(all.put(started.secret(), started.session())).isNull();
            } else if (!all.isEmpty()) {
                String secret = List.copyOf(all.keySet()).get(random.nextInt(all.size()));
                Optional<Session> used = sessions.use(secret, now);
                Instant moment = now;
                used.ifPresent(session -> {
                    assertThat(session.startedAt().plus(FEW.longest())).isAfter(moment);
                    assertThat(session.name()).isEqualTo(all.get(secret).name());
                });
                if (used.isEmpty()) {
                    all.remove(secret);
                }
            }
            assertThat(sessions.count(now)).isLessThanOrEqualTo(10);
            assertThat(sessions.of(name, now)).hasSizeLessThanOrEqualTo(3);
        }
    }
}
