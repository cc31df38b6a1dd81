package levee.drill;

import java.io.Closeable;
import java.io.IOException;

/** Where the packets of a drill go, in the order of time. */
public interface PacketSink extends Closeable {

    /** @param packet is used again for the next one */
    void write(Packet packet) throws IOException;
}
