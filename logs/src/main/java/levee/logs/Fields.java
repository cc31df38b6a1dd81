package levee.logs;

import java.util.Arrays;

/** Where the fields of a line are: a view into the reader's buffer, by the numbers that a {@link Schema} gives them. */
final class Fields {
    /** What the number readers answer for a field that is not there. */
    static final long ABSENT = -1;

    private byte[] bytes = new byte[0];
    private final int[] starts;
    private final int[] ends;
    private final AddressParser address = new AddressParser();

    Fields(int size) {
        starts = new int[size];
        ends = new int[size];
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

    /** See {@link ProtocolNames#number}. */
    int protocol(int field) {
        return ProtocolNames.number(bytes, starts[field], ends[field]);
    }
}
