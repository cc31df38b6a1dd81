package levee.bench.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import levee.flowexport.ExportFormat;
import levee.model.IpAddress;

/**
 * The export datagrams of a capture, to be sent over and over at another target: as they were, or with times and
 * sequence numbers as if they were of now.
 */
final class ExportReplay {
    private static final int UDP = 17;
    private static final int UDP_HEADER = 8;
    private static final long MILLIS_PER_SECOND = 1_000;
    private static final long UPTIME_MILLIS = 3_600_000;

    // Numbers of elements, RFC 5102.
    private static final int FLOW_END_UPTIME = 21;
    private static final int FLOW_START_UPTIME = 22;
    private static final int FLOW_START_SECONDS = 150;
    private static final int FLOW_END_SECONDS = 151;
    private static final int FLOW_START_MILLIS = 152;
    private static final int FLOW_END_MILLIS = 153;
    private static final int VARIABLE = 0xffff;

    private final ExportFormat format;
    private final List<byte[]> datagrams;
    private final List<int[]> targets = new ArrayList<>();
    private final byte[] target;
    private final Map<Integer, Layout> layouts = new HashMap<>();
    private final long bootMillis = System.currentTimeMillis() - UPTIME_MILLIS;
    private int next;
    private int sequence;

    /**
     * Where the times of a record are.
     *
     * @param length of a record
     * @param uptimes offsets of 32 bits of milliseconds
     * @param seconds offsets of 32 bits of seconds
     * @param millis offsets of 64 bits of milliseconds
     */
    private record Layout(int length, List<Integer> uptimes, List<Integer> seconds, List<Integer> millis) {}

    /** @param target the address that the attack is on */
    ExportReplay(Path capture, ExportFormat format, IpAddress target) throws IOException {
        this.format = format;
        this.target = bytes(target);
        datagrams = read(Files.readAllBytes(capture));
        datagrams.forEach(datagram -> targets.add(find(datagram, this.target)));
        if (targets.stream().noneMatch(found -> found.length > 0)) {
            throw new IOException(target + " is in no datagram of " + capture);
        }
    }

    private static byte[] bytes(IpAddress address) {
        return address.isIpv4()
                ? ByteBuffer.allocate(4).putInt((int) address.low()).array()
                : ByteBuffer.allocate(16)
                        .putLong(address.high())
                        .putLong(address.low())
                        .array();
    }

    private static int[] find(byte[] datagram, byte[] wanted) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i + wanted.length <= datagram.length; i++) {
            if (Arrays.equals(datagram, i, i + wanted.length, wanted, 0, wanted.length)) {
                found.add(i);
                i += wanted.length - 1;
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Of a capture of Ethernet, in the order and resolution of any machine. */
    private static List<byte[]> read(byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        int magic = buffer.getInt(0);
        boolean isLittle = magic == 0xd4c3b2a1 || magic == 0x4d3cb2a1;
        buffer.order(isLittle ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        List<byte[]> datagrams = new ArrayList<>();
        int at = 24;
        while (at + 16 <= file.length) {
            int length = buffer.getInt(at + 8);
            int packet = at + 16 + 14;
            at += 16 + length;
            int udp = packet + (file[packet] >>> 4 == 4 ? (file[packet] & 0xf) * 4 : 40);
            int protocol = file[packet + (file[packet] >>> 4 == 4 ? 9 : 6)];
            if (protocol == UDP && udp + UDP_HEADER <= at) {
                int size = (file[udp + 4] & 0xff) << 8 | file[udp + 5] & 0xff;
                datagrams.add(Arrays.copyOfRange(file, udp + UDP_HEADER, Math.min(at, udp + size)));
            }
        }
        return datagrams;
    }

    /** Begins with the first datagram again, with the next sequence number. */
    void rewind() {
        next = 0;
    }

    /** Whether {@link #next} will tell of the target. */
    boolean tellsOfTarget() {
        return targets.get(next).length > 0;
    }

    /**
     * The next datagram.
     *
     * @param to takes the place of the target
     * @param asOfNow whether it has times and sequence numbers of now
     */
    ByteBuffer next(IpAddress to, boolean asOfNow) {
        ByteBuffer datagram = ByteBuffer.wrap(datagrams.get(next).clone());
        for (int at : targets.get(next)) {
            datagram.put(at, bytes(to));
        }
        next = next + 1 == datagrams.size() ? 0 : next + 1;
        if (asOfNow) {
            renew(datagram, System.currentTimeMillis());
        }
        return datagram;
    }

    private void renew(ByteBuffer datagram, long nowMillis) {
        int uptime = (int) (nowMillis - bootMillis);
        int seconds = (int) (nowMillis / MILLIS_PER_SECOND);
        switch (format) {
            case NETFLOW_V5 -> {
                int later = uptime - datagram.getInt(4);
                datagram.putInt(4, uptime);
                datagram.putInt(8, seconds);
                datagram.putInt(12, (int) (nowMillis % MILLIS_PER_SECOND) * 1_000_000);
                datagram.putInt(16, sequence);
                int records = datagram.getChar(2);
                for (int i = 0; i < records; i++) {
                    add(datagram, 24 + i * 48 + 24, later);
                    add(datagram, 24 + i * 48 + 28, later);
                }
                sequence += records;
            }
            case NETFLOW_V9 -> {
                int later = uptime - datagram.getInt(4);
                int laterSeconds = seconds - datagram.getInt(8);
                datagram.putInt(4, uptime);
                datagram.putInt(8, seconds);
                datagram.putInt(12, sequence++);
                sets(datagram, 20, later, laterSeconds);
            }
            case IPFIX -> {
                int laterSeconds = seconds - datagram.getInt(4);
                datagram.putInt(4, seconds);
                datagram.putInt(8, sequence);
                sequence += sets(datagram, 16, laterSeconds * (int) MILLIS_PER_SECOND, laterSeconds);
            }
            case SFLOW -> {
                // After the agent's address and its sub-agent.
                int at = datagram.getInt(4) == 1 ? 16 : 28;
                datagram.putInt(at, sequence++);
                datagram.putInt(at + 4, uptime);
            }
        }
    }

    private static void add(ByteBuffer datagram, int at, int value) {
        datagram.putInt(at, datagram.getInt(at) + value);
    }

    /** Goes through the sets of NetFlow v9 or IPFIX; returns how many data records there are. */
    private int sets(ByteBuffer datagram, int from, int laterUptime, int laterSeconds) {
        int records = 0;
        int at = from;
        while (at + 4 <= datagram.limit()) {
            int id = datagram.getChar(at);
            int length = datagram.getChar(at + 2);
            int end = Math.min(datagram.limit(), at + length);
            if (length < 4) {
                break;
            }
            Layout layout = layouts.get(id);
            switch (id) {
                case 0, 2 -> templates(datagram, at + 4, end);
                case 1, 3 -> options(datagram, at + 4, end);
                default -> {
                    int record = at + 4;
                    while (layout != null && record + layout.length() <= end) {
                        int start = record;
                        layout.uptimes().forEach(offset -> add(datagram, start + offset, laterUptime));
                        layout.seconds().forEach(offset -> add(datagram, start + offset, laterSeconds));
                        layout.millis()
                                .forEach(offset -> datagram.putLong(
                                        start + offset,
                                        datagram.getLong(start + offset) + laterSeconds * MILLIS_PER_SECOND));
                        record += layout.length();
                        records++;
                    }
                }
            }
            at = end;
        }
        return records;
    }

    private void templates(ByteBuffer datagram, int from, int end) {
        int at = from;
        while (at + 4 <= end) {
            int id = datagram.getChar(at);
            int fields = datagram.getChar(at + 2);
            at += 4;
            at = layout(datagram, id, at, fields);
        }
    }

    private void options(ByteBuffer datagram, int from, int end) {
        if (from + 6 > end) {
            return;
        }
        int id = datagram.getChar(from);
        int fields = format == ExportFormat.IPFIX
                ? datagram.getChar(from + 2)
                : (datagram.getChar(from + 2) + datagram.getChar(from + 4)) / 4;
        layout(datagram, id, from + 6, fields);
    }

    private int layout(ByteBuffer datagram, int id, int from, int fields) {
        List<Integer> uptimes = new ArrayList<>();
        List<Integer> seconds = new ArrayList<>();
        List<Integer> millis = new ArrayList<>();
        int at = from;
        int length = 0;
        for (int i = 0; i < fields; i++) {
            int element = datagram.getChar(at);
            int width = datagram.getChar(at + 2);
            at += 4;
            if (format == ExportFormat.IPFIX && element >>> 15 == 1) {
                at += 4;
            }
            if (width == VARIABLE) {
                throw new IllegalArgumentException("records of variable length cannot be given other times");
            }
            switch (element) {
                case FLOW_START_UPTIME, FLOW_END_UPTIME -> uptimes.add(length);
                case FLOW_START_SECONDS, FLOW_END_SECONDS -> seconds.add(length);
                case FLOW_START_MILLIS, FLOW_END_MILLIS -> millis.add(length);
                default -> {
                    // No time.
                }
            }
            length += width;
        }
        layouts.put(id, new Layout(length, uptimes, seconds, millis));
        return at;
    }
}
