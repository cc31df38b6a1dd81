package levee.logs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import levee.telemetry.EventBatch;

/**
 * Writes what a name server answered: addresses first, which have to stand together, then the first text or name.
 * Zeek writes a text as {@code TXT 9 some text}.
 */
final class DnsAnswers {
    private static final byte[] TEXT = "TXT ".getBytes(US_ASCII);
    private static final byte[] DATA = "rdata".getBytes(US_ASCII);

    private final int[] where = new int[2];

    /** Where the first answer is that is no address; equal ones where there is none. */
    private int otherStart;

    private int otherEnd;

    void begin() {
        otherStart = 0;
        otherEnd = 0;
    }

    /** Writes the addresses of a list, and remembers the first answer that is none. */
    void addAddresses(Fields fields, int field, EventBatch events) {
        fields.beginList(field);
        while (fields.nextElement()) {
            int start = fields.elementStart();
            int end = fields.elementEnd();
            if (start < end && fields.bytes()[start] == '{') {
                JsonLines.findMember(fields.bytes(), start, end, DATA, where);
                start = where[0];
                end = where[1];
            }
            if (start < end && !fields.writeAddress(start, end, events) && otherStart == otherEnd) {
                otherStart = start;
                otherEnd = end;
            }
        }
    }

    /** Writes the first answer that is no address. */
    void writeOther(Fields fields, EventBatch events) {
        int start = afterTextMark(fields.bytes(), otherStart, otherEnd);
        fields.write(start, otherEnd, EventBatch.Text.DETAIL, events);
    }

    /** Where a text begins, after {@code TXT} and its length. */
    private static int afterTextMark(byte[] bytes, int start, int end) {
        for (int i = 0; i < TEXT.length; i++) {
            if (start + i >= end || bytes[start + i] != TEXT[i]) {
                return start;
            }
        }
        int i = start + TEXT.length;
        while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        return i > start + TEXT.length && i < end && bytes[i] == ' ' ? i + 1 : start;
    }
}
