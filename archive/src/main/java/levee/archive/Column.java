package levee.archive;

import org.jspecify.annotations.Nullable;

/** What a section of a block holds. The numbers are in files: they stay, and new columns get new ones. */
enum Column {
    /** The addresses of the block in the order in which they come up, without repetition. */
    ADDRESS_HIGH(1),
    ADDRESS_LOW(2),
    /** The addresses of the exporters of the block, likewise. */
    EXPORTER_HIGH(3),
    EXPORTER_LOW(4),
    /** 0 for the next address of the block that was not met before, else the number of an earlier one, from 1 on. */
    SOURCE(5),
    DESTINATION(6),
    /** Milliseconds of the last time, less those of the row before; zigzag. */
    LAST_MILLIS(7),
    /** Nanoseconds of the last time beyond whole milliseconds, less those of the row before; zigzag. */
    LAST_REST(8),
    /** Milliseconds of the last time, less those of the first; zigzag. */
    DURATION_MILLIS(9),
    /** Nanoseconds of the last time beyond whole milliseconds, less those of the first; zigzag. */
    FIRST_REST(10),
    SOURCE_PORT(11),
    DESTINATION_PORT(12),
    PROTOCOL(13),
    TCP_FLAGS(14),
    PACKETS(15),
    BYTES(16),
    SAMPLING_RATE(17),
    /** Number among the exporters of the block, from 0 on. */
    EXPORTER(18),
    INGRESS_INTERFACE(19);

    private static final @Nullable Column[] BY_NUMBER = new Column[values().length + 1];

    static {
        for (Column column : values()) {
            BY_NUMBER[column.number] = column;
        }
    }

    final int number;

    Column(int number) {
        this.number = number;
    }

    /** The column of a number, or null if it is one of a later version. */
    static @Nullable Column of(int number) {
        return number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }
}
