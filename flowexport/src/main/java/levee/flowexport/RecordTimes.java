package levee.flowexport;

import levee.telemetry.FlowBatch;

/** Turns what records say of their times into the receiver's time. */
final class RecordTimes {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MILLISECOND = 1_000_000L;
    private static final long NANOS_PER_MICROSECOND = 1_000L;

    /** Seconds from 1900, where NTP begins, to 1970. */
    private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;

    /** Far from all times, and from the ends of their range. */
    private static final long ABSURD = Long.MAX_VALUE / 4;

    /** Beginnings that are longer ago are no beginnings: a field that was left empty. */
    private static final long UNKNOWN_START_NANOS = 366L * 86_400 * NANOS_PER_SECOND;

    /** A clock that is ahead by less is no nonsense: headers have whole seconds. */
    private static final long TOLERATED_NANOS = 2 * NANOS_PER_SECOND;

    /** Of the 49.7 days until an uptime wraps the last hour is taken for the future. */
    private static final long OLDEST_MILLIS = (1L << 32) - 3_600_000;

    private final long longestFlowNanos;

    RecordTimes(long longestFlowNanos) {
        this.longestFlowNanos = longestFlowNanos;
    }

    /** The time of one field, in nanoseconds since 1970 by the exporter's clock. */
    static long read(byte[] bytes, int at, int width, Reading reading, Datagram datagram) {
        return switch (reading) {
            case SECONDS -> scaled(BigEndian.number(bytes, at, width), NANOS_PER_SECOND);
            case MILLISECONDS -> scaled(BigEndian.longInteger(bytes, at), NANOS_PER_MILLISECOND);
            case NTP -> ntp(BigEndian.longInteger(bytes, at));
            case MICROSECONDS_AGO ->
                datagram.exportNanos - scaled(BigEndian.number(bytes, at, width), NANOS_PER_MICROSECOND);
            case UPTIME ->
                datagram.hasUptime
                        ? datagram.exportNanos
                                - millisBefore(datagram.uptimeMillis, BigEndian.integer(bytes, at))
                                        * NANOS_PER_MILLISECOND
                        : BigEndian.unsignedInteger(bytes, at) * NANOS_PER_MILLISECOND;
            case DURATION_MILLISECONDS -> scaled(BigEndian.number(bytes, at, width), NANOS_PER_MILLISECOND);
            case DURATION_MICROSECONDS -> scaled(BigEndian.number(bytes, at, width), NANOS_PER_MICROSECOND);
            case NUMBER, IPV4, IPV6, OCTETS -> 0;
        };
    }

    /**
     * How long before the header's uptime another one was, in milliseconds; negative if it is newer. The difference of
     * two clocks of 32 bits is right whether they wrapped or not; only what would be seven weeks old is newer instead.
     */
    static long millisBefore(int headerUptime, int uptime) {
        long before = headerUptime - uptime & 0xffff_ffffL;
        return before > OLDEST_MILLIS ? before - (1L << 32) : before;
    }

    private static long scaled(long value, long unit) {
        return value < 0 || value > ABSURD / unit ? ABSURD : value * unit;
    }

    /** Seconds since 1900 and a fraction of 2^-32; from 2036 on the seconds begin anew (RFC 4330 section 3). */
    private static long ntp(long value) {
        long seconds = value >>> 32;
        if (value >= 0) {
            seconds += 1L << 32;
        }
        long fraction = (value & 0xffff_ffffL) * NANOS_PER_SECOND >>> 32;
        return (seconds - NTP_EPOCH_SECONDS) * NANOS_PER_SECOND + fraction;
    }

    /**
     * Moves the rows to the receiver's time, and into the span in which a flow that comes now can have been.
     *
     * @return how many rows were outside of it
     */
    int settle(FlowBatch batch, int row, int count, Datagram datagram) {
        long[] firsts = batch.firstNanos;
        long[] lasts = batch.lastNanos;
        long correction = datagram.correctionNanos;
        long received = datagram.receivedNanos;
        long earliest = received - longestFlowNanos;
        int clamped = 0;
        for (int i = row; i < row + count; i++) {
            long first = firsts[i] + correction;
            long last = lasts[i] + correction;
            firsts[i] = first;
            lasts[i] = last;
            if (first < earliest || first > last || last > received) {
                clamped += clamp(batch, i, received, earliest);
            }
        }
        return clamped;
    }

    private int clamp(FlowBatch batch, int row, long received, long earliest) {
        long last = batch.lastNanos[row];
        long first = batch.firstNanos[row];
        boolean isNonsense = first < earliest || first > last || last > received + TOLERATED_NANOS;
        if (first > last || first < last - UNKNOWN_START_NANOS) {
            first = last;
        }
        long duration = Math.min(last - first, longestFlowNanos);
        if (last < earliest || first > received) {
            // Nothing of it can be true but how long it lasted.
            last = received;
            first = received - duration;
        }
        batch.firstNanos[row] = Math.max(first, earliest);
        batch.lastNanos[row] = Math.min(last, received);
        return isNonsense ? 1 : 0;
    }
}
