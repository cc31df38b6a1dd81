package levee.logs;

import levee.telemetry.RejectionReason;
import levee.telemetry.Rejections;

/** Makes a connection of the fields of a line. */
interface ConnectionFormat {
    /**
     * Reads the fields.
     *
     * @param rejections counts the reason why a record is of no use, as {@link RejectionReason#NOT_IP}
     * @return whether {@code record} holds a connection
     */
    boolean read(Fields fields, ConnectionRecord record, Rejections rejections);
}
