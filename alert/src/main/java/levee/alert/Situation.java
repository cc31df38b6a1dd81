package levee.alert;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import levee.model.Abuse;
import levee.model.Attack;
import levee.model.FindingEvent;
import levee.model.Group;
import levee.model.InfectedHost;

/** What alerts say of a finding, of bounded size. */
sealed interface Situation permits AttackSituation, HostSituation {
    int LONGEST_ID = 200;

    /** One line of at most {@link #LONGEST_ID} characters. */
    String id();

    /** The attacked or infected address, or a prefix. */
    String target();

    boolean isEnded();

    /** Whether a wider finding goes on instead of this one. */
    boolean isAbsorbed();

    AlertMode mode();

    Instant detectedAt();

    Instant start();

    Instant end();

    /** Whose host or network it is. */
    Optional<Group> group();

    Severity severity();

    /** Whether people who know {@code before} need to know this. */
    boolean isMuchElseThan(Situation before);

    /** What is new, in words; empty where nothing is. */
    String changesSince(Situation before);

    /** What makes a change the same as another one. */
    List<String> marks();

    /** Nothing of what nobody is alerted of. */
    static Optional<Situation> of(FindingEvent event, Instant detectedAt, AlertMode mode) {
        return switch (event.finding()) {
            case Attack attack -> Optional.of(AttackSituation.of(attack, event.change(), detectedAt, mode));
            case InfectedHost infected -> Optional.of(HostSituation.of(infected, event.change(), detectedAt, mode));
            case Abuse other -> Optional.empty();
        };
    }

    /** How urgent an alert is, the most urgent first. */
    enum Severity {
        CRITICAL(2),
        WARNING(4),
        INFO(6);

        private final int syslogCode;

        Severity(int syslogCode) {
            this.syslogCode = syslogCode;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** RFC 5424 table 2. */
        int syslogCode() {
            return syslogCode;
        }
    }
}
