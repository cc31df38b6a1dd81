package levee.drill;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a capture of the packets. */
public final class PcapSink implements PacketSink {
    private final PcapWriter capture;
    private final FrameEncoder encoder = new FrameEncoder();

    public PcapSink(OutputStream out) {
        capture = new PcapWriter(out);
    }

    @Override
    public void write(Packet packet) throws IOException {
        encoder.encode(packet, capture.begin());
        capture.end(packet.nanos);
    }

    @Override
    public void close() throws IOException {
        capture.close();
    }
}
