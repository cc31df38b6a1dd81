package levee.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Series upon each other, in steps: each slot has one value, which is a mean over the slot, so nothing is drawn between
 * the slots. A slot is one wide, and {@link #HEIGHT} is as high as the highest rate.
 */
final class StackedAreas {
    /** The height of the drawing, in its own units. */
    static final int HEIGHT = 1000;

    /** How many slots a label needs of a drawing of a hundred. */
    private static final double LABEL_SLOTS = 0.02;

    private final int slots;
    /** The upper edge of each series by slot; the lower one is the upper one of the series before. */
    private final List<int[]> edges = new ArrayList<>();

    /**
     * @param series from the bottom upwards, each with a value for each slot
     * @param top the value that is {@link #HEIGHT} high
     */
    StackedAreas(List<double[]> series, int slots, double top) {
        this.slots = slots;
        double[] sum = new double[slots];
        edges.add(new int[slots]);
        for (double[] values : series) {
            int[] edge = new int[slots];
            for (int slot = 0; slot < slots; slot++) {
                sum[slot] += values[slot];
                edge[slot] = (int) Math.round(Math.min(sum[slot] / top, 1) * HEIGHT);
            }
            edges.add(edge);
        }
    }

    /** How high a series is in a slot. */
    int height(int series, int slot) {
        return upper(series, slot) - lower(series, slot);
    }

    private int upper(int series, int slot) {
        return edges.get(series + 1)[slot];
    }

    private int lower(int series, int slot) {
        return edges.get(series)[slot];
    }

    /** The outline of a series as an SVG path, one for each stretch of slots where it is not zero. */
    String path(int series) {
        StringBuilder path = new StringBuilder();
        for (int slot = 0; slot < slots; slot++) {
            if (height(series, slot) == 0) {
                continue;
            }
            int first = slot;
            while (slot < slots && height(series, slot) > 0) {
                slot++;
            }
            outline(path, edges.get(series + 1), edges.get(series), first, slot);
        }
        return path.toString();
    }

    /** Along the upper edge, and back along the lower one. */
    private static void outline(StringBuilder path, int[] upper, int[] lower, int from, int to) {
        path.append('M').append(from).append(' ').append(HEIGHT - upper[from]);
        for (int slot = from; slot < to; slot++) {
            if (slot + 1 == to || upper[slot + 1] != upper[slot]) {
                path.append('H').append(slot + 1);
                path.append('V').append(HEIGHT - (slot + 1 == to ? lower[slot] : upper[slot + 1]));
            }
        }
        for (int slot = to - 1; slot >= from; slot--) {
            if (slot == from || lower[slot - 1] != lower[slot]) {
                path.append('H').append(slot);
                if (slot > from) {
                    path.append('V').append(HEIGHT - lower[slot - 1]);
                }
            }
        }
        path.append('Z');
    }

    /**
     * Where there is most room for a label within a series.
     *
     * @param x the middle, in slots
     * @param y the middle, downwards from the top
     * @param height what there is
     */
    record Room(double x, double y, int height) {}

    Room room(int series) {
        int width = Math.min(slots, Math.max(1, (int) Math.ceil(slots * LABEL_SLOTS)));
        Room most = new Room(0, 0, 0);
        for (int first = 0; first + width <= slots; first++) {
            int upper = Arrays.stream(edges.get(series + 1), first, first + width)
                    .min()
                    .orElse(0);
            int lower =
                    Arrays.stream(edges.get(series), first, first + width).max().orElse(0);
            if (upper - lower > most.height()) {
                most = new Room(first + width / 2.0, HEIGHT - (upper + lower) / 2.0, upper - lower);
            }
        }
        return most;
    }

    /** The slot in which the series together, the lowest {@code without} not counted, are highest. */
    OptionalInt highest(int without) {
        int highest = -1;
        int most = 0;
        for (int slot = 0; slot < slots; slot++) {
            int height = edges.getLast()[slot] - edges.get(without)[slot];
            if (height > most) {
                most = height;
                highest = slot;
            }
        }
        return highest < 0 ? OptionalInt.empty() : OptionalInt.of(highest);
    }
}
