package levee.attack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import levee.model.AttackVector;
import levee.model.Groups;
import org.jspecify.annotations.Nullable;

/**
 * From which rate on somebody is alarmed, as an operator wants it: by group, direction and vector. They take the place of
 * the floors and the baseline of a live network, not of the evidence.
 *
 * @param common holds where a group says nothing
 * @param ofGroups in the order of the groups
 */
public record Thresholds(Table common, List<Table> ofGroups) {
    /** Nothing is said. */
    public static final Thresholds NONE = new Thresholds(Table.NONE, List.of());

    public Thresholds {
        ofGroups = List.copyOf(ofGroups);
    }

    /**
     * A rate that alarms, where either is reached.
     *
     * @param packetsPerSecond more than 0; infinite where it does not matter
     * @param bitsPerSecond more than 0; infinite where it does not matter
     */
    public record Floor(double packetsPerSecond, double bitsPerSecond) {
        /** Nobody is ever alarmed. */
        public static final Floor OFF = new Floor(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

        public Floor {
            if (!(packetsPerSecond > 0 && bitsPerSecond > 0)) {
                throw new IllegalArgumentException("a rate that alarms is more than 0");
            }
        }

        /** Packets per second that alarm where a packet has so many bytes in the mean. */
        double packetsPerSecond(double meanBytes) {
            return Math.min(packetsPerSecond, bitsPerSecond / (8 * Math.max(1, meanBytes)));
        }
    }

    /** Which way the attack goes, as the own networks see it. */
    public enum Way {
        INBOUND,
        OUTBOUND
    }

    /** What is said of one way: of single vectors, and of all others. */
    public record Floors(Optional<Floor> all, Map<AttackVector, Floor> byVector) {
        public static final Floors NONE = new Floors(Optional.empty(), Map.of());

        public Floors {
            byVector = Map.copyOf(byVector);
        }
    }

    /** What is said of a group, or of all. */
    public record Table(Map<Way, Floors> ways) {
        public static final Table NONE = new Table(Map.of());

        public Table {
            ways = Map.copyOf(ways);
        }

        private @Nullable Floor floor(Way way, AttackVector vector) {
            Floors floors = ways.getOrDefault(way, Floors.NONE);
            Floor ofVector = floors.byVector().get(vector);
            return ofVector != null ? ofVector : floors.all().orElse(null);
        }
    }

    boolean isEmpty() {
        return common.ways().isEmpty()
                && ofGroups.stream().allMatch(table -> table.ways().isEmpty());
    }

    /**
     * The first that there is of: the group's for the vector, the group's for all vectors, that of all groups for the
     * vector, that of all groups for all vectors.
     *
     * @param group its number, or {@link Groups#NO_GROUP}
     */
    @Nullable
    Floor floor(int group, Way way, AttackVector vector) {
        Floor own = group >= 0 && group < ofGroups.size() ? ofGroups.get(group).floor(way, vector) : null;
        return own != null ? own : common.floor(way, vector);
    }
}
