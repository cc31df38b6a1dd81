package levee.logs;

import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;

/** Writes whom a mail was for: how many, and the first of them. */
final class Recipients {
    private static final int MOST = 0xffff;

    private Recipients() {}

    static void write(Fields fields, int field, int event, EventBatch events) {
        int count = 0;
        int start = 0;
        int end = 0;
        fields.beginList(field);
        while (fields.nextElement()) {
            if (count++ == 0) {
                start = fields.elementStart();
                end = fields.elementEnd();
            }
        }
        events.type[event] = Math.min(count, MOST);
        writeMailbox(fields, start, end, Text.MORE, events);
    }

    /** Writes an address without the angle brackets around it. */
    static void writeMailbox(Fields fields, int start, int end, Text which, EventBatch events) {
        boolean bracketed = end - start >= 2 && fields.bytes()[start] == '<' && fields.bytes()[end - 1] == '>';
        fields.write(bracketed ? start + 1 : start, bracketed ? end - 1 : end, which, events);
    }
}
