package levee.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;

/** A capture that is made while it is read. */
final class GeneratedCapture extends EndlessCapture {
    private final Traffic traffic;
    private final ByteArrayOutputStream made = new ByteArrayOutputStream();
    private final PcapWriter writer;

    GeneratedCapture(Traffic traffic, int minimumFrame) throws IOException {
        this.traffic = traffic;
        writer = new PcapWriter(Channels.newChannel(made), minimumFrame);
    }

    @Override
    ByteBuffer more() throws IOException {
        // The writer has packets together before it writes.
        while (made.size() == 0) {
            traffic.send(writer);
        }
        ByteBuffer more = ByteBuffer.wrap(made.toByteArray());
        made.reset();
        return more;
    }
}
