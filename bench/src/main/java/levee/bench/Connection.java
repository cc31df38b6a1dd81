package levee.bench;

import java.io.IOException;
import java.util.SplittableRandom;

/** A connection in progress; each call of {@code send} writes its next packet, in whichever direction that goes. */
abstract class Connection {
    private final Flow request;
    private final int frameLimit;

    /**
     * @param request the direction from client to server
     * @param frameLimit the length of the longest frame
     */
    Connection(Flow request, int frameLimit) {
        this.request = request;
        this.frameLimit = frameLimit;
    }

    /** Writes the next packet and tells whether more will follow. */
    abstract boolean send(PcapWriter writer, long micros, SplittableRandom random, Payload payload) throws IOException;

    final Flow flow(boolean fromClient) {
        return fromClient ? request : request.reversed();
    }

    /** The payload that fits behind the given transport header. */
    final int payloadLimit(int transportHeader) {
        return frameLimit - request.networkHeaders() - transportHeader;
    }

    /** Whether something that happens on average once in {@code mean} times happens now. */
    static boolean oncePer(int mean, SplittableRandom random) {
        return random.nextInt(mean) == 0;
    }
}
