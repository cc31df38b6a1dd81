package levee.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import levee.model.IpAddress;
import levee.telemetry.FlowBatch;

/** Rows made from a seed, some ordinary and some as only an enemy would make them. */
final class SampleRows {
    static final long START = 1_772_442_000_000_000_000L;

    private SampleRows() {}

    /** A row, to be compared. */
    record Row(
            long first,
            long last,
            IpAddress source,
            IpAddress destination,
            int sourcePort,
            int destinationPort,
            int protocol,
            int flags,
            long packets,
            long bytes,
            int rate,
            IpAddress exporter,
            int ingress) {}

    /** The address of an exporter by its index. */
    static IpAddress exporter(int index) {
        if (index > 1_000) {
            throw new IllegalArgumentException("no exporter has the index " + index);
        }
        return IpAddress.ofIpv4(0xc000_0200 + index);
    }

    static FlowBatch batch(SplittableRandom random, int rows) {
        FlowBatch batch = new FlowBatch(rows);
        batch.clear(FlowBatch.Rows.FLOWS);
        // Of all the ways a column can look there is one for the batch, and some rows are of none.
        int addresses = 1 << random.nextInt(1, 20);
        int wild = random.nextInt(3) == 0 ? 2 : 50_000;
        int fine = random.nextInt(2);
        for (int row = 0; row < rows; row++) {
            boolean isWild = random.nextInt(wild) == 0;
            long last = START + row * 1_000_000L * random.nextInt(3) + fine * random.nextLong(1_000_000);
            batch.lastNanos[row] = isWild ? random.nextLong() : last;
            batch.firstNanos[row] = isWild ? random.nextLong() : last - random.nextInt(60_000) * 1_000_000L;
            boolean isIpv6 = random.nextInt(4) == 0;
            long host = random.nextInt(addresses);
            batch.sourceHigh[row] = isWild ? random.nextLong() : isIpv6 ? 0x2001_0db8_0000_0000L : 0;
            batch.sourceLow[row] = isWild ? random.nextLong() : isIpv6 ? host : IpAddress.mapIpv4((int) host);
            batch.destinationHigh[row] = 0;
            batch.destinationLow[row] = IpAddress.mapIpv4(random.nextInt(addresses));
            batch.sourcePort[row] = (char) random.nextInt(0x1_0000);
            batch.destinationPort[row] = (char) (random.nextBoolean() ? 443 : 53);
            batch.protocol[row] = (byte) (isWild ? random.nextInt(256) : 6);
            batch.tcpFlags[row] = (byte) random.nextInt(isWild ? 256 : 4);
            batch.packets[row] = isWild ? random.nextLong() : random.nextInt(1, 1_000);
            batch.bytes[row] = isWild ? random.nextLong() : batch.packets[row] * random.nextInt(40, 1_500);
            batch.samplingRate[row] = isWild ? random.nextInt() : 100;
            batch.exporter[row] = isWild ? random.nextInt() : random.nextInt(1, 4);
            batch.ingressInterface[row] = isWild ? random.nextInt() : random.nextInt(8);
        }
        batch.size = rows;
        return batch;
    }

    static FlowBlock block(FlowBatch batch) {
        FlowBlock block = new FlowBlock();
        block.append(batch, 0);
        block.receivedFirstNanos = START;
        block.receivedLastNanos = START + 5_000_000_000L;
        return block;
    }

    static List<Row> rows(FlowBatch batch) {
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < batch.size; row++) {
            int index = batch.exporter[row];
            rows.add(new Row(
                    batch.firstNanos[row],
                    batch.lastNanos[row],
                    new IpAddress(batch.sourceHigh[row], batch.sourceLow[row]),
                    new IpAddress(batch.destinationHigh[row], batch.destinationLow[row]),
                    batch.sourcePort[row],
                    batch.destinationPort[row],
                    batch.protocol[row],
                    batch.tcpFlags[row],
                    batch.packets[row],
                    batch.bytes[row],
                    batch.samplingRate[row],
                    index > 0 && index <= 1_000 ? exporter(index) : new IpAddress(0, 0),
                    batch.ingressInterface[row]));
        }
        return rows;
    }

    static List<Row> rows(FlowBlock block, int[] numbers, int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int row = numbers[i];
            rows.add(new Row(
                    block.firstNanos[row],
                    block.lastNanos[row],
                    new IpAddress(block.sourceHigh[row], block.sourceLow[row]),
                    new IpAddress(block.destinationHigh[row], block.destinationLow[row]),
                    block.sourcePort[row],
                    block.destinationPort[row],
                    block.protocol[row],
                    block.tcpFlags[row],
                    block.packets[row],
                    block.bytes[row],
                    block.samplingRate[row],
                    block.exporterOf(row),
                    block.ingressInterface[row]));
        }
        return rows;
    }
}
