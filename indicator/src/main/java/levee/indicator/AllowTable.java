package levee.indicator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import levee.model.AddressRanges;
import levee.model.Prefix;

/**
 * What is good whatever lists say: names and prefixes. {@code example.org} is that name only, {@code *.example.org} is that
 * name and all below it.
 */
public final class AllowTable {
    /** Allows nothing. */
    public static final AllowTable NOTHING = new AllowTable(new KeyTable.Builder().build(), AddressRanges.EMPTY, true);

    private final KeyTable names;
    private final AddressRanges prefixes;
    private final boolean isEmpty;

    private AllowTable(KeyTable names, AddressRanges prefixes, boolean isEmpty) {
        this.names = names;
        this.prefixes = prefixes;
        this.isEmpty = isEmpty;
    }

    /**
     * Makes a table of what people wrote, one entry a string.
     *
     * @param entries addresses, prefixes, names, and names with {@code *.} before them
     * @throws IllegalArgumentException for an entry that is none of these; it says which
     */
    public static AllowTable of(List<String> entries) {
        KeyTable.Builder names = new KeyTable.Builder();
        AddressRanges.Builder prefixes = new AddressRanges.Builder();
        List<String> wrong = new ArrayList<>();
        for (String entry : entries) {
            String text = entry.strip();
            boolean isBelow = text.startsWith("*.");
            byte[] name = text.substring(isBelow ? 2 : 0).getBytes(StandardCharsets.UTF_8);
            if (Names.isName(name, 0, name.length)) {
                long key = Hashes.text(name, 0, name.length, isBelow ? Names.AND_BELOW : Names.ITSELF);
                names.add(key, key, 0);
                continue;
            }
            try {
                prefixes.add(Prefix.parse(text), 0);
            } catch (IllegalArgumentException e) {
                wrong.add(text);
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("neither a name nor a prefix: " + String.join(", ", wrong));
        }
        return new AllowTable(names.build(), prefixes.build(), entries.isEmpty());
    }

    /** Whether nothing is allowed. */
    public boolean isEmpty() {
        return isEmpty;
    }

    public boolean allowsAddress(long high, long low) {
        return !isEmpty && prefixes.find(high, low) != AddressRanges.NONE;
    }

    public boolean allowsName(byte[] name, int start, int end) {
        return !isEmpty && Names.find(names, name, start, end) != KeyTable.NONE;
    }

    public boolean allowsName(String name) {
        byte[] bytes = name.getBytes(ISO_8859_1);
        return allowsName(bytes, 0, bytes.length);
    }
}
