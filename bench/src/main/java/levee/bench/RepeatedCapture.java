package levee.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;

/** The file header of a capture and then its packets, over and over. */
final class RepeatedCapture extends EndlessCapture {
    private static final int FILE_HEADER = 24;

    private final ByteBuffer capture;
    private boolean begun;

    /** @param length of the capture in bytes, at the least */
    RepeatedCapture(Traffic traffic, int minimumFrame, int length) throws IOException {
        ByteArrayOutputStream made = new ByteArrayOutputStream();
        try (PcapWriter writer = new PcapWriter(Channels.newChannel(made), minimumFrame)) {
            while (writer.length() < length) {
                traffic.send(writer);
            }
        }
        capture = ByteBuffer.wrap(made.toByteArray());
    }

    @Override
    ByteBuffer more() {
        capture.position(begun ? FILE_HEADER : 0);
        begun = true;
        return capture;
    }
}
