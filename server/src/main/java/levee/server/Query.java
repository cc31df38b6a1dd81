package levee.server;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import levee.model.Suggestion;

/** The parameters of a request. Whatever cannot be used is a {@link Problem}. */
public final class Query {
    /** As the name of a parameter: an operation looks for itself, for others decide what it is given. */
    public static final String ANY = "*";

    private static final int LONGEST_VALUE = 512;

    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * @param given names and their values
     * @param known names that the operation has
     */
    Query(Map<String, List<String>> given, List<String> known) {
        if (known.contains(ANY)) {
            return;
        }
        given.forEach((name, all) -> {
            if (!known.contains(name)) {
                throw unknown(name, known);
            }
            if (all.size() != 1) {
                throw Problem.parameter(
                                "'" + name + "' is given " + all.size() + " times.", "Give each parameter once.")
                        .exception();
            }
            if (all.getFirst().length() > LONGEST_VALUE) {
                throw Problem.parameter(
                                "'" + name + "' is longer than " + LONGEST_VALUE + " characters.", "Shorten it.")
                        .exception();
            }
            if (all.getFirst().chars().anyMatch(Character::isISOControl)) {
                throw Problem.parameter("'" + name + "' holds a control character.", "Leave it out.")
                        .exception();
            }
            values.put(name, all.getFirst());
        });
    }

    private static ProblemException unknown(String name, List<String> known) {
        String suggestion = Suggestion.among(name, known);
        String remedy = known.isEmpty()
                ? "Leave it out: there are no parameters here."
                : "Known are: " + String.join(", ", known) + "." + suggestion;
        return new Problem(
                        400,
                        "unknown-parameter",
                        "A parameter is not known",
                        "There is no parameter '" + Texts.printable(name, 64) + "' here.",
                        remedy)
                .exception();
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** One of some words. */
    public Optional<String> oneOf(String name, List<String> words) {
        Optional<String> word = text(name);
        word.filter(w -> !words.contains(w)).ifPresent(w -> {
            throw Problem.parameter(
                            "'" + Texts.printable(w, 64) + "' is no value of '" + name + "'.",
                            "It is one of: " + String.join(", ", words) + "." + Suggestion.among(w, words))
                    .exception();
        });
        return word;
    }

    public int number(String name, int smallest, int largest, int usual) {
        return text(name).map(digits -> number(name, digits, smallest, largest)).orElse(usual);
    }

    private static int number(String name, String digits, int smallest, int largest) {
        if (digits.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(digits);
            if (number >= smallest && number <= largest) {
                return number;
            }
        }
        throw Problem.parameter(
                        "'" + Texts.printable(digits, 64) + "' is no value of '" + name + "'.",
                        "It is a whole number from " + smallest + " to " + largest + ".")
                .exception();
    }

    public Optional<Instant> time(String name) {
        return text(name).map(text -> time(name, text));
    }

    public static Instant time(String name, String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            // What is kept has times in nanoseconds of 64 bits, which end in 2262.
            if (!time.isBefore(Instant.EPOCH) && time.isBefore(Instant.parse("2262-01-01T00:00:00Z"))) {
                return time;
            }
        } catch (DateTimeException e) {
            throw noTime(name, text);
        }
        throw noTime(name, text);
    }

    private static ProblemException noTime(String name, String text) {
        String hint = text.indexOf(' ') >= 0 ? " A plus sign is written %2B in an address." : "";
        return Problem.parameter(
                        "'" + Texts.printable(text, 64) + "' is no value of '" + name + "'.",
                        "It is a time as in RFC 3339, such as 2026-01-31T12:00:00Z, from 1970 to 2261." + hint)
                .exception();
    }
}
