package levee.logs;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The names of the fields that a kind of log has; a field's number is its place among them. */
final class Schema {
    /** Not a field that is used. */
    static final int UNKNOWN = -1;

    private final int size;
    private final NameTable names;
    private final int[] required;
    private final int[] typical;
    private final BitSet lists = new BitSet();
    private final NameTable paths;

    Schema(List<String> names, List<Integer> required, List<Integer> typical) {
        this(names, required, typical, List.of());
    }

    /**
     * @param names of all fields that are used; with dots where JSON may nest them, as {@code tls.ja3.hash},
     *     and with {@code |} between names for the same
     * @param required numbers of the fields without which a line is no record
     * @param typical numbers of the fields of which a log of this kind has at least one, and other logs none
     * @param lists numbers of the fields that hold several values
     */
    Schema(List<String> names, List<Integer> required, List<Integer> typical, List<Integer> lists) {
        size = names.size();
        this.names = new NameTable(IntStream.range(0, size)
                .boxed()
                .flatMap(
                        field -> Arrays.stream(names.get(field).split("\\|")).map(name -> NameTable.entry(name, field)))
                .toArray(NameTable.Entry[]::new));
        paths = new NameTable(names.stream()
                .flatMap(Schema::paths)
                .distinct()
                .map(path -> NameTable.entry(path, 0))
                .toArray(NameTable.Entry[]::new));
        lists.forEach(this.lists::set);
        this.required = required.stream().mapToInt(Integer::intValue).toArray();
        this.typical = typical.stream().mapToInt(Integer::intValue).toArray();
    }

    /** All that stands before a dot of the name. */
    private static Stream<String> paths(String name) {
        return IntStream.range(0, name.length())
                .filter(i -> name.charAt(i) == '.')
                .mapToObj(i -> name.substring(0, i));
    }

    /** Whether members of the object with this name may be fields. */
    boolean isPath(byte[] bytes, int start, int end) {
        return paths.find(bytes, start, end, UNKNOWN) != UNKNOWN;
    }

    /** Whether the field holds several values. */
    boolean isList(int field) {
        return lists.get(field);
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
        if (hasRequired(fields)) {
            for (int field : typical) {
                if (fields.has(field)) {
                    return true;
                }
            }
        }
        return false;
    }
}
