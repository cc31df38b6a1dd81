package levee.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import levee.model.Attack.Timeline;
import levee.model.Attack.Volume;
import levee.model.AttackVector;

/** The timeline of an attack as rates by slot: the other traffic first, then the vectors by their keys. */
final class TimelineSeries {
    private final Timeline timeline;
    private final int slots;
    private final List<List<Volume>> series;

    TimelineSeries(Timeline timeline, VectorKeys keys) {
        this.timeline = timeline;
        this.slots = Stream.concat(Stream.of(timeline.otherTraffic()), timeline.vectors().values().stream())
                .mapToInt(List::size)
                .max()
                .orElse(0);
        series = new ArrayList<>();
        series.add(filled(timeline.otherTraffic()));
        for (int key = 0; key < keys.count(); key++) {
            List<Volume> sum = filled(List.of());
            for (Map.Entry<AttackVector, List<Volume>> vector :
                    timeline.vectors().entrySet()) {
                if (keys.of(vector.getKey()) == key) {
                    sum = sum(sum, filled(vector.getValue()));
                }
            }
            series.add(sum);
        }
    }

    private List<Volume> filled(List<Volume> volumes) {
        List<Volume> filled = new ArrayList<>(volumes);
        while (filled.size() < slots) {
            filled.add(Volume.NONE);
        }
        return filled;
    }

    private static List<Volume> sum(List<Volume> one, List<Volume> other) {
        List<Volume> sum = new ArrayList<>(one.size());
        for (int slot = 0; slot < one.size(); slot++) {
            sum.add(one.get(slot).plus(other.get(slot)));
        }
        return sum;
    }

    boolean isEmpty() {
        return slots == 0 || timeline.slot().isZero() || timeline.slot().isNegative();
    }

    int slots() {
        return slots;
    }

    /** One more than the keys. */
    int count() {
        return series.size();
    }

    Duration slot() {
        return timeline.slot();
    }

    Instant start(int slot) {
        return UtcTime.expressible(timeline.start()).plus(timeline.slot().multipliedBy(slot));
    }

    TimeAxis axis() {
        return new TimeAxis(timeline.start(), timeline.slot().multipliedBy(slots));
    }

    List<double[]> bitsPerSecond() {
        return rates(volume -> volume.bytes(), 8);
    }

    /** Of one vector alone, whatever it shares its key with. */
    double[] bitsPerSecond(AttackVector vector) {
        return rates(filled(timeline.vectors().getOrDefault(vector, List.of())), Volume::bytes, 8);
    }

    List<double[]> packetsPerSecond() {
        return rates(volume -> volume.packets(), 1);
    }

    private List<double[]> rates(ToLongFunction<Volume> amount, int factor) {
        return series.stream().map(volumes -> rates(volumes, amount, factor)).toList();
    }

    private double[] rates(List<Volume> volumes, ToLongFunction<Volume> amount, int factor) {
        double seconds = TimeAxis.seconds(timeline.slot());
        return volumes.stream()
                .mapToDouble(volume -> (double) amount.applyAsLong(volume) * factor / seconds)
                .toArray();
    }
}
