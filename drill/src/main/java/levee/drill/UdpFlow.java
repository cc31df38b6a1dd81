package levee.drill;

import java.util.SplittableRandom;
import levee.model.Protocols;

/** Datagrams between two ends: a question with its answer, then perhaps a stream. */
final class UdpFlow implements Actor {
    private static final long OWN_DELAY_NANOS = 200_000;

    /** The part of the answers that get lost, and with them all that would have followed. */
    private static final double LOSS = 0.004;

    private final Ends ends;
    private final SplittableRandom random;
    private final long roundTripNanos;
    private long salt;

    // What is asked first, if anything.
    private Payload request = Payload.NOTHING;
    private int requestLength;
    private Payload answer = Payload.NOTHING;
    private int answerLength;
    private boolean asks;
    private boolean asked;

    // Datagrams of the stream that are left.
    private Payload streamed = Payload.NOISY;
    private int datagrams;
    private double serverShare;
    private int serverLength = 1_200;
    private int clientLength = 60;
    private long gapNanos;

    /** Nothing comes back, and so nothing follows the question. */
    private boolean unanswered;

    UdpFlow(Ends ends, SplittableRandom random) {
        this.ends = ends;
        this.random = random;
        roundTripNanos = 2_000_000 + (long) (random.nextExponential() * 30_000_000);
        salt = random.nextLong();
    }

    UdpFlow asking(Payload question, Payload reply) {
        return asking(question, question.length(), reply, reply.length());
    }

    UdpFlow asking(Payload question, int questionLength, Payload reply, int replyLength) {
        asks = true;
        request = question;
        requestLength = questionLength;
        answer = reply;
        answerLength = replyLength;
        return this;
    }

    /**
     * @param share of the datagrams that the server sends
     * @param gap between two datagrams on the average, in nanoseconds
     */
    UdpFlow streaming(Payload kind, int count, double share, int fromServer, int fromClient, long gap) {
        streamed = kind;
        datagrams = count;
        serverShare = share;
        serverLength = fromServer;
        clientLength = fromClient;
        gapNanos = gap;
        return this;
    }

    UdpFlow unanswered() {
        unanswered = true;
        return this;
    }

    @Override
    public long act(Stage stage) {
        if (asks) {
            return question(stage);
        }
        if (datagrams-- <= 0) {
            return NEVER;
        }
        boolean fromServer = random.nextDouble() < serverShare;
        int length = fromServer ? serverLength : clientLength;
        salt = random.nextLong();
        send(stage, !fromServer, streamed, length - random.nextInt(length / 8 + 1));
        return datagrams == 0 ? NEVER : stage.now + (long) (gapNanos * (0.5 + random.nextDouble()));
    }

    private long question(Stage stage) {
        if (!asked) {
            send(stage, true, request, requestLength);
            asked = true;
            if (unanswered || random.nextDouble() < LOSS) {
                return NEVER;
            }
            return stage.now + (ends.ownClient() ? roundTripNanos : OWN_DELAY_NANOS);
        }
        send(stage, false, answer, answerLength);
        asks = false;
        return datagrams > 0 ? stage.now + gapNanos : NEVER;
    }

    private void send(Stage stage, boolean fromClient, Payload payload, int length) {
        Packet packet = stage.packet;
        ends.begin(packet, fromClient, Protocols.UDP, (int) salt);
        packet.payload = payload;
        packet.payloadLength = length;
        packet.salt = salt;
        stage.send();
    }
}
