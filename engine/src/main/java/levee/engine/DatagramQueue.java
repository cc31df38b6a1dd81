package levee.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;
import levee.capture.PacketListener;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.Fragment;

/** Keeps the UDP datagrams of the packets that a capture is read as, until they are taken. */
final class DatagramQueue implements PacketListener {
    private static final int FIRST_BYTES = 1 << 16;

    private long[] sourceHigh = {};
    private long[] sourceLow = {};
    private long[] nanos = {};
    private int[] offsets = {};
    private int[] lengths = {};
    private byte[] bytes = new byte[FIRST_BYTES];
    private int end;
    private int size;
    private int taken;
    private FlowBatch batch = new FlowBatch(0);

    /** Forgets what it holds, and listens to the packets that {@code next} will be filled with. */
    void listenTo(FlowBatch next) {
        batch = next;
        if (sourceHigh.length < next.capacity) {
            sourceHigh = new long[next.capacity];
            sourceLow = new long[next.capacity];
            nanos = new long[next.capacity];
            offsets = new int[next.capacity];
            lengths = new int[next.capacity];
        }
        end = 0;
        size = 0;
        taken = 0;
    }

    /** Fragments are passed over: their datagram is not put together again. */
    @Override
    public void note(int row, int frameLength, int fragmentOffset, ByteBuffer packet, int start, int limit) {
        boolean isFragment = (batch.fragment[row] & Fragment.FRAGMENT) != 0;
        if (batch.protocol[row] != Protocols.UDP || isFragment || start >= limit || size == sourceHigh.length) {
            return;
        }
        int length = limit - start;
        if (length > bytes.length - end) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end + length));
        }
        packet.get(start, bytes, end, length);
        sourceHigh[size] = batch.sourceHigh[row];
        sourceLow[size] = batch.sourceLow[row];
        nanos[size] = batch.firstNanos[row];
        offsets[size] = end;
        lengths[size] = length;
        end += length;
        size++;
    }

    /** Goes on to the next datagram; false if there is none. */
    boolean next() {
        if (taken == size) {
            return false;
        }
        taken++;
        return true;
    }

    /** Lets {@link #next} begin anew with the first one. */
    void rewind() {
        taken = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Of the datagram that {@link #next} went on to, in {@link #bytes}. */
    int offset() {
        return offsets[taken - 1];
    }

    int length() {
        return lengths[taken - 1];
    }

    long sourceHigh() {
        return sourceHigh[taken - 1];
    }

    long sourceLow() {
        return sourceLow[taken - 1];
    }

    long nanos() {
        return nanos[taken - 1];
    }
}
