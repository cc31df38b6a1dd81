package levee.bench;

import java.io.IOException;
import java.util.SplittableRandom;

/** A QUIC connection: an Initial packet each way where one fits, then protected packets both ways. */
final class QuicConnection extends Connection {
    private enum State {
        CLIENT_INITIAL,
        SERVER_INITIAL,
        DATA
    }

    private static final int DATAGRAM = 1200;
    private static final int VERSION = 1;
    private static final int INITIAL = 0xc0;
    private static final int SHORT_HEADER = 0x40;
    private static final int CONNECTION_ID = 8;
    private static final int LENGTH_OF_TWO_BYTES = 0x4000;

    private final int meanDataPackets;
    private final long clientId;
    private final long serverId;
    private State state;

    QuicConnection(Flow request, int frameLimit, int meanDataPackets, boolean established, SplittableRandom random) {
        super(request, frameLimit);
        this.meanDataPackets = meanDataPackets;
        boolean initialFits = payloadLimit(Flow.UDP_HEADER) >= DATAGRAM;
        state = established || !initialFits ? State.DATA : State.CLIENT_INITIAL;
        clientId = random.nextLong();
        serverId = random.nextLong();
    }

    @Override
    boolean send(PcapWriter writer, long micros, SplittableRandom random, Payload payload) throws IOException {
        switch (state) {
            case CLIENT_INITIAL -> {
                initial(writer, micros, true, payload);
                state = State.SERVER_INITIAL;
            }
            case SERVER_INITIAL -> {
                initial(writer, micros, false, payload);
                state = State.DATA;
            }
            case DATA -> {
                boolean fromClient = random.nextInt(100) < 72;
                int wanted = fromClient ? random.nextInt(30, 90) : DATAGRAM + 32;
                payload.header().put((byte) SHORT_HEADER).putLong(fromClient ? serverId : clientId);
                int length = Math.min(wanted, payloadLimit(Flow.UDP_HEADER));
                writer.udp(micros, flow(fromClient), payload.array(), length);
                return !oncePer(meanDataPackets, random);
            }
        }
        return true;
    }

    private void initial(PcapWriter writer, long micros, boolean fromClient, Payload payload) throws IOException {
        int header = 1 + 4 + 1 + CONNECTION_ID + 1 + CONNECTION_ID + 1 + 2;
        payload.header()
                .put((byte) INITIAL)
                .putInt(VERSION)
                .put((byte) CONNECTION_ID)
                .putLong(fromClient ? serverId : clientId)
                .put((byte) CONNECTION_ID)
                .putLong(fromClient ? clientId : serverId)
                .put((byte) 0) // no token
                .putShort((short) (LENGTH_OF_TWO_BYTES | DATAGRAM - header));
        writer.udp(micros, flow(fromClient), payload.array(), DATAGRAM);
    }
}
