package levee.origin;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import levee.model.AddressRanges;
import levee.model.IpAddress;

/**
 * Which autonomous system announces which addresses. Looked up without allocating; 8 bytes for each border of IPv4, 20 of
 * IPv6, and the names once.
 *
 * <p>The file: {@code LVAS}, a version (1 byte), the number of systems (4) with number (4) and name (modified UTF-8, 2 bytes
 * of length) of each, the number of borders (4) with high (8) and low half (8) of the address and the system from there on
 * (4; -1 for none), and the CRC-32 of it all (8).
 */
public final class OriginTable {
    /** Where no system is known. */
    public static final int NONE = AddressRanges.NONE;

    public static final OriginTable EMPTY = new OriginTable(AddressRanges.EMPTY, new int[0], new String[0]);

    /** What a file begins with, as an int. */
    static final int MAGIC = 'L' << 24 | 'V' << 16 | 'A' << 8 | 'S';

    private static final int VERSION = 1;
    private static final int MOST_SYSTEMS = 1 << 21;
    private static final int MOST_BORDERS = 1 << 25;
    private static final int BUFFER = 1 << 16;

    private final AddressRanges ranges;
    private final int[] numbers;
    private final String[] names;

    /**
     * @param ranges with indexes of the systems
     * @param numbers of the systems, unsigned
     */
    OriginTable(AddressRanges ranges, int[] numbers, String[] names) {
        this.ranges = ranges;
        this.numbers = numbers;
        this.names = names;
    }

    /** The index of the system that announces an address, or {@link #NONE}. */
    public int find(long high, long low) {
        return ranges.find(high, low);
    }

    /** The number of the system of an index, 1 to 4,294,967,295. */
    public long number(int index) {
        return Integer.toUnsignedLong(numbers[index]);
    }

    /** The name of the system of an index; may be empty. */
    public String name(int index) {
        return names[index];
    }

    public int systems() {
        return numbers.length;
    }

    public int borders() {
        return ranges.borders();
    }

    public boolean isEmpty() {
        return numbers.length == 0;
    }

    public void write(OutputStream out) throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(new BufferedOutputStream(out, BUFFER), new CRC32());
        DataOutputStream data = new DataOutputStream(checked);
        data.writeInt(MAGIC);
        data.writeByte(VERSION);
        data.writeInt(numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            data.writeInt(numbers[i]);
            data.writeUTF(names[i]);
        }
        data.writeInt(ranges.borders());
        ranges.visit((high, low, value) -> {
            data.writeLong(high);
            data.writeLong(low);
            data.writeInt(value);
        });
        data.flush();
        data.writeLong(checked.getChecksum().getValue());
        data.flush();
    }

    /** @throws IOException if it cannot be read, or is no whole table; the message says what is wrong */
    public static OriginTable read(InputStream in) throws IOException {
        CheckedInputStream checked = new CheckedInputStream(new BufferedInputStream(in, BUFFER), new CRC32());
        DataInputStream data = new DataInputStream(checked);
        try {
            if (data.readInt() != MAGIC || data.readByte() != VERSION) {
                throw new IOException("it is no table of origins that this version knows");
            }
            int systems = count(data.readInt(), MOST_SYSTEMS);
            int[] numbers = new int[systems];
            String[] names = new String[systems];
            for (int i = 0; i < systems; i++) {
                numbers[i] = data.readInt();
                names[i] = data.readUTF();
            }
            AddressRanges ranges = ranges(data, count(data.readInt(), MOST_BORDERS), systems);
            long sum = checked.getChecksum().getValue();
            if (data.readLong() != sum) {
                throw new IOException("it is damaged: its checksum is wrong");
            }
            return new OriginTable(ranges, numbers, names);
        } catch (EOFException e) {
            throw new IOException("it is damaged: its end is missing", e);
        } catch (IllegalArgumentException e) {
            throw new IOException("it is damaged: " + e.getMessage(), e);
        }
    }

    private static int count(int count, int most) throws IOException {
        if (count < 0 || count > most) {
            throw new IOException("it is damaged: it would have " + Integer.toUnsignedLong(count) + " entries");
        }
        return count;
    }

    /** A border is the end of the range before it, if that is of the same family. */
    private static AddressRanges ranges(DataInputStream data, int borders, int systems) throws IOException {
        AddressRanges.Builder builder = new AddressRanges.Builder();
        IpAddress start = null;
        int value = NONE;
        for (int i = 0; i < borders; i++) {
            IpAddress border = new IpAddress(data.readLong(), data.readLong());
            boolean isSameFamily = start != null && start.isIpv4() == border.isIpv4();
            if (start != null && value != NONE) {
                builder.add(start, isSameFamily ? before(border) : last(start), value);
            }
            start = border;
            value = data.readInt();
            if (value < NONE || value >= systems) {
                throw new IOException("it is damaged: it names a system that it does not have");
            }
        }
        if (start != null && value != NONE) {
            builder.add(start, last(start), value);
        }
        return builder.build();
    }

    private static IpAddress before(IpAddress address) {
        return new IpAddress(address.low() == 0 ? address.high() - 1 : address.high(), address.low() - 1);
    }

    private static IpAddress last(IpAddress ofFamily) {
        return ofFamily.isIpv4() ? IpAddress.ofIpv4(-1) : new IpAddress(-1, -1);
    }
}
