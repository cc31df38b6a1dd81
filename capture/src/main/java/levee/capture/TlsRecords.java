package levee.capture;

/** Takes the first handshake message out of the records that carry it (RFC 8446 section 5.1, RFC 5246 section 6.2.1). */
final class TlsRecords {
    /** The message goes on in a later segment. */
    static final int UNFINISHED = 0;

    /** No hello begins here, or one that is too long. */
    static final int NONE = -1;

    /** Type, version and length. */
    static final int HEADER = 5;

    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    private static final int LONGEST_RECORD = 1 << 14;

    private TlsRecords() {}

    /**
     * Copies the message to the front of {@code message}, which has room for {@link TlsHello#LONGEST} bytes.
     *
     * @param stream what a side sent first; an alert in front is skipped
     * @return the length of the message, {@link #UNFINISHED} or {@link #NONE}
     */
    static int gather(byte[] stream, int length, byte[] message) {
        int filled = 0;
        int at = length > 0 && stream[0] == ALERT ? HEADER + 2 : 0;
        while (at < length) {
            if (stream[at] != HANDSHAKE || at + 1 < length && stream[at + 1] != 3) {
                return NONE;
            }
            if (at > length - HEADER) {
                return UNFINISHED;
            }
            int record = Octets.u16(stream, at + 3);
            if (record == 0 || record > LONGEST_RECORD) {
                return NONE;
            }
            int count = Math.min(Math.min(record, length - at - HEADER), TlsHello.LONGEST - filled);
            System.arraycopy(stream, at + HEADER, message, filled, count);
            filled += count;
            at += HEADER + record;
            int needed = needed(message, filled);
            if (needed == NONE || needed <= filled && needed > 0) {
                return needed;
            }
        }
        return UNFINISHED;
    }

    /** The length of the message that begins like this; {@link #UNFINISHED} if that is not there yet. */
    private static int needed(byte[] message, int filled) {
        if (filled > 0 && message[0] != TlsHello.CLIENT_HELLO && message[0] != TlsHello.SERVER_HELLO) {
            return NONE;
        }
        if (filled < TlsHello.HEADER) {
            return UNFINISHED;
        }
        int length = TlsHello.HEADER + Octets.u24(message, 1);
        return length > TlsHello.LONGEST ? NONE : length;
    }
}
