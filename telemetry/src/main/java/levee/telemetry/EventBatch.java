package levee.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import levee.model.IpAddress;

/**
 * What applications said, as a structure of arrays with one arena of bytes for their texts. Travels with the rows of a
 * {@link FlowBatch}; {@link EventKind} says what the columns hold. Like the rows, it is allocated once and nothing here
 * allocates but {@link #text}.
 *
 * <p>An event is written by {@link #begin}, the columns, {@link #write} for its texts in any order, and counts at once.
 * Texts are bytes as they came, cut at {@link #LONGEST_TEXT}; names are in lower case.
 */
public final class EventBatch {
    /** The longest text kept, in bytes: a name of the DNS (RFC 1035 section 2.3.4). */
    public static final int LONGEST_TEXT = 255;

    /** Addresses kept of an answer. */
    public static final int MOST_ADDRESSES = 8;

    /** What an event takes of the arena at the most. */
    public static final int LARGEST_EVENT = 3 * LONGEST_TEXT + 16 * MOST_ADDRESSES;

    /** Bit of {@link #flags}: the initiator's part was seen, such as the question. */
    public static final int REQUEST = 1;

    /** Bit of {@link #flags}: the responder's part was seen; {@link #code} means something. */
    public static final int RESPONSE = 1 << 1;

    /**
     * Bit of {@link #flags}: the answer holds a program for a machine, by its first bytes or by the type that it is said to
     * be of. Only with {@link #RESPONSE} and in {@link EventKind#HTTP}.
     */
    public static final int PROGRAM = 1 << 2;

    private static final EventKind[] KINDS = EventKind.values();
    private static final int TEXTS = 3;

    /** Texts by number. */
    public enum Text {
        NAME,
        DETAIL,
        MORE
    }

    public final int capacity;

    /** Events in use. */
    public int size;

    /** When it was said, in nanoseconds since 1970-01-01T00:00Z. */
    public final long[] nanos;

    private final byte[] kind;

    /** Both ends of the connection: who asked, and who was asked. */
    public final long[] initiatorHigh;

    public final long[] initiatorLow;
    public final long[] responderHigh;
    public final long[] responderLow;
    public final char[] initiatorPort;
    public final char[] responderPort;
    public final byte[] protocol;
    public final byte[] flags;
    public final int[] code;
    public final int[] type;

    private final ByteBuffer arena;
    private final int[] textStart;
    private final short[] textLength;
    private final int[] addressStart;
    private final byte[] addressCount;

    public EventBatch(int capacity) {
        this.capacity = capacity;
        nanos = new long[capacity];
        kind = new byte[capacity];
        initiatorHigh = new long[capacity];
        initiatorLow = new long[capacity];
        responderHigh = new long[capacity];
        responderLow = new long[capacity];
        initiatorPort = new char[capacity];
        responderPort = new char[capacity];
        protocol = new byte[capacity];
        flags = new byte[capacity];
        code = new int[capacity];
        type = new int[capacity];
        textStart = new int[capacity * TEXTS];
        textLength = new short[capacity * TEXTS];
        addressStart = new int[capacity];
        addressCount = new byte[capacity];
        // Most events are much smaller than the largest.
        arena = ByteBuffer.allocate(Math.max(capacity * 64, 4 * LARGEST_EVENT));
    }

    public void clear() {
        size = 0;
        arena.clear();
    }

    /** Whether another event fits, however large it is. */
    public boolean hasRoom() {
        return hasRoom(1);
    }

    /** Whether so many more events fit, at most four, however large they are. */
    public boolean hasRoom(int events) {
        return size <= capacity - events && arena.remaining() >= events * LARGEST_EVENT;
    }

    /**
     * Begins an event, whose columns are zero and texts empty.
     *
     * @return its index
     * @throws IllegalStateException without {@link #hasRoom}
     */
    public int begin(EventKind what) {
        if (!hasRoom()) {
            throw new IllegalStateException("the batch of events is full");
        }
        int event = size++;
        kind[event] = (byte) what.ordinal();
        nanos[event] = 0;
        initiatorHigh[event] = 0;
        initiatorLow[event] = 0;
        responderHigh[event] = 0;
        responderLow[event] = 0;
        initiatorPort[event] = 0;
        responderPort[event] = 0;
        protocol[event] = 0;
        flags[event] = 0;
        code[event] = 0;
        type[event] = 0;
        for (int text = 0; text < TEXTS; text++) {
            textStart[event * TEXTS + text] = 0;
            textLength[event * TEXTS + text] = 0;
        }
        addressStart[event] = 0;
        addressCount[event] = 0;
        return event;
    }

    public EventKind kind(int event) {
        return KINDS[kind[event]];
    }

    /** Sets a text of the event begun last. */
    public void write(Text which, byte[] bytes, int start, int end) {
        int length = Math.clamp((long) end - start, 0, LONGEST_TEXT);
        place(which, length);
        arena.put(bytes, start, length);
    }

    /** Sets a text of the event begun last, from bytes that stay as they are. */
    public void write(Text which, ByteBuffer bytes, int start, int end) {
        int length = Math.clamp((long) end - start, 0, LONGEST_TEXT);
        place(which, length);
        int position = arena.position();
        arena.put(position, bytes, start, length);
        arena.position(position + length);
    }

    /** Sets a text of the event begun last to a name, in lower case and without a dot at its end. */
    public void writeName(byte[] bytes, int start, int end) {
        int limit = end > start && bytes[end - 1] == '.' ? end - 1 : end;
        int length = Math.clamp((long) limit - start, 0, LONGEST_TEXT);
        place(Text.NAME, length);
        for (int i = start; i < start + length; i++) {
            byte b = bytes[i];
            arena.put(b >= 'A' && b <= 'Z' ? (byte) (b + ('a' - 'A')) : b);
        }
    }

    private void place(Text which, int length) {
        int at = (size - 1) * TEXTS + which.ordinal();
        textStart[at] = arena.position();
        textLength[at] = (short) length;
    }

    /** Adds an address to the event begun last; those after {@link #MOST_ADDRESSES} are left out. */
    public void writeAddress(long high, long low) {
        int event = size - 1;
        if (addressCount[event] == 0) {
            addressStart[event] = arena.position();
        } else if (addressCount[event] == MOST_ADDRESSES
                || addressStart[event] + 16 * addressCount[event] != arena.position()) {
            // Texts came between: addresses stand together.
            return;
        }
        addressCount[event]++;
        arena.putLong(high).putLong(low);
    }

    public int textLength(int event, Text which) {
        return textLength[event * TEXTS + which.ordinal()];
    }

    /** A byte of a text as a number from 0 to 255; {@code index} is below {@link #textLength}. */
    public int textByte(int event, Text which, int index) {
        return arena.get(textStart[event * TEXTS + which.ordinal()] + index) & 0xff;
    }

    /** Copies a text. */
    public void copyText(int event, Text which, byte[] target, int at) {
        int text = event * TEXTS + which.ordinal();
        arena.get(textStart[text], target, at, textLength[text]);
    }

    /** The text, of which each byte is one character; allocates. */
    public String text(int event, Text which) {
        byte[] bytes = new byte[textLength(event, which)];
        copyText(event, which, bytes, 0);
        return new String(bytes, ISO_8859_1);
    }

    public int addresses(int event) {
        return addressCount[event];
    }

    /** The upper half of an address, as in {@link IpAddress}; {@code index} is below {@link #addresses}. */
    public long addressHigh(int event, int index) {
        return arena.getLong(addressStart[event] + 16 * index);
    }

    public long addressLow(int event, int index) {
        return arena.getLong(addressStart[event] + 16 * index + 8);
    }
}
