package levee.capture;

import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;

/**
 * Reads the line in which each side of an SSH connection says its version (RFC 4253 section 4.2). A packet alone does not
 * say whose it is: the side with the lower port is taken for the server.
 */
final class SshVersion {
    /** With the line feed. */
    private static final int LONGEST_LINE = 255;

    /** "SSH-2.0-" */
    private static final int SHORTEST = 8;

    private SshVersion() {}

    static void read(byte[] bytes, int length, EventWriter writer) {
        int end = Octets.find(bytes, 0, Math.min(length, LONGEST_LINE), '\n');
        if (end == length || end == LONGEST_LINE || end < SHORTEST) {
            return;
        }
        // "SSH-2.0-" or, of a server that knows the older protocol, too, "SSH-1.99-"
        boolean fits = Octets.isDigit(bytes[4])
                && bytes[5] == '.'
                && Octets.isDigit(bytes[6])
                && (bytes[7] == '-' || Octets.isDigit(bytes[7]));
        if (!fits || !isPrintable(bytes, end)) {
            return;
        }
        int trimmed = Octets.trimmed(bytes, 0, end);
        boolean isServer = writer.sourcePort() < writer.destinationPort();
        EventBatch events = writer.events();
        if (isServer) {
            writer.response(EventKind.SSH);
            events.write(Text.MORE, bytes, 0, trimmed);
        } else {
            writer.request(EventKind.SSH);
            events.write(Text.DETAIL, bytes, 0, trimmed);
        }
    }

    /** RFC 4253 allows printable characters of ASCII; comments with others are seen. */
    private static boolean isPrintable(byte[] bytes, int end) {
        for (int i = 0; i < end; i++) {
            if (bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
