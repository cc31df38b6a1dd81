package levee.attack;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import levee.detection.AdaptiveBaseline;
import levee.model.IpAddress;
import levee.model.Prefix;

/**
 * Keeps {@link LearnedRates} over a restart. All numbers are in network order:
 *
 * <pre>
 * file   magic "LVLR" (4), version (2), classes (2), name of class (2 and so many)..., entries (4), entry...,
 *        CRC-32C of all before (8)
 * entry  address (16), prefix length of 128 (1), class, a place in the list of names (2), log2 of 1 + usual packets
 *        per second (8), highest packets per second (8), observations (8), second of the last since 1970 (8)
 * </pre>
 */
public final class LearnedRatesFile {
    private static final int MAGIC = 0x4c56_4c52;
    private static final int VERSION = 1;

    private LearnedRatesFile() {}

    public static void save(LearnedRates learned, OutputStream stream) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(stream, new CRC32C());
        DataOutputStream out = new DataOutputStream(checked);
        out.writeInt(MAGIC);
        out.writeShort(VERSION);
        out.writeShort(TrafficClass.ICMP_ERROR);
        for (int trafficClass = 1; trafficClass <= TrafficClass.ICMP_ERROR; trafficClass++) {
            out.writeUTF(LearnedRates.name(trafficClass));
        }
        List<LearnedRates.Entry> entries = learned.entries();
        out.writeInt(entries.size());
        for (LearnedRates.Entry entry : entries) {
            out.writeLong(entry.high());
            out.writeLong(entry.low());
            out.writeByte(entry.bits());
            out.writeShort(entry.trafficClass() - 1);
            out.writeDouble(entry.logarithm());
            out.writeDouble(entry.highest());
            out.writeLong(entry.observations());
            out.writeLong(entry.lastSecond());
        }
        out.flush();
        out.writeLong(checked.getChecksum().getValue());
        out.flush();
    }

    /**
     * Reads what was saved. Entries that are too old, or of classes that this version does not know, are left out.
     *
     * @param nowSecond seconds since 1970
     * @throws IOException if it cannot be read, or is not what was written; nothing was taken then
     */
    public static void load(LearnedRates learned, InputStream stream, long nowSecond) throws IOException {
        List<LearnedRates.Entry> entries;
        try {
            entries = read(stream);
        } catch (EOFException e) {
            throw new IOException("it ends too early", e);
        } catch (UTFDataFormatException e) {
            throw new IOException("a name in it is no text", e);
        }
        entries.forEach(entry -> learned.put(entry, nowSecond));
    }

    private static List<LearnedRates.Entry> read(InputStream stream) throws IOException {
        CheckedInputStream checked = new CheckedInputStream(stream, new CRC32C());
        DataInputStream in = new DataInputStream(checked);
        if (in.readInt() != MAGIC) {
            throw new IOException("it is no file of learned rates");
        }
        int version = in.readUnsignedShort();
        if (version != VERSION) {
            throw new IOException("it is of version " + version + ", which is not read");
        }
        List<Optional<Integer>> classes = new ArrayList<>();
        int names = in.readUnsignedShort();
        for (int i = 0; i < names; i++) {
            classes.add(LearnedRates.trafficClass(in.readUTF()));
        }
        int count = in.readInt();
        if (count < 0 || count > LearnedRates.USUAL_CAPACITY) {
            throw new IOException("it says that it holds " + count + " entries");
        }
        List<LearnedRates.Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entry(in, classes).ifPresent(entries::add);
        }
        long checksum = checked.getChecksum().getValue();
        if (in.readLong() != checksum) {
            throw new IOException("its checksum is wrong");
        }
        if (in.read() >= 0) {
            throw new IOException("something follows its end");
        }
        return entries;
    }

    private static Optional<LearnedRates.Entry> entry(DataInputStream in, List<Optional<Integer>> classes)
            throws IOException {
        long high = in.readLong();
        long low = in.readLong();
        int bits = in.readUnsignedByte();
        int number = in.readUnsignedShort();
        double logarithm = in.readDouble();
        double highest = in.readDouble();
        long observations = in.readLong();
        long lastSecond = in.readLong();
        int least = TargetLevel.HOST_BITS - new IpAddress(high, low).bits();
        // A NaN is not in any range.
        boolean isSound = bits >= least
                && bits <= TargetLevel.HOST_BITS
                && (high & ~Prefix.highMask(bits)) == 0
                && (low & ~Prefix.lowMask(bits)) == 0
                && number < classes.size()
                && logarithm >= 0
                && logarithm <= AdaptiveBaseline.LARGEST_LOGARITHM
                && highest >= 0
                && highest <= Long.MAX_VALUE
                && observations >= 1
                && lastSecond >= 0;
        if (!isSound) {
            throw new IOException("an entry in it is not possible");
        }
        return classes.get(number)
                .map(trafficClass -> new LearnedRates.Entry(
                        high, low, bits, trafficClass, logarithm, highest, observations, lastSecond));
    }
}
