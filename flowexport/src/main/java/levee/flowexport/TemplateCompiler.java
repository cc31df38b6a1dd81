package levee.flowexport;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a template: of the fields that tell the same, the best one. */
final class TemplateCompiler {
    private static final long ADDRESSES = Column.SOURCE_IPV4.bit()
            | Column.DESTINATION_IPV4.bit()
            | Column.SOURCE_IPV6.bit()
            | Column.DESTINATION_IPV6.bit();
    private static final long SECTIONS = Column.FRAME_SECTION.bit() | Column.IP_SECTION.bit();
    private static final long REVERSE = Column.REVERSE_BYTES.bit() | Column.REVERSE_PACKETS.bit();

    private TemplateCompiler() {}

    /**
     * @param specification as in {@link Template#specification}
     * @param scopeFields of an options template; negative for a template of data
     */
    static Template compile(int id, int scopeFields, boolean isNetFlow9, int[] specification) {
        boolean isOptions = scopeFields >= 0;
        int length = 0;
        boolean varies = false;
        int fields = specification.length >> 1;
        int[] starts = new int[fields];
        for (int field = 0; field < fields; field++) {
            int fieldLength = specification[2 * field + 1] & 0xffff;
            starts[field] = length;
            if (fieldLength == Template.VARIABLE) {
                varies = true;
                length++;
            } else {
                length += fieldLength;
            }
        }
        List<Step> plan = isOptions ? List.of() : plan(specification);
        int steps = plan.size();
        Column[] columns = new Column[steps];
        Reading[] readings = new Reading[steps];
        int[] offsets = new int[steps];
        int[] widths = new int[steps];
        long present = 0;
        for (int i = 0; i < steps; i++) {
            Step step = plan.get(i);
            columns[i] = step.column;
            readings[i] = step.reading;
            offsets[i] = varies ? step.field : starts[step.field];
            widths[i] = step.width;
            present |= step.column.bit();
        }
        Template.Kind kind = isOptions ? Template.Kind.OPTIONS : kind(present);
        return new Template(
                id,
                kind,
                Math.max(scopeFields, 0),
                isNetFlow9,
                specification,
                length,
                varies,
                columns,
                readings,
                offsets,
                widths);
    }

    private static Template.Kind kind(long present) {
        if ((present & SECTIONS) != 0) {
            return Template.Kind.SAMPLES;
        }
        if ((present & ADDRESSES) == 0) {
            return Template.Kind.NOTHING;
        }
        return (present & REVERSE) != 0 ? Template.Kind.CONNECTIONS : Template.Kind.FLOWS;
    }

    private static List<Step> plan(int[] specification) {
        Map<Column, Step> best = new EnumMap<>(Column.class);
        for (int field = 0; field < specification.length >> 1; field++) {
            int enterprise = specification[2 * field];
            int number = specification[2 * field + 1] >>> 16;
            int width = specification[2 * field + 1] & 0xffff;
            InformationElement element = InformationElement.of(number);
            if (element == null || !fits(element.reading, width)) {
                continue;
            }
            Column column = column(element, enterprise);
            if (column == null) {
                continue;
            }
            Step step = new Step(column, element.reading, element, field, width);
            Step other = best.get(column);
            if (other == null) {
                best.put(column, step);
            } else {
                boolean isBetter = element.compareTo(other.element) < 0;
                best.put(column, isBetter ? step : other);
                keepOther(best, isBetter ? other : step);
            }
        }
        // Counts of an initiator and a responder tell both directions only where no others do.
        Step bytes = best.get(Column.BYTES);
        Step packets = best.get(Column.PACKETS);
        boolean isInitiator = (bytes == null || bytes.element == InformationElement.INITIATOR_OCTETS)
                && (packets == null || packets.element == InformationElement.INITIATOR_PACKETS);
        if (!isInitiator) {
            best.values().removeIf(TemplateCompiler::isOfResponder);
        }
        return new ArrayList<>(best.values());
    }

    private static boolean isOfResponder(Step step) {
        return step.element == InformationElement.RESPONDER_OCTETS
                || step.element == InformationElement.RESPONDER_PACKETS;
    }

    /** Keeps the second choice of what may be zero in the first: egress records count what went out alone. */
    private static void keepOther(Map<Column, Step> best, Step second) {
        Column column = switch (second.column) {
            case BYTES -> Column.OTHER_BYTES;
            case PACKETS -> Column.OTHER_PACKETS;
            case ICMP_TYPE_CODE -> Column.OTHER_ICMP_TYPE_CODE;
            default -> null;
        };
        if (column != null) {
            Step step = new Step(column, second.reading, second.element, second.field, second.width);
            best.merge(column, step, (a, b) -> b.element.compareTo(a.element) < 0 ? b : a);
        }
    }

    private static boolean fits(Reading reading, int width) {
        if (width == Template.VARIABLE) {
            return reading == Reading.OCTETS || reading == Reading.NUMBER;
        }
        return width >= reading.shortest && width <= reading.longest;
    }

    private static @Nullable Column column(InformationElement element, int enterprise) {
        return switch (enterprise) {
            case 0 -> element.column;
            case InformationElement.REVERSE -> element.reverse();
            default -> null;
        };
    }

    private record Step(Column column, Reading reading, InformationElement element, int field, int width) {}
}
