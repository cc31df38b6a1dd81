package levee.flowexport;

/**
 * A template, compiled: which bytes of a record go to which column. Never changed once it is made, but for the note of
 * its last use.
 */
final class Template {
    /** What the records become. */
    enum Kind {
        /** Rows of one direction. */
        FLOWS,
        /** Rows of both directions (RFC 5103). */
        CONNECTIONS,
        /** Rows of single packets. */
        SAMPLES,
        /** Facts about the exporter. */
        OPTIONS,
        /** Nothing: the records name no address. */
        NOTHING
    }

    /** The length of a field that is told in each record (RFC 7011 section 7). */
    static final int VARIABLE = 0xffff;

    /** What an object of this class costs beyond its arrays, roughly, in bytes. */
    private static final int OVERHEAD = 200;

    final int id;
    final Kind kind;

    /** Fields that say what an options record is about; they come first. */
    final int scopeFields;

    /** Scope fields have numbers of their own (RFC 3954 section 6.1). */
    final boolean isNetFlow9;

    /** Two for each field in the order of the wire: its enterprise, and its number in the upper and length in the lower half. */
    final int[] specification;

    /** Length of a record in bytes; the shortest where lengths vary. Zero makes the template useless. */
    final int recordLength;

    final boolean varies;

    // The plan. Offsets are of bytes, or where lengths vary the index of the field.
    final Column[] columns;
    final Reading[] readings;
    final int[] offsets;
    final int[] widths;

    /** The columns of the plan, as {@link Column#bit}. */
    final long present;

    /** Whether the first or last time is an uptime. */
    final boolean firstIsUptime;

    final boolean lastIsUptime;

    /** When it last described data, by the time of receipt. Threads may race here: any of their times will do. */
    long lastUsedNanos;

    /** Its index among the exporter's templates. */
    int place;

    Template(
            int id,
            Kind kind,
            int scopeFields,
            boolean isNetFlow9,
            int[] specification,
            int recordLength,
            boolean varies,
            Column[] columns,
            Reading[] readings,
            int[] offsets,
            int[] widths) {
        this.id = id;
        this.kind = kind;
        this.scopeFields = scopeFields;
        this.isNetFlow9 = isNetFlow9;
        this.specification = specification;
        this.recordLength = recordLength;
        this.varies = varies;
        this.columns = columns;
        this.readings = readings;
        this.offsets = offsets;
        this.widths = widths;
        long bits = 0;
        boolean first = false;
        boolean last = false;
        for (int i = 0; i < columns.length; i++) {
            bits |= columns[i].bit();
            first |= columns[i] == Column.FIRST && readings[i] == Reading.UPTIME;
            last |= columns[i] == Column.LAST && readings[i] == Reading.UPTIME;
        }
        present = bits;
        firstIsUptime = first;
        lastIsUptime = last;
    }

    boolean has(Column column) {
        return (present & column.bit()) != 0;
    }

    boolean isOptions() {
        return kind == Kind.OPTIONS;
    }

    int fields() {
        return specification.length >> 1;
    }

    int enterprise(int field) {
        return specification[2 * field];
    }

    int number(int field) {
        return specification[2 * field + 1] >>> 16;
    }

    int length(int field) {
        return specification[2 * field + 1] & 0xffff;
    }

    /** The memory that it takes, roughly. */
    int memoryBytes() {
        return OVERHEAD + specification.length * Integer.BYTES + columns.length * 4 * Integer.BYTES;
    }
}
