package levee.bench;

import java.util.SplittableRandom;
import levee.indicator.IndicatorTable;
import levee.model.IpAddress;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What long lists of bad addresses cost: both ends of each flow are looked up, beside other work of some 150 ns. The addresses are
 * random, so that no cache helps: the worst case. An operation is a flow.
 */
@State(Scope.Thread)
public class IndicatorBenchmark {
    private static final int BATCH = 512;
    private static final int BATCHES = 1_000;
    private static final int FLOWS = BATCH * BATCHES;

    /** Multiplications that each wait for the one before. */
    private static final int WORK = 130;

    @Param({"10", "10000000"})
    public int indicators;

    private final long[][] sources = new long[BATCHES][BATCH];
    private final long[][] destinations = new long[BATCHES][BATCH];
    private final char[][] ports = new char[BATCHES][BATCH];
    private IndicatorTable table = IndicatorTable.EMPTY;

    @Setup
    public void prepare() {
        SplittableRandom random = new SplittableRandom(1);
        IndicatorTable.Builder builder = new IndicatorTable.Builder(indicators);
        for (int i = 0; i < indicators; i++) {
            builder.addAddress(0, IpAddress.mapIpv4(random.nextInt()), "list", "");
        }
        table = builder.build();
        for (int batch = 0; batch < BATCHES; batch++) {
            for (int i = 0; i < BATCH; i++) {
                sources[batch][i] = IpAddress.mapIpv4(random.nextInt());
                destinations[batch][i] = IpAddress.mapIpv4(random.nextInt());
                ports[batch][i] = (char) random.nextInt(1 << 16);
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(FLOWS)
    public long workOnly() {
        long sum = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            sum += work(batch);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(FLOWS)
    public long batches() {
        long sum = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            sum += work(batch);
            for (int i = 0; i < BATCH; i++) {
                sum += table.fetch(0, sources[batch][i]) + table.fetch(0, destinations[batch][i]);
            }
            for (int i = 0; i < BATCH; i++) {
                sum += table.address(0, sources[batch][i], ports[batch][i]);
                sum += table.address(0, destinations[batch][i], ports[batch][i]);
            }
        }
        return sum;
    }

    private static long work(int seed) {
        long sum = 0;
        for (int flow = 0; flow < BATCH; flow++) {
            long value = (long) seed + flow;
            for (int i = 0; i < WORK; i++) {
                value = (value ^ value >>> 29) * 0x9e37_79b9_7f4a_7c15L;
            }
            sum += value;
        }
        return sum;
    }
}
