package levee.bench;

import java.io.IOException;
import java.util.SplittableRandom;

/**
 * Traffic without any replies: every packet has a random source and random ports and so belongs to a connection of its
 * own. The hard case for whoever keeps connections. The destinations are 65,536 hosts inside, a few of them popular;
 * the sizes are those of the Internet mix, 7 : 4 : 1.
 */
final class OneWay implements Traffic {
    private static final int DESTINATIONS = 1 << 16;
    private static final int SHORTEST_FRAME = 60;
    private static final int MEDIUM_FRAME = 590;

    private final SplittableRandom random;
    private final Payload payload;
    private double elapsedMicros;

    OneWay(SplittableRandom random) {
        this.random = random;
        payload = new Payload(random);
    }

    @Override
    public void send(PcapWriter writer) throws IOException {
        elapsedMicros += random.nextExponential() * 1e6 / PACKETS_PER_SECOND;
        long micros = START_MICROS + (long) elapsedMicros;
        double uniform = random.nextDouble();
        int destination = 10 << 24 | (int) (DESTINATIONS * uniform * uniform * uniform);
        Flow flow = new Flow(random.nextInt(), destination, randomPort(), randomPort(), false, 0);
        int segment = frameLength() - flow.networkHeaders();
        if (random.nextInt(3) < 2) {
            int length = segment - Flow.TCP_HEADER;
            writer.tcp(micros, flow, random.nextInt(), random.nextInt(), PcapWriter.ACK, payload.array(), length);
        } else {
            writer.udp(micros, flow, payload.array(), segment - Flow.UDP_HEADER);
        }
    }

    private int randomPort() {
        return random.nextInt(1 << 16);
    }

    private int frameLength() {
        int choice = random.nextInt(12);
        if (choice < 7) {
            return SHORTEST_FRAME;
        }
        return choice < 11 ? MEDIUM_FRAME : PcapWriter.MAXIMUM_FRAME;
    }
}
