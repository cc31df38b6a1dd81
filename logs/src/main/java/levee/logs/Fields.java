package levee.logs;

import java.util.Arrays;
import levee.telemetry.EventBatch;
import levee.telemetry.ProgramTypes;

/** Where the fields of a line are: a view into the reader's buffer, by the numbers that a {@link Schema} gives them. */
final class Fields {
    /** What the number readers answer for a field that is not there. */
    static final long ABSENT = -1;

    private byte[] bytes = new byte[0];
    private final int[] starts;
    private final int[] ends;
    private final AddressParser address = new AddressParser();
    private final Escapes escapes;

    /** Long enough for the longest text that is kept. */
    private final byte[] plain = new byte[EventBatch.LONGEST_TEXT + 4];

    private byte[] text = plain;
    private int textStart;
    private int textEnd;
    private int listNext;
    private int listEnd;
    private boolean listIsArray;
    private int elementStart;
    private int elementEnd;

    Fields(int size, Escapes escapes) {
        starts = new int[size];
        ends = new int[size];
        this.escapes = escapes;
    }

    /** Forgets all fields; the next ones are in {@code line}. */
    void clear(byte[] line) {
        bytes = line;
        Arrays.fill(starts, 0);
        Arrays.fill(ends, 0);
    }

    /** A field of no length is as good as none. */
    void set(int field, int start, int end) {
        starts[field] = start;
        ends[field] = end;
    }

    /** Cuts a field at its first space. */
    void cutAtSpace(int field) {
        for (int i = starts[field]; i < ends[field]; i++) {
            if (bytes[i] == ' ') {
                ends[field] = i;
            }
        }
    }

    /** Cuts off the spaces around every field. */
    void trim() {
        for (int field = 0; field < starts.length; field++) {
            while (starts[field] < ends[field] && bytes[starts[field]] == ' ') {
                starts[field]++;
            }
            while (starts[field] < ends[field] && bytes[ends[field] - 1] == ' ') {
                ends[field]--;
            }
        }
    }

    boolean has(int field) {
        return starts[field] < ends[field];
    }

    byte[] bytes() {
        return bytes;
    }

    int start(int field) {
        return starts[field];
    }

    int end(int field) {
        return ends[field];
    }

    boolean contains(int field, char character) {
        for (int i = starts[field]; i < ends[field]; i++) {
            if (bytes[i] == character) {
                return true;
            }
        }
        return false;
    }

    /** Sets the time of a connection; false if it is not there or unreadable. A duration may be absent. */
    boolean readTime(int timeField, int durationField, ConnectionRecord record) {
        long start = Times.instant(bytes, starts[timeField], ends[timeField]);
        long duration = has(durationField) ? Times.duration(bytes, starts[durationField], ends[durationField]) : 0;
        if (Math.min(start, duration) == Numbers.UNREADABLE) {
            return false;
        }
        record.setTime(start, duration);
        return true;
    }

    /** Sets the address of one side; false if it is unreadable. */
    boolean readAddress(int field, ConnectionRecord.Side side) {
        if (!address.parse(bytes, starts[field], ends[field])) {
            return false;
        }
        side.addressHigh = address.high;
        side.addressLow = address.low;
        return true;
    }

    /** See {@link Numbers#count}; {@link #ABSENT} if the field is not there. */
    long count(int field) {
        return has(field) ? Numbers.count(bytes, starts[field], ends[field]) : ABSENT;
    }

    /** See {@link Numbers#port}; {@link #ABSENT} if the field is not there. */
    long port(int field) {
        return has(field) ? Numbers.port(bytes, starts[field], ends[field]) : ABSENT;
    }

    boolean isHardwareAddress(int field) {
        return AddressParser.isHardwareAddress(bytes, starts[field], ends[field]);
    }

    /** Sets the address of one end; false if it is unreadable. */
    boolean readInitiator(int field, Ends conversation) {
        if (!address.parse(bytes, starts[field], ends[field])) {
            return false;
        }
        conversation.initiatorHigh = address.high;
        conversation.initiatorLow = address.low;
        return true;
    }

    boolean readResponder(int field, Ends conversation) {
        if (!address.parse(bytes, starts[field], ends[field])) {
            return false;
        }
        conversation.responderHigh = address.high;
        conversation.responderLow = address.low;
        return true;
    }

    /** See {@link Times#instant}. */
    long instant(int field) {
        return Times.instant(bytes, starts[field], ends[field]);
    }

    /** A number from 0 to {@code most}; 0 where there is none or another. */
    int number(int field, int most) {
        long value = Numbers.decimal(bytes, starts[field], ends[field], 0);
        return value > 0 && value <= most ? (int) value : 0;
    }

    /** Whether the field is {@code T} or {@code true}. */
    boolean isTrue(int field) {
        return has(field) && (bytes[starts[field]] | 0x20) == 't';
    }

    /** Whether bytes of the line are the media type of a program. */
    boolean isProgramType(int start, int end) {
        if (start >= end) {
            return false;
        }
        readText(start, end);
        return ProgramTypes.has(text, textStart, textEnd);
    }

    /** The number of the name that the field is. */
    int named(int field, NameTable names, int otherwise) {
        return names.find(bytes, starts[field], ends[field], otherwise);
    }

    /** Sets a text of the event begun last. */
    void write(int field, EventBatch.Text which, EventBatch events) {
        write(starts[field], ends[field], which, events);
    }

    /** Sets a text of the event begun last to bytes of the line. */
    void write(int start, int end, EventBatch.Text which, EventBatch events) {
        if (start < end) {
            readText(start, end);
            events.write(which, text, textStart, textEnd);
        }
    }

    /** Sets the name of the event begun last. */
    void writeName(int field, EventBatch events) {
        if (has(field)) {
            readText(starts[field], ends[field]);
            events.writeName(text, textStart, textEnd);
        }
    }

    /** Sets the name of the event begun last, in capitals. */
    void writeCommand(int field, EventBatch events) {
        readText(starts[field], ends[field]);
        int length = Math.min(textEnd - textStart, plain.length);
        for (int i = 0; i < length; i++) {
            byte b = text[textStart + i];
            plain[i] = b >= 'a' && b <= 'z' ? (byte) (b - ('a' - 'A')) : b;
        }
        events.write(EventBatch.Text.NAME, plain, 0, length);
    }

    /** Sets the detail of the event begun last to an Ethernet address, if the field is one. */
    void writeHardwareAddress(int field, EventBatch events) {
        if (!isHardwareAddress(field)) {
            return;
        }
        int length = ends[field] - starts[field];
        for (int i = 0; i < length; i++) {
            byte b = bytes[starts[field] + i];
            plain[i] = b >= 'A' && b <= 'F' ? (byte) (b | 0x20) : b;
        }
        events.write(EventBatch.Text.DETAIL, plain, 0, length);
    }

    /** Adds an address to the event begun last; false if the bytes are none. */
    boolean writeAddress(int start, int end, EventBatch events) {
        if (!address.parse(bytes, start, end)) {
            return false;
        }
        events.writeAddress(address.high, address.low);
        return true;
    }

    private void readText(int start, int end) {
        if (escapes.areIn(bytes, start, end)) {
            text = plain;
            textStart = 0;
            textEnd = escapes.unescape(bytes, start, end, plain);
        } else {
            text = bytes;
            textStart = start;
            textEnd = end;
        }
    }

    /** Goes before the first value of a list. */
    void beginList(int field) {
        listNext = starts[field];
        listEnd = ends[field];
        listIsArray = escapes == Escapes.JSON && has(field) && bytes[listNext] == '[';
        if (listIsArray) {
            listNext++;
        }
    }

    /** Goes to the next value of a list, which is from {@link #elementStart} to {@link #elementEnd}. */
    boolean nextElement() {
        return listIsArray ? nextOfArray() : nextOfText();
    }

    private boolean nextOfArray() {
        int i = JsonLines.skipSpace(bytes, listNext, listEnd);
        if (i < listEnd && bytes[i] == ',') {
            i = JsonLines.skipSpace(bytes, i + 1, listEnd);
        }
        int next = i < listEnd ? JsonLines.valueEnd(bytes, i, listEnd) : JsonLines.FAILED;
        if (next == JsonLines.FAILED || next == i) {
            listNext = listEnd;
            return false;
        }
        boolean isText = bytes[i] == '"';
        elementStart = isText ? i + 1 : i;
        elementEnd = isText ? next - 1 : next;
        listNext = next;
        return true;
    }

    private boolean nextOfText() {
        if (listNext >= listEnd) {
            return false;
        }
        elementStart = listNext;
        int i = listNext;
        while (i < listEnd && (bytes[i] != ',' || escapes == Escapes.JSON)) {
            i++;
        }
        elementEnd = i;
        listNext = i + 1;
        return true;
    }

    int elementStart() {
        return elementStart;
    }

    int elementEnd() {
        return elementEnd;
    }

    /** See {@link ProtocolNames#number}. */
    int protocol(int field) {
        return ProtocolNames.number(bytes, starts[field], ends[field]);
    }
}
