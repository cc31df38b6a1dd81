package levee.drill;

import java.util.List;
import java.util.SplittableRandom;
import levee.telemetry.Hashing;

/** Names of ordinary servers outside, by their number: most are words, a few are computed, as those of content networks. */
final class Names {
    /** In their order, so that neighbours are neighbours but at the ends of a row. */
    private static final String KEYS = "qwertyuiopasdfghjklzxcvbnm";

    private static final List<String> WORDS = List.of(
            "acorn",
            "alpine",
            "amber",
            "anchor",
            "apple",
            "arrow",
            "atlas",
            "autumn",
            "baker",
            "bank",
            "barn",
            "basket",
            "beacon",
            "berry",
            "bicycle",
            "blue",
            "book",
            "bridge",
            "bright",
            "butter",
            "cabin",
            "camera",
            "candle",
            "canvas",
            "cargo",
            "castle",
            "cedar",
            "cherry",
            "city",
            "clear",
            "clinic",
            "coast",
            "coffee",
            "copper",
            "corner",
            "cotton",
            "craft",
            "crown",
            "daily",
            "delta",
            "design",
            "digital",
            "dragon",
            "eagle",
            "early",
            "east",
            "energy",
            "expert",
            "factory",
            "family",
            "farm",
            "field",
            "finance",
            "fire",
            "first",
            "flower",
            "forest",
            "fresh",
            "future",
            "garden",
            "gate",
            "global",
            "gold",
            "grand",
            "green",
            "harbour",
            "hill",
            "home",
            "honey",
            "horizon",
            "house",
            "island",
            "jewel",
            "kettle",
            "lake",
            "lantern",
            "leaf",
            "learning",
            "lemon",
            "library",
            "light",
            "lion",
            "local",
            "magnet",
            "maple",
            "marble",
            "market",
            "meadow",
            "media",
            "metro",
            "mirror",
            "moon",
            "mountain",
            "music",
            "news",
            "night",
            "ocean",
            "office",
            "olive",
            "open",
            "orbit",
            "owl",
            "palace",
            "parcel",
            "park",
            "pearl",
            "photo",
            "pilot",
            "pine",
            "planet",
            "player",
            "pocket",
            "prime",
            "quick",
            "radio",
            "rain",
            "raven",
            "river",
            "robin",
            "rocket",
            "rose",
            "royal",
            "sail",
            "school",
            "science",
            "sea",
            "shop",
            "sky",
            "smart",
            "snow",
            "south",
            "spring",
            "star",
            "stone",
            "store",
            "stream",
            "studio",
            "summit",
            "sun",
            "swift",
            "table",
            "thunder",
            "tiger",
            "tower",
            "town",
            "trade",
            "train",
            "tree",
            "union",
            "urban",
            "valley",
            "vector",
            "velvet",
            "vine",
            "water",
            "wave",
            "west",
            "wheel",
            "wind",
            "wolf",
            "wood",
            "world",
            "zebra");
    private static final List<String> DOMAINS = List.of(
            "com", "com", "com", "com", "com", "com", "net", "net", "org", "org", "io", "de", "de", "co.uk", "fr", "nl",
            "it", "eu", "app", "dev", "com.br", "se");
    private static final List<String> SERVICES =
            List.of("www", "www", "www", "www", "api", "cdn", "img", "static", "login", "mail", "app", "media");
    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int COMPUTED_PERCENT = 4;

    private final long seed;

    Names(long seed) {
        this.seed = seed;
    }

    private SplittableRandom random(int number, int purpose) {
        return new SplittableRandom(Hashing.hash(seed, number, purpose));
    }

    /** The registered name of whom a server belongs to. */
    String domain(int number) {
        SplittableRandom random = random(number, 0);
        String first = word(random);
        String name = switch (random.nextInt(5)) {
            case 0 -> first;
            case 1 -> first + "-" + word(random);
            case 2 -> first + random.nextInt(1, 100);
            default -> first + word(random);
        };
        return name + "." + DOMAINS.get(random.nextInt(DOMAINS.size()));
    }

    String server(int number) {
        SplittableRandom random = random(number, 1);
        if (random.nextInt(100) < COMPUTED_PERCENT) {
            return computed(random);
        }
        return SERVICES.get(random.nextInt(SERVICES.size())) + "." + domain(number);
    }

    /** As content networks name what they keep for others. */
    static String computed(SplittableRandom random) {
        return characters(random, random.nextInt(10, 17))
                + (random.nextBoolean() ? ".cloudmeadow.net" : ".edgeharbour.com");
    }

    /** Letters and digits at random. */
    static String characters(SplittableRandom random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
        }
        return text.toString();
    }

    static String word(SplittableRandom random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    /**
     * A name as people mistype it (Wang et al., "Strider Typo-Patrol", 2006): one letter is left out, doubled or exchanged with
     * the next, or the key beside it is hit.
     */
    String misspelt(int number, SplittableRandom random) {
        String domain = domain(number);
        int at = random.nextInt(domain.indexOf('.') - 1);
        String before = "www." + domain.substring(0, at);
        char letter = domain.charAt(at);
        String after = domain.substring(at + 1);
        boolean differs = after.charAt(0) != letter;
        return before
                + switch (random.nextInt(differs ? 4 : 3)) {
                    case 0 -> after;
                    case 1 -> "" + letter + letter + after;
                    case 2 -> KEYS.charAt((KEYS.indexOf(letter) + 1) % KEYS.length()) + after;
                    default -> "" + after.charAt(0) + letter + after.substring(1);
                };
    }
}
