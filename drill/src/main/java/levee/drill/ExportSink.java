package levee.drill;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import levee.flowexport.ExportFormat;
import levee.model.Protocols;

/** Writes a capture of the datagrams by which a router, 192.0.2.1, tells a collector, 192.0.2.2, of the packets. */
public final class ExportSink implements PacketSink {
    private static final int ROUTER = 0xc000_0201;
    private static final int COLLECTOR = 0xc000_0202;
    private static final int ROUTER_PORT = 50_000;
    private static final int COLLECTOR_PORT = 2_055;
    private static final int IPV4_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int TIME_TO_LIVE = 64;

    private final PcapWriter capture;
    private final ExportingRouter router;

    /** @param samplingRate one in how many packets the router looks at */
    public ExportSink(OutputStream out, Scenario scenario, ExportFormat format, int samplingRate) {
        capture = new PcapWriter(out);
        router = new ExportingRouter(scenario, format, samplingRate, this::send);
    }

    @Override
    public void write(Packet packet) throws IOException {
        try {
            router.see(packet);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void send(long nanos, byte[] datagram, int length) {
        try {
            ByteBuffer to = capture.begin();
            to.putInt(0x0200_0000).putShort((short) 3).putInt(0x0200_0000).putShort((short) 1);
            to.putShort((short) ETHERTYPE_IPV4);
            int start = to.position();
            to.putShort((short) 0x4500).putShort((short) (IPV4_HEADER + UDP_HEADER + length));
            to.putInt(0).put((byte) TIME_TO_LIVE).put((byte) Protocols.UDP).putShort((short) 0);
            to.putInt(ROUTER).putInt(COLLECTOR);
            to.putShort(start + 10, FrameEncoder.checksum(FrameEncoder.sum(to, start, to.position())));
            // Without a checksum, as UDP over IPv4 may be (RFC 768).
            to.putShort((short) ROUTER_PORT).putShort((short) COLLECTOR_PORT);
            to.putShort((short) (UDP_HEADER + length)).putShort((short) 0);
            to.put(datagram, 0, length);
            capture.end(nanos);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try (capture) {
            router.close();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
