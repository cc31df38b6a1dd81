package levee.engine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import levee.model.Prefix;
import levee.model.PrefixIndex;
import levee.telemetry.FlowBatch;

/**
 * How much traffic the own networks usually have: the mean rates of each minute of arrival, by network and direction, of the
 * last two to four weeks. The detecting thread counts; others may read and save meanwhile.
 *
 * <pre>
 * file   magic "LVLT" (4), version (2), begin of the older and of the newer half in seconds since 1970 (8, 8),
 *        areas (2), area..., CRC-32C of all before (8); all numbers in network order
 * area   name (2 and so many), 8 histograms: of the older, then of the newer half, packets and bits a second inbound, then
 *        outbound
 * </pre>
 */
public final class LearnedTraffic {
    /** Networks that are told apart; what lies in others is not counted. */
    static final int MOST_AREAS = 64;

    private static final int MAGIC = 0x4c56_4c54;
    private static final int VERSION = 1;
    private static final long NANOS_PER_MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final int SECONDS_PER_MINUTE = 60;

    /** After this time the older half is forgotten. */
    static final long HALF_SECONDS = TimeUnit.DAYS.toSeconds(14);

    private static final int KINDS = 4;
    private static final int IN_PACKETS = 0;
    private static final int IN_BITS = 1;
    private static final int OUT_PACKETS = 2;
    private static final int OUT_BITS = 3;

    // Changed by the detecting thread, which thus may read them as it likes.
    private volatile List<Area> areas = List.of();
    private PrefixIndex index = new PrefixIndex(List.of());

    // Of the detecting thread.
    private long minute = Long.MIN_VALUE;
    private boolean isWhole;
    private boolean anything;

    // Guarded by this.
    private long olderBegin = -1;
    private long newerBegin = -1;

    /** What is counted together. */
    private static final class Area {
        final String name;
        final long[] counts = new long[KINDS];
        RateHistogram[] older = histograms();
        RateHistogram[] newer = histograms();

        Area(String name) {
            this.name = name;
        }
    }

    /**
     * Means of a minute.
     *
     * @param percentile95 what 95 of 100 minutes do not exceed
     * @param percentile99 what 99 of 100 minutes do not exceed
     */
    public record Span(double median, double percentile95, double percentile99, double maximum) {}

    /** The traffic of a network. */
    public record Usual(
            String network,
            Span inboundPacketsPerSecond,
            Span inboundBitsPerSecond,
            Span outboundPacketsPerSecond,
            Span outboundBitsPerSecond) {}

    /**
     * What was learned.
     *
     * @param since when it began, if anything was seen
     * @param minutes of which anything was seen
     */
    public record Summary(Optional<Instant> since, long minutes, List<Usual> networks) {}

    /** @param networks told apart by their prefixes; the first 64 count */
    public LearnedTraffic(List<Prefix> networks) {
        apply(networks);
    }

    /** Counts other networks from now on. What was learned of those that stay is kept. */
    synchronized void apply(List<Prefix> networks) {
        Map<String, Area> before = new HashMap<>();
        areas.forEach(area -> before.put(area.name, area));
        List<Prefix> counted = networks.stream().distinct().limit(MOST_AREAS).toList();
        index = new PrefixIndex(counted);
        areas = counted.stream()
                .map(Prefix::toString)
                .map(name -> before.containsKey(name) ? before.get(name) : new Area(name))
                .toList();
    }

    private static RateHistogram[] histograms() {
        RateHistogram[] histograms = new RateHistogram[KINDS];
        for (int kind = 0; kind < KINDS; kind++) {
            histograms[kind] = new RateHistogram();
        }
        return histograms;
    }

    void count(FlowBatch batch) {
        anything |= batch.size > 0;
        for (int row = 0; row < batch.size; row++) {
            int to = index.find(batch.destinationHigh[row], batch.destinationLow[row]);
            int from = index.find(batch.sourceHigh[row], batch.sourceLow[row]);
            if (to != from) {
                count(to, from, IN_PACKETS, IN_BITS, batch, row);
                count(from, to, OUT_PACKETS, OUT_BITS, batch, row);
            }
        }
    }

    /** Counts a row for a network and those around it that do not hold the other end, too. */
    private void count(int network, int other, int packets, int bits, FlowBatch batch, int row) {
        for (int area = network; area != PrefixIndex.NONE && !holds(area, other); area = index.around(area)) {
            long[] counts = areas.get(area).counts;
            counts[packets] += batch.packets[row];
            counts[bits] += 8 * batch.bytes[row];
        }
    }

    private boolean holds(int area, int network) {
        int inner = network;
        while (inner != PrefixIndex.NONE && inner != area) {
            inner = index.around(inner);
        }
        return inner == area;
    }

    /** @param now nanoseconds since 1970 */
    void tick(long now) {
        long current = Math.floorDiv(now, NANOS_PER_MINUTE);
        if (current == minute) {
            return;
        }
        // A minute of which only a part was watched says nothing, nor does one in which no exporter sent anything.
        if (isWhole && anything) {
            note(minute * SECONDS_PER_MINUTE);
        }
        areas.forEach(area -> Arrays.fill(area.counts, 0));
        isWhole = current == minute + 1;
        anything = false;
        minute = current;
    }

    private synchronized void note(long second) {
        if (newerBegin < 0) {
            newerBegin = second;
        }
        if (second - newerBegin >= HALF_SECONDS) {
            olderBegin = newerBegin;
            newerBegin = second;
            for (Area area : areas) {
                area.older = area.newer;
                area.newer = histograms();
            }
        }
        for (Area area : areas) {
            for (int kind = 0; kind < KINDS; kind++) {
                area.newer[kind].add((double) area.counts[kind] / SECONDS_PER_MINUTE);
            }
        }
    }

    public synchronized Summary summary() {
        long begin = olderBegin >= 0 ? olderBegin : newerBegin;
        long minutes = 0;
        List<Usual> networks = new ArrayList<>();
        for (Area area : areas) {
            Span[] spans = new Span[KINDS];
            for (int kind = 0; kind < KINDS; kind++) {
                RateHistogram all = new RateHistogram();
                all.add(area.older[kind]);
                all.add(area.newer[kind]);
                minutes = Math.max(minutes, all.count());
                spans[kind] = new Span(all.quantile(0.5), all.quantile(0.95), all.quantile(0.99), all.maximum());
            }
            networks.add(new Usual(area.name, spans[IN_PACKETS], spans[IN_BITS], spans[OUT_PACKETS], spans[OUT_BITS]));
        }
        return new Summary(begin < 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(begin)), minutes, networks);
    }

    public synchronized void save(OutputStream stream) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(stream, new CRC32C());
        DataOutputStream out = new DataOutputStream(checked);
        out.writeInt(MAGIC);
        out.writeShort(VERSION);
        out.writeLong(olderBegin);
        out.writeLong(newerBegin);
        out.writeShort(areas.size());
        for (Area area : areas) {
            out.writeUTF(area.name);
            for (RateHistogram histogram : area.older) {
                histogram.write(out);
            }
            for (RateHistogram histogram : area.newer) {
                histogram.write(out);
            }
        }
        out.flush();
        out.writeLong(checked.getChecksum().getValue());
        out.flush();
    }

    /**
     * Reads what was saved. Networks that are no longer own ones are left out, and new ones begin empty.
     *
     * @throws IOException if it cannot be read, or is not what was written; nothing was taken then
     */
    public void load(InputStream stream, Instant now) throws IOException {
        try {
            read(stream, now.getEpochSecond());
        } catch (EOFException e) {
            throw new IOException("it ends too early", e);
        } catch (UTFDataFormatException e) {
            throw new IOException("a name in it is no text", e);
        }
    }

    private void read(InputStream stream, long nowSecond) throws IOException {
        CheckedInputStream checked = new CheckedInputStream(stream, new CRC32C());
        DataInputStream in = new DataInputStream(checked);
        if (in.readInt() != MAGIC) {
            throw new IOException("it is no file of learned traffic");
        }
        int version = in.readUnsignedShort();
        if (version != VERSION) {
            throw new IOException("it is of version " + version + ", which is not read");
        }
        long older = in.readLong();
        long newer = in.readLong();
        int count = in.readUnsignedShort();
        if (count > MOST_AREAS || older < -1 || newer < -1) {
            throw new IOException("it says what is not possible");
        }
        Map<String, RateHistogram[]> saved = new HashMap<>();
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            RateHistogram[] histograms = new RateHistogram[2 * KINDS];
            for (int kind = 0; kind < histograms.length; kind++) {
                histograms[kind] = RateHistogram.read(in);
            }
            saved.put(name, histograms);
        }
        long checksum = checked.getChecksum().getValue();
        if (in.readLong() != checksum) {
            throw new IOException("its checksum is wrong");
        }
        if (in.read() >= 0) {
            throw new IOException("something follows its end");
        }
        take(saved, Math.min(older, nowSecond), Math.min(newer, nowSecond));
    }

    private synchronized void take(Map<String, RateHistogram[]> saved, long older, long newer) {
        olderBegin = older;
        newerBegin = newer;
        for (Area area : areas) {
            RateHistogram[] histograms = saved.get(area.name);
            if (histograms != null) {
                System.arraycopy(histograms, 0, area.older, 0, KINDS);
                System.arraycopy(histograms, KINDS, area.newer, 0, KINDS);
            }
        }
    }
}
