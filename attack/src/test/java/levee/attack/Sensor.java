package levee.attack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import levee.telemetry.FlowBatch;
import levee.telemetry.FlowBatch.Rows;

/**
 * What a device makes of the packets that it sees: samples of them, or flow records, or flow records of samples.
 *
 * @param rate one in how many packets is seen
 * @param flows whether packets are put together into flow records, which end after 15 s without a packet or 60 s after
 *     their first
 * @param exporter index of the device, 0 for none
 */
record Sensor(int rate, boolean flows, int exporter) {
    private static final long SECOND = 1_000_000_000L;
    private static final long INACTIVE_NANOS = 15 * SECOND;
    private static final long ACTIVE_NANOS = 60 * SECOND;

    static Sensor packets(int rate) {
        return new Sensor(rate, false, 1);
    }

    static Sensor flows(int rate) {
        return new Sensor(rate, true, 1);
    }

    Sensor of(int otherExporter) {
        return new Sensor(rate, flows, otherExporter);
    }

    /** A row, and when it is told. */
    record Told(long nanos, long first, long last, Packet packet, long packets, long bytes, int flags, int exporter) {
        void write(FlowBatch batch, int rate) {
            int row = batch.size;
            packet.write(batch, (int) nanos);
            batch.firstNanos[row] = first;
            batch.lastNanos[row] = last;
            batch.packets[row] = packets * rate;
            batch.bytes[row] = bytes * rate;
            batch.samplingRate[row] = rate;
            batch.exporter[row] = exporter;
            batch.ingressInterface[row] = exporter == 0 ? 0 : 10 * exporter;
            batch.tcpFlags[row] = (byte) flags;
            if (!batch.rows.arePackets()) {
                batch.payloadHint[row] = 0;
                batch.tcpSequence[row] = 0;
                batch.tcpWindow[row] = 0;
                batch.timeToLive[row] = 0;
                batch.ipIdentification[row] = 0;
            }
        }
    }

    Rows rows() {
        return flows ? Rows.FLOWS : rate > 1 ? Rows.SAMPLES : Rows.PACKETS;
    }

    /** The rows in the order in which they are told. */
    List<Told> told(List<Packet> packets) {
        SplittableRandom random = new SplittableRandom(rate + exporter);
        List<Packet> seen = rate == 1
                ? packets
                : packets.stream().filter(p -> random.nextInt(rate) == 0).toList();
        return flows ? records(seen) : seen.stream().map(this::single).toList();
    }

    private Told single(Packet packet) {
        return new Told(
                packet.nanos(), packet.nanos(), packet.nanos(), packet, 1, packet.length(), packet.flags(), exporter);
    }

    private record Key(Endpoint from, Endpoint to, int protocol, boolean laterFragment) {}

    private static final class Cached {
        private final Packet packet;
        private long last;
        private long packets;
        private long bytes;
        private int flags;

        Cached(Packet packet) {
            this.packet = packet;
            last = packet.nanos();
        }
    }

    private List<Told> records(List<Packet> seen) {
        Map<Key, Cached> cache = new HashMap<>();
        List<Told> told = new ArrayList<>();
        for (Packet packet : seen) {
            Key key = new Key(packet.from(), packet.to(), packet.protocol(), packet.fragment() != 0);
            Cached cached = cache.get(key);
            if (cached != null
                    && (packet.nanos() - cached.last > INACTIVE_NANOS
                            || packet.nanos() - cached.packet.nanos() > ACTIVE_NANOS)) {
                told.add(record(cached));
                cached = null;
            }
            if (cached == null) {
                cached = new Cached(packet);
                cache.put(key, cached);
            }
            cached.last = packet.nanos();
            cached.packets++;
            cached.bytes += packet.length();
            cached.flags |= packet.flags();
        }
        cache.values().forEach(cached -> told.add(record(cached)));
        told.sort(Comparator.comparingLong(Told::nanos)
                .thenComparingLong(Told::first)
                .thenComparing(t -> t.packet().from().toString())
                .thenComparing(t -> t.packet().to().toString()));
        return told;
    }

    private Told record(Cached cached) {
        long active = cached.packet.nanos() + ACTIVE_NANOS;
        return new Told(
                Math.min(cached.last + INACTIVE_NANOS, Math.max(active, cached.last)),
                cached.packet.nanos(),
                cached.last,
                cached.packet,
                cached.packets,
                cached.bytes,
                cached.flags,
                exporter);
    }
}
