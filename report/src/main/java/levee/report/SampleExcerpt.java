package levee.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import levee.model.Attack.Sample;
import levee.model.Attack.SampledRow;

/** A few rows of a sample, which are enough to see what the traffic is like. */
final class SampleExcerpt {
    private static final int ROWS = 10;

    private SampleExcerpt() {}

    /** At most ten rows from all over the sample, in the order of time. */
    static List<SampledRow> of(Sample sample) {
        List<SampledRow> rows = sample.rows();
        int shown = Math.min(ROWS, rows.size());
        return IntStream.range(0, shown)
                .mapToObj(i -> rows.get((int) ((long) i * rows.size() / shown)))
                .sorted(Comparator.comparing(SampledRow::time))
                .toList();
    }
}
