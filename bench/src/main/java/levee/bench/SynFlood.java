package levee.bench;

import java.io.IOException;
import java.util.SplittableRandom;

/**
 * Conversations, and in the middle third of the file a SYN flood from random sources on one host inside that sends as
 * many packets as everybody else together. The host does not answer any of them.
 */
final class SynFlood implements Traffic {
    static final int VICTIM = 10 << 24 | 42 << 8 | 42;

    private static final int VICTIM_PORT = 443;

    private final SplittableRandom random;
    private final Conversations conversations;
    private final long fileLength;

    SynFlood(SplittableRandom random, Conversations conversations, long fileLength) {
        this.random = random;
        this.conversations = conversations;
        this.fileLength = fileLength;
    }

    @Override
    public void send(PcapWriter writer) throws IOException {
        conversations.send(writer);
        long position = writer.length();
        if (position > fileLength / 3 && position < fileLength / 3 * 2) {
            int port = random.nextInt(1024, 1 << 16);
            Flow flow = new Flow(spoofed(), VICTIM, port, VICTIM_PORT, false, 0);
            writer.tcp(conversations.micros(), flow, random.nextInt(), 0, PcapWriter.SYN, new byte[0], 0);
        }
    }

    /** An address from 11.0.0.0 to 223.255.255.255. */
    private int spoofed() {
        return random.nextInt(11, 224) << 24 | random.nextInt(1 << 24);
    }
}
