package levee.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import levee.model.Amounts;

/** What is sent over a channel at once. */
sealed interface Alert {

    /** The same for the same alert, also after a restart, so that receivers can tell repetitions. */
    String alertId();

    Situation.Severity severity();

    /**
     * About one finding.
     *
     * @param before what was told of it last
     * @param findingJson the finding as a JSON object; empty where it was too long to keep
     * @param page where people read more
     */
    record Single(
            String alertId,
            AlertEvent event,
            Situation situation,
            Optional<Situation> before,
            Optional<String> findingJson,
            Optional<String> page)
            implements Alert {

        /**
         * @param previousId of the alert before this one, so that an attack may change in the same way twice; empty
         *     where there was none
         */
        static Single of(
                AlertEvent event,
                Situation situation,
                String previousId,
                Optional<Situation> before,
                Optional<String> findingJson,
                Optional<String> page) {
            return new Single(identify(event, situation, previousId), event, situation, before, findingJson, page);
        }

        /** An opening is one and the same however the attack grew meanwhile. */
        private static String identify(AlertEvent event, Situation situation, String previousId) {
            return switch (event) {
                case OPENED -> digest(situation.id(), event.code());
                case ENDED ->
                    digest(situation.id(), event.code(), situation.end().toString());
                case CHANGED ->
                    digest(Stream.of(List.of(situation.id(), event.code()), situation.marks(), List.of(previousId))
                            .flatMap(List::stream)
                            .toArray(String[]::new));
            };
        }

        /** The id of the alert with which all began, whether it was sent or not. */
        String openingId() {
            return identify(AlertEvent.OPENED, situation, "");
        }

        @Override
        public Situation.Severity severity() {
            return situation.severity();
        }
    }

    /**
     * About many findings.
     *
     * @param largest the most important, those going on first
     */
    record Digest(String alertId, Instant at, int opened, int changed, int ended, List<Single> largest)
            implements Alert {
        private static final int MOST_LISTED = 20;

        static Digest of(List<Single> singles, Instant at) {
            int[] counts = new int[AlertEvent.values().length];
            singles.forEach(single -> counts[single.event().ordinal()]++);
            return new Digest(
                    digest(singles.stream().map(Single::alertId).sorted().toArray(String[]::new)),
                    at,
                    counts[AlertEvent.OPENED.ordinal()],
                    counts[AlertEvent.CHANGED.ordinal()],
                    counts[AlertEvent.ENDED.ordinal()],
                    singles.stream()
                            .sorted(Comparator.comparing((Single single) ->
                                            single.situation().isEnded())
                                    .thenComparing(Digest::bitsPerSecond, Comparator.reverseOrder()))
                            .limit(MOST_LISTED)
                            .toList());
        }

        /** Of a host that is infected, how much it sends does not matter. */
        private static double bitsPerSecond(Single single) {
            return switch (single.situation()) {
                case AttackSituation attack -> attack.bitsPerSecond();
                case HostSituation host -> 0;
            };
        }

        int size() {
            return opened + changed + ended;
        }

        @Override
        public Situation.Severity severity() {
            return largest.stream()
                    .map(Single::severity)
                    .min(Comparator.naturalOrder())
                    .orElse(Situation.Severity.INFO);
        }

        /** Such as {@code 9,990 attacks at once: 9,990 opened, the largest on 10.0.0.1}. */
        String summary() {
            StringBuilder summary = new StringBuilder(Amounts.count(size(), noun()) + " at once:");
            append(summary, opened, "opened");
            append(summary, changed, "changed");
            append(summary, ended, "ended");
            return summary.substring(0, summary.length() - 1);
        }

        /** Those that are listed tell for all. */
        private String noun() {
            long attacks = largest.stream()
                    .filter(single -> single.situation() instanceof AttackSituation)
                    .count();
            if (attacks == largest.size()) {
                return "attack";
            }
            return attacks == 0 ? "infected host" : "finding";
        }

        private static void append(StringBuilder summary, int count, String what) {
            if (count > 0) {
                summary.append(' ')
                        .append(Amounts.count(count))
                        .append(' ')
                        .append(what)
                        .append(',');
            }
        }
    }

    /** To see that a channel works. */
    record Trial(String alertId, Instant at) implements Alert {
        static Trial of(String channel, Instant at) {
            return new Trial(digest("test", channel, at.toString()), at);
        }

        @Override
        public Situation.Severity severity() {
            return Situation.Severity.INFO;
        }
    }

    private static String digest(String... parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                sha256.update(part.getBytes(StandardCharsets.UTF_8));
                sha256.update((byte) '\n');
            }
            return "alert-" + HexFormat.of().formatHex(sha256.digest(), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
