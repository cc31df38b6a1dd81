package levee.origin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import levee.model.AddressRanges;
import levee.model.IpAddress;
import levee.model.Prefix;

/**
 * Makes a table of the usual free ones, told by the shape of each line: {@code start TAB end TAB number TAB country TAB name}
 * (iptoasn), {@code prefix TAB length TAB number} (pfx2as of CAIDA), and {@code network,number,"name"} (GeoLite2). Of several
 * files the ranges come together; where they overlap, the narrower one counts. Lines that are none of these are counted.
 */
public final class OriginImporter {
    /** Longer lines are none of these; the rest of one is passed over. */
    private static final int LONGEST_LINE = 4_096;

    private static final int LONGEST_NAME = 120;
    private static final int MOST_RANGES = 1 << 24;
    private static final int LINES_BETWEEN_REPORTS = 1 << 13;
    private static final long LARGEST_NUMBER = 0xffff_ffffL;

    private final AddressRanges.Builder ranges = new AddressRanges.Builder();
    private final Map<Long, Integer> indexes = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private int[] numbers = new int[1 << 10];

    private long lines;
    private long damaged;
    private String firstDamage = "";

    /** Lines so far, without empty ones and comments. */
    public long lines() {
        return lines;
    }

    /** Lines of which nothing could be made. */
    public long damaged() {
        return damaged;
    }

    /** The first of those, printable and short; empty where there is none. */
    public String firstDamage() {
        return firstDamage;
    }

    /** How many ranges it took. */
    public int ranges() {
        return ranges.size();
    }

    /**
     * Reads a table as text, decompressed.
     *
     * @param progress is told the number of lines now and then
     */
    public void read(InputStream in, LongConsumer progress) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
        StringBuilder line = new StringBuilder();
        for (int next = reader.read(); next >= 0; next = reader.read()) {
            if (next != '\n') {
                if (line.length() <= LONGEST_LINE) {
                    line.append((char) next);
                }
                continue;
            }
            take(line.toString());
            line.setLength(0);
            if (lines % LINES_BETWEEN_REPORTS == 0) {
                progress.accept(lines);
            }
        }
        take(line.toString());
    }

    private void take(String written) {
        String line = written.strip();
        if (line.isEmpty() || line.startsWith("#") || line.startsWith("network,")) {
            return;
        }
        lines++;
        boolean isGood;
        try {
            isGood = line.length() <= LONGEST_LINE
                    && ranges.size() < MOST_RANGES
                    && (line.indexOf('\t') >= 0 ? columns(line.split("\t", 5)) : commas(line));
        } catch (IllegalArgumentException e) {
            isGood = false;
        }
        if (!isGood) {
            damaged++;
            if (firstDamage.isEmpty()) {
                firstDamage = printable(line);
            }
        }
    }

    private boolean columns(String[] columns) {
        if (columns.length == 3) {
            // Announced by several, it is counted to the first of them.
            String first = columns[2].split("[_,]", 2)[0];
            return add(Prefix.parse(columns[0] + "/" + columns[1]), number(first), "");
        }
        if (columns.length < 4) {
            return false;
        }
        IpAddress start = IpAddress.parse(columns[0]);
        IpAddress end = IpAddress.parse(columns[1]);
        long number = number(columns[2]);
        if (start.isIpv4() != end.isIpv4() || start.compareTo(end) > 0) {
            return false;
        }
        if (number > 0) {
            ranges.add(start, end, index(number, columns.length > 4 ? columns[4] : ""));
        }
        return true;
    }

    private boolean commas(String line) {
        int first = line.indexOf(',');
        int second = line.indexOf(',', first + 1);
        if (first < 0) {
            return false;
        }
        String number = second < 0 ? line.substring(first + 1) : line.substring(first + 1, second);
        String name = second < 0 ? "" : line.substring(second + 1);
        return add(Prefix.parse(unquoted(line.substring(0, first))), number(unquoted(number)), unquoted(name));
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
                : text;
    }

    private boolean add(Prefix prefix, long number, String name) {
        if (number > 0) {
            ranges.add(prefix, index(number, name));
        }
        return true;
    }

    /** 0 is what nobody announces. */
    private static long number(String text) {
        String digits = text.startsWith("AS") ? text.substring(2) : text;
        if (digits.isEmpty() || digits.length() > 10 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("no number of a system");
        }
        long number = Long.parseLong(digits);
        if (number > LARGEST_NUMBER) {
            throw new IllegalArgumentException("no number of a system");
        }
        return number;
    }

    /** The first name that is not empty counts. */
    private int index(long number, String name) {
        Integer known = indexes.get(number);
        if (known != null) {
            if (names.get(known).isEmpty() && !name.isBlank()) {
                names.set(known, printable(name));
            }
            return known;
        }
        int index = names.size();
        if (index == numbers.length) {
            numbers = Arrays.copyOf(numbers, index * 2);
        }
        numbers[index] = (int) number;
        names.add(printable(name));
        indexes.put(number, index);
        return index;
    }

    private static String printable(String text) {
        String stripped = text.strip();
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < Math.min(stripped.length(), LONGEST_NAME); i++) {
            char character = stripped.charAt(i);
            boolean isOdd = Character.isISOControl(character)
                    || Character.isSurrogate(character)
                    || Character.getType(character) == Character.FORMAT;
            printable.append(isOdd ? '?' : character);
        }
        return printable.toString();
    }

    public OriginTable build() {
        return new OriginTable(ranges.build(), Arrays.copyOf(numbers, names.size()), names.toArray(String[]::new));
    }
}
