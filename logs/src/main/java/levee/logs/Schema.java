package levee.logs;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The names of the fields that a kind of log has; a field's number is its place among them. */
final class Schema {
    /** Not a field that is used. */
    static final int UNKNOWN = -1;

    private final int size;
    private final NameTable names;
    private final int[] required;
    private final int[] typical;

    /**
     * @param names of all fields that are used
     * @param required numbers of the fields without which a line is no record
     * @param typical numbers of the fields of which a log of this kind has at least one, and other logs none
     */
    Schema(List<String> names, List<Integer> required, List<Integer> typical) {
        size = names.size();
        this.names = new NameTable(IntStream.range(0, size)
                .mapToObj(field -> NameTable.entry(names.get(field), field))
                .toArray(NameTable.Entry[]::new));
        this.required = required.stream().mapToInt(Integer::intValue).toArray();
        this.typical = typical.stream().mapToInt(Integer::intValue).toArray();
    }

    int size() {
        return size;
    }

    /** The number of the field with this name, or {@link #UNKNOWN}. */
    int fieldNamed(byte[] bytes, int start, int end) {
        return names.find(bytes, start, end, UNKNOWN);
    }

    /** Whether a record can be made of these fields. */
    boolean hasRequired(Fields fields) {
        for (int field : required) {
            if (!fields.has(field)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a log with these fields, and perhaps others, is of this kind. */
    boolean describes(Fields fields) {
        return hasRequired(fields) && Arrays.stream(typical).anyMatch(fields::has);
    }
}
