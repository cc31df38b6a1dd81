package levee.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.function.Function;
import levee.drill.Drill;
import levee.drill.PacketSink;

/** The file that a drill would be written to, played as it is read: never more than a piece of it is in memory. */
final class DrillBytes implements ReadableByteChannel {
    private final Drill drill;
    private final Piece piece = new Piece();
    private final PacketSink sink;
    private boolean isOpen = true;
    private boolean isOver;

    /** @param format of the file, over the stream that it is given */
    DrillBytes(Drill drill, Function<OutputStream, PacketSink> format) {
        this.drill = drill;
        sink = format.apply(piece);
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        while (piece.isEmpty() && !isOver) {
            if (drill.advance()) {
                sink.write(drill.packet());
            } else {
                isOver = true;
                sink.close();
            }
        }
        return piece.isEmpty() ? -1 : piece.read(to);
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public void close() {
        isOpen = false;
    }

    /** What is written and not yet read. */
    private static final class Piece extends OutputStream {
        private byte[] bytes = new byte[1 << 16];
        private int start;
        private int end;

        boolean isEmpty() {
            return start == end;
        }

        int read(ByteBuffer to) {
            int length = Math.min(to.remaining(), end - start);
            to.put(bytes, start, length);
            start += length;
            return length;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            if (isEmpty()) {
                start = 0;
                end = 0;
            }
            if (length > bytes.length - end) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + length));
            }
            System.arraycopy(from, offset, bytes, end, length);
            end += length;
        }
    }
}
