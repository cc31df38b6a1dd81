package levee.access;

import static levee.access.TestClock.NOON;
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
        return new Account(name, Role.OPERATOR, Optional.of("shop"), NOON, NOON, false, 1);
    }

    @Test
    void aSessionIsFoundByItsSecretOnly() {
        Sessions.Started started = sessions.start(account("ada"), "192.0.2.1", NOON);

        assertThat(started.secret()).hasSize(43).matches("[A-Za-z0-9_-]+");
        assertThat(sessions.use(started.secret(), NOON)).contains(started.session());
        assertThat(sessions.use(started.secret() + "A", NOON)).isEmpty();
        assertThat(sessions.use("", NOON)).isEmpty();
        assertThat(sessions.use(started.session().number(), NOON)).isEmpty();
        assertThat(sessions.use(started.session().csrfToken(), NOON)).isEmpty();
    }

    @Test
    void nothingThatIsPrintedIsOfUseToOthers() {
        Sessions.Started started = sessions.start(account("ada"), "192.0.2.1", NOON);

        assertThat(started.toString() + started.session())
                .doesNotContain(started.secret(), started.session().csrfToken());
    }

    @Test
    void anIdleSessionEndsAndAUsedOneGoesOnUntilTheLongestTime() {
        String idle = sessions.start(account("ada"), "192.0.2.1", NOON).secret();
        assertThat(sessions.use(idle, NOON.plus(Duration.ofMinutes(30)).minusNanos(1)))
                .isPresent();
        assertThat(sessions.use(idle, NOON.plus(Duration.ofMinutes(60)))).isEmpty();
        assertThat(sessions.use(idle, NOON)).as("what is over stays over").isEmpty();

        String used = sessions.start(account("ada"), "192.0.2.1", NOON).secret();
        Instant now = NOON;
        while (now.isBefore(NOON.plus(Duration.ofHours(12)))) {
            assertThat(sessions.use(used, now)).isPresent();
            now = now.plus(Duration.ofMinutes(20));
        }
        assertThat(sessions.use(used, now)).isEmpty();
    }

    @Test
    void aClockThatGoesBackDoesNotLengthenASession() {
        String secret = sessions.start(account("ada"), "192.0.2.1", NOON).secret();
        sessions.use(secret, NOON.plusSeconds(600));
        sessions.use(secret, NOON.minusSeconds(600));

        assertThat(sessions.use(secret, NOON.plusSeconds(600 + 1_800))).isEmpty();
    }

    @Test
    void ofTooManyOfOneAccountTheOldestEnds() {
        List<String> secrets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            secrets.add(sessions.start(account("ada"), "192.0.2.1", NOON.plusSeconds(i))
                    .secret());
        }
        sessions.start(account("bob"), "192.0.2.1", NOON);

        assertThat(sessions.use(secrets.get(0), NOON)).isEmpty();
        assertThat(sessions.use(secrets.get(1), NOON)).isPresent();
        assertThat(sessions.of("ada", NOON)).hasSize(3);
        assertThat(sessions.of("bob", NOON)).hasSize(1);
    }

    @Test
    void ofTooManyOfAllTheOneUnusedForLongestEnds() {
        Map<String, String> secrets = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            secrets.put(
                    "a" + i, sessions.start(account("a" + i), "192.0.2.1", NOON).secret());
        }
        sessions.use(secrets.get("a0"), NOON);
        sessions.start(account("last"), "192.0.2.1", NOON);

        assertThat(sessions.count(NOON)).isEqualTo(10);
        assertThat(sessions.use(secrets.get("a0"), NOON)).isPresent();
        assertThat(sessions.use(secrets.get("a1"), NOON)).isEmpty();
    }

    @Test
    void oneEndsOnlySessionsOfItsOwnName() {
        Sessions.Started ada = sessions.start(account("ada"), "192.0.2.1", NOON);
        Sessions.Started bob = sessions.start(account("bob"), "192.0.2.1", NOON);

        assertThat(sessions.end("bob", ada.session().number())).isFalse();
        assertThat(sessions.use(ada.secret(), NOON)).isPresent();
        assertThat(sessions.end("ada", ada.session().number())).isTrue();
        assertThat(sessions.use(ada.secret(), NOON)).isEmpty();
        assertThat(sessions.endAllOf("bob")).isTrue();
        assertThat(sessions.use(bob.secret(), NOON)).isEmpty();
    }

    @Test
    void shorterLimitsHoldForSessionsThatAreThere() {
        String secret = sessions.start(account("ada"), "192.0.2.1", NOON).secret();
        sessions.apply(FEW.lasting(Duration.ofMinutes(1), Duration.ofMinutes(2)));

        assertThat(sessions.use(secret, NOON.plusSeconds(61))).isEmpty();
    }

    /** Whatever happens in whichever order: there are never too many, and none lives too long. */
    @Test
    void boundsHoldInEveryOrder() {
        Random random = new Random(20260301);
        Map<String, Session> all = new HashMap<>();
        Instant now = NOON;
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
