package levee.logs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Numbers by name, looked up by bytes in place. */
final class NameTable {
    /** Far more than there are names, so that few share a slot. */
    private static final int SLOTS = 256;

    private static final byte[] FREE = new byte[0];

    private final byte[][] names = new byte[SLOTS][];
    private final int[] numbers = new int[SLOTS];

    NameTable(Entry... entries) {
        Arrays.fill(names, FREE);
        for (Entry entry : entries) {
            byte[] name = entry.name.getBytes(US_ASCII);
            int slot = slot(name, 0, name.length);
            while (names[slot].length > 0) {
                slot = (slot + 1) % SLOTS;
            }
            names[slot] = name;
            numbers[slot] = entry.number;
        }
    }

    /** The number of the name that the bytes are, or {@code otherwise}. */
    int find(byte[] bytes, int start, int end, int otherwise) {
        int length = end - start;
        if (length <= 0) {
            return otherwise;
        }
        for (int slot = slot(bytes, start, end); names[slot].length > 0; slot = (slot + 1) % SLOTS) {
            byte[] name = names[slot];
            if (name.length == length && Arrays.equals(name, 0, length, bytes, start, end)) {
                return numbers[slot];
            }
        }
        return otherwise;
    }

    /** The first and last characters and the length tell most names of one table apart. */
    private static int slot(byte[] bytes, int start, int end) {
        int mixed = (bytes[start] * 31 + bytes[end - 1]) * 31 + (end - start);
        return (mixed ^ mixed >>> 8) & (SLOTS - 1);
    }

    static Entry entry(String name, int number) {
        return new Entry(name, number);
    }

    record Entry(String name, int number) {}
}
