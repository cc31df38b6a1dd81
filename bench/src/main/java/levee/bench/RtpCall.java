package levee.bench;

import java.io.IOException;
import java.util.SplittableRandom;

/** A telephone call over RTP: both ends send G.711 speech. */
final class RtpCall extends Connection {
    private static final int VERSION_2_G711 = 0x8000;
    private static final int SAMPLES = 160;
    private static final int HEADER = 12;

    private final int meanDataPackets;
    private final int synchronizationSource;
    private int clientPackets;
    private int serverPackets;

    RtpCall(Flow request, int frameLimit, int meanDataPackets, SplittableRandom random) {
        super(request, frameLimit);
        this.meanDataPackets = meanDataPackets;
        synchronizationSource = random.nextInt();
    }

    @Override
    boolean send(PcapWriter writer, long micros, SplittableRandom random, Payload payload) throws IOException {
        boolean fromClient = random.nextBoolean();
        int sequence = fromClient ? clientPackets++ : serverPackets++;
        payload.header()
                .putShort((short) VERSION_2_G711)
                .putShort((short) sequence)
                .putInt(sequence * SAMPLES)
                .putInt(fromClient ? synchronizationSource : ~synchronizationSource);
        int length = Math.min(HEADER + SAMPLES, payloadLimit(Flow.UDP_HEADER));
        writer.udp(micros, flow(fromClient), payload.array(), length);
        return !oncePer(meanDataPackets, random);
    }
}
