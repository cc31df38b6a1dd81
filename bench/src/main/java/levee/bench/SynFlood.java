package levee.bench;

import java.io.IOException;
import java.util.SplittableRandom;

/**
 * Conversations, and in the middle third of the file a SYN flood that sends as many packets as everybody else together.
 */
final class SynFlood implements Traffic {
    private final ForgedSyns flood;
    private final Conversations conversations;
    private final long fileLength;

    SynFlood(SplittableRandom random, Conversations conversations, long fileLength) {
        flood = new ForgedSyns(random);
        this.conversations = conversations;
        this.fileLength = fileLength;
    }

    @Override
    public void send(PcapWriter writer) throws IOException {
        conversations.send(writer);
        long position = writer.length();
        if (position > fileLength / 3 && position < fileLength / 3 * 2) {
            flood.send(writer, conversations.micros());
        }
    }
}
