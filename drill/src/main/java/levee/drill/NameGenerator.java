package levee.drill;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import levee.telemetry.Hashing;

/** How bots compute names of the date, each in a way of its own that no real family uses. */
public enum NameGenerator {
    /** Letters, each as likely as the other. */
    LETTERS("com", "net", "org", "info", "biz"),
    /** Consonants and vowels in turn, so that people could say them. */
    SYLLABLES("com", "net", "ru", "su", "in"),
    /** Hexadecimal digits, as of a hash. */
    HEXADECIMAL("top", "xyz", "com", "club", "pw"),
    /** Two words of a list. */
    WORDS("net", "com", "info", "org");

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz";
    private static final String CONSONANTS = "bcdfghjklmnprstvz";
    private static final String VOWELS = "aeiou";
    private static final String DIGITS = "0123456789abcdef";
    private static final List<String> WORD_LIST = List.of(
            "above",
            "anger",
            "board",
            "bread",
            "child",
            "cloud",
            "dance",
            "desire",
            "either",
            "evening",
            "fellow",
            "figure",
            "gentle",
            "glass",
            "heaven",
            "husband",
            "inside",
            "journey",
            "kitchen",
            "ladder",
            "middle",
            "mother",
            "nature",
            "north",
            "orange",
            "paper",
            "pleasant",
            "quarter",
            "remember",
            "season",
            "silver",
            "thought",
            "through",
            "travel",
            "unite",
            "village",
            "walk",
            "weather",
            "winter",
            "yellow");

    private final List<String> domains;

    NameGenerator(String... domains) {
        this.domains = List.of(domains);
    }

    /** The name in scenario files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<NameGenerator> byLabel(String label) {
        return Arrays.stream(values()).filter(g -> g.label().equals(label)).findFirst();
    }

    /**
     * A name of a day.
     *
     * @param key of the botnet, so that two have different names
     * @param day since 1970
     * @param number which of the day's names
     */
    String name(long key, long day, int number) {
        SplittableRandom random = new SplittableRandom(Hashing.hash(key, day, number));
        String domain = domains.get(random.nextInt(domains.size()));
        return label(random) + "." + domain;
    }

    private String label(SplittableRandom random) {
        StringBuilder label = new StringBuilder();
        switch (this) {
            case LETTERS -> append(label, random, random.nextInt(10, 20), ALPHABET, ALPHABET);
            case SYLLABLES -> append(label, random, random.nextInt(8, 16), CONSONANTS, VOWELS);
            case HEXADECIMAL -> append(label, random, random.nextInt(12, 25), DIGITS, DIGITS);
            case WORDS ->
                label.append(WORD_LIST.get(random.nextInt(WORD_LIST.size())))
                        .append(WORD_LIST.get(random.nextInt(WORD_LIST.size())));
        }
        return label.toString();
    }

    private static void append(StringBuilder label, SplittableRandom random, int length, String even, String odd) {
        for (int i = 0; i < length; i++) {
            String from = i % 2 == 0 ? even : odd;
            label.append(from.charAt(random.nextInt(from.length())));
        }
    }
}
