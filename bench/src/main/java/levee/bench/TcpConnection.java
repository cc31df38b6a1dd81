package levee.bench;

import java.io.IOException;
import java.util.SplittableRandom;

/** A TCP connection: handshake, request, data both ways, and the close that the client starts. */
final class TcpConnection extends Connection {
    private enum State {
        SYN,
        SYN_ACK,
        ACK,
        REQUEST,
        DATA,
        CLIENT_FIN,
        SERVER_FIN,
        LAST_ACK
    }

    private static final State[] STATES = State.values();
    private static final int PLAIN_HTTP = 80;
    private static final int TLS_RECORD_HEADER = 5;
    private static final int TLS_APPLICATION_DATA = 23;
    private static final int TLS_VERSION = 0x0303;

    private final int meanDataPackets;
    private State state;
    private int clientSequence;
    private int serverSequence;

    TcpConnection(Flow request, int frameLimit, int meanDataPackets, boolean established, SplittableRandom random) {
        super(request, frameLimit);
        this.meanDataPackets = meanDataPackets;
        state = established ? stateInProgress(random) : State.SYN;
        clientSequence = random.nextInt();
        serverSequence = random.nextInt();
    }

    /** Draws from the states that live connections are in: each is left after one packet except the transfer of data. */
    private State stateInProgress(SplittableRandom random) {
        int choice = random.nextInt(STATES.length - 2 + meanDataPackets);
        return choice < STATES.length - 1 ? STATES[choice + 1] : State.DATA;
    }

    @Override
    boolean send(PcapWriter writer, long micros, SplittableRandom random, Payload payload) throws IOException {
        switch (state) {
            case SYN -> {
                segment(writer, micros, true, PcapWriter.SYN, payload, 0);
                state = State.SYN_ACK;
            }
            case SYN_ACK -> {
                segment(writer, micros, false, PcapWriter.SYN | PcapWriter.ACK, payload, 0);
                state = State.ACK;
            }
            case ACK -> {
                segment(writer, micros, true, PcapWriter.ACK, payload, 0);
                state = State.REQUEST;
            }
            case REQUEST -> {
                data(writer, micros, true, requestLength(random), payload);
                state = State.DATA;
            }
            case DATA -> {
                transfer(writer, micros, random, payload);
                if (oncePer(meanDataPackets, random)) {
                    state = State.CLIENT_FIN;
                }
            }
            case CLIENT_FIN -> {
                segment(writer, micros, true, PcapWriter.FIN | PcapWriter.ACK, payload, 0);
                state = State.SERVER_FIN;
            }
            case SERVER_FIN -> {
                segment(writer, micros, false, PcapWriter.FIN | PcapWriter.ACK, payload, 0);
                state = State.LAST_ACK;
            }
            case LAST_ACK -> {
                segment(writer, micros, true, PcapWriter.ACK, payload, 0);
                return false;
            }
        }
        return true;
    }

    /** Data from the server, an acknowledgment of it, or now and then another request. */
    private void transfer(PcapWriter writer, long micros, SplittableRandom random, Payload payload) throws IOException {
        int choice = random.nextInt(100);
        if (choice < 38) {
            data(writer, micros, false, responseLength(random), payload);
        } else if (choice < 92) {
            segment(writer, micros, true, PcapWriter.ACK, payload, 0);
        } else {
            data(writer, micros, true, requestLength(random), payload);
        }
    }

    private static int requestLength(SplittableRandom random) {
        return random.nextInt(50, 600);
    }

    private int responseLength(SplittableRandom random) {
        int choice = random.nextInt(100);
        if (choice < 42) {
            return payloadLimit(Flow.TCP_HEADER);
        }
        return choice < 72 ? 536 : random.nextInt(50, 450);
    }

    private void data(PcapWriter writer, long micros, boolean fromClient, int wanted, Payload payload)
            throws IOException {
        int length = Math.min(wanted, payloadLimit(Flow.TCP_HEADER));
        if (flow(true).destinationPort() == PLAIN_HTTP) {
            // Some place in the middle of a body.
            payload.header().putInt(0);
        } else {
            payload.header()
                    .put((byte) TLS_APPLICATION_DATA)
                    .putShort((short) TLS_VERSION)
                    .putShort((short) (length - TLS_RECORD_HEADER));
        }
        segment(writer, micros, fromClient, PcapWriter.PSH | PcapWriter.ACK, payload, length);
    }

    private void segment(PcapWriter writer, long micros, boolean fromClient, int flags, Payload payload, int length)
            throws IOException {
        int sequence = fromClient ? clientSequence : serverSequence;
        int acknowledgment = (flags & PcapWriter.ACK) == 0 ? 0 : fromClient ? serverSequence : clientSequence;
        writer.tcp(micros, flow(fromClient), sequence, acknowledgment, flags, payload.array(), length);
        // SYN and FIN count as one byte each.
        int next = sequence + length + ((flags & (PcapWriter.SYN | PcapWriter.FIN)) == 0 ? 0 : 1);
        if (fromClient) {
            clientSequence = next;
        } else {
            serverSequence = next;
        }
    }
}
