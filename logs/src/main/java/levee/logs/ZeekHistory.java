package levee.logs;

import static levee.telemetry.TcpFlags.ACK;
import static levee.telemetry.TcpFlags.FIN;
import static levee.telemetry.TcpFlags.PSH;
import static levee.telemetry.TcpFlags.RST;
import static levee.telemetry.TcpFlags.SYN;

/**
 * Zeek's {@code history}: a letter for each kind of packet in order of its first appearance, upper case for those of
 * the originator. Letters that say nothing about flags (bad checksum) still say that the side sent.
 */
final class ZeekHistory {
    private static final byte DIRECTION_FLIPPED = '^';

    private Letters originator = new Letters();
    private Letters responder = new Letters();
    private boolean completed;

    void read(byte[] bytes, int start, int end) {
        originator.clear();
        responder.clear();
        completed = false;
        for (int i = start; i < end; i++) {
            byte letter = bytes[i];
            if (letter >= 'A' && letter <= 'Z') {
                originator.add(letter | 0x20);
                completed |= responder.speaks && originator.opened() && goesOn(letter | 0x20);
            } else if (letter >= 'a' && letter <= 'z') {
                responder.add(letter);
            } else if (letter == DIRECTION_FLIPPED) {
                flip();
            }
        }
    }

    /** What stood before was told with the sides exchanged. */
    private void flip() {
        Letters letters = originator;
        originator = responder;
        responder = letters;
        completed = false;
    }

    private static boolean goesOn(int letter) {
        return switch (letter) {
            case 'a', 'd', 'f', 't', 'w' -> true;
            default -> false;
        };
    }

    Letters originator() {
        return originator;
    }

    Letters responder() {
        return responder;
    }

    /** The originator's SYN was seen. */
    boolean started() {
        return originator.opened();
    }

    /** The originator, whose SYN was seen, sent something other than a RST after the responder spoke. */
    boolean completed() {
        return completed;
    }

    /** What one side sent. */
    static final class Letters {
        boolean sends;

        /** Sent something other than a RST. */
        boolean speaks;

        int flags;

        private boolean opened;

        private void clear() {
            sends = false;
            speaks = false;
            flags = 0;
            opened = false;
        }

        private boolean opened() {
            return opened;
        }

        private void add(int letter) {
            switch (letter) {
                case 's' -> {
                    opened = true;
                    flags |= SYN;
                }
                case 'h' -> flags |= SYN | ACK;
                case 'a', 'w' -> flags |= ACK;
                case 'd', 't' -> flags |= PSH | ACK;
                case 'f' -> flags |= FIN;
                case 'r' -> flags |= RST;
                // Contradictory: FIN with RST, and SYN with either.
                case 'i' -> flags |= FIN | RST;
                case 'q' -> flags |= SYN;
                case 'g', 'x' -> {
                    // A gap, or the end of the analysis: no packet.
                    return;
                }
                default -> {}
            }
            sends = true;
            speaks |= letter != 'r';
        }
    }
}
