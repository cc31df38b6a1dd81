package levee.drill;

import java.util.SplittableRandom;
import levee.model.Protocols;
import levee.telemetry.TcpFlags;

/**
 * A TCP connection: handshake, requests and answers in growing windows with an acknowledgment for every second segment,
 * now and then a segment that is sent again, and the close.
 */
final class TcpFlow implements Actor {
    /** What becomes of a connection. */
    enum Outcome {
        ESTABLISHED,
        REFUSED,
        UNANSWERED
    }

    private enum State {
        SYN,
        SYN_ACK,
        REFUSAL,
        ACK,
        REQUEST,
        REQUEST_ACK,
        ANSWER,
        ANSWER_ACK,
        CLIENT_FIN,
        SERVER_FIN,
        LAST_ACK,
        RESET
    }

    private static final int MOST_REPETITIONS = 3;
    private static final long OWN_DELAY_NANOS = 300_000;
    private static final long RETRANSMISSION_NANOS = 220_000_000;
    private static final int FIRST_WINDOW = 10;
    private static final int SEGMENTS_PER_ACK = 2;
    private static final int ORDINARY_OPTIONS = 20;
    private static final double LOSS = 0.002;
    private static final int RESETS_PERCENT = 12;

    private final Ends ends;
    private final TcpScript script;
    private final SplittableRandom random;
    private final long roundTripNanos;
    private final Outcome outcome;
    private final int segmentBytes;

    private State state = State.SYN;
    private int clientSequence;
    private int serverSequence;
    private int repetitions;

    // The rounds of request and answer that are left, and what each consists of.
    private int rounds = 1;
    private long requestBytes = 400;
    private long answerBytes = 4_000;
    private long pauseNanos = 500_000_000;
    private int largestWindow = 64;
    private long gapNanos = 100_000;

    // The transfer that goes on.
    private boolean clientSpoke;
    private boolean serverSpoke;
    private long left;
    private int window = FIRST_WINDOW;
    private int sentInWindow;
    private int unacknowledged;

    /** Directions that do not pass here. */
    private boolean clientHidden;

    private boolean serverHidden;

    TcpFlow(Ends ends, TcpScript script, Outcome outcome, SplittableRandom random) {
        this.ends = ends;
        this.script = script;
        this.outcome = outcome;
        this.random = random;
        roundTripNanos = 5_000_000 + (long) (random.nextExponential() * 40_000_000);
        segmentBytes = ends.isIpv4() ? 1_460 : 1_440;
        clientSequence = random.nextInt();
        serverSequence = random.nextInt();
    }

    TcpFlow sending(int times, long request, long answer) {
        rounds = times;
        requestBytes = request;
        answerBytes = answer;
        return this;
    }

    TcpFlow pausing(long nanos) {
        pauseNanos = nanos;
        return this;
    }

    /** @param gap between the segments of a train, in nanoseconds */
    TcpFlow inWindowsOf(int segments, long gap) {
        largestWindow = segments;
        gapNanos = gap;
        return this;
    }

    TcpFlow startingAt(int sequence) {
        clientSequence = sequence;
        return this;
    }

    /** Only the packets of one end pass here. */
    TcpFlow oneSided(boolean ofClient) {
        clientHidden = !ofClient;
        serverHidden = ofClient;
        return this;
    }

    /** Gives up after the first SYN, as scanners do. */
    TcpFlow tryingOnce() {
        repetitions = MOST_REPETITIONS;
        return this;
    }

    /** Begins with the SYN-ACK, and ends with it too: nobody asked for it. */
    TcpFlow answeringOnly() {
        state = State.SYN_ACK;
        repetitions = MOST_REPETITIONS;
        return this;
    }

    @Override
    public long act(Stage stage) {
        return switch (state) {
            case SYN -> {
                segment(stage, true, TcpFlags.SYN, Payload.NOTHING, 0);
                yield afterSyn(stage.now);
            }
            case REFUSAL -> {
                serverSequence = 0;
                segment(stage, false, TcpFlags.RST | TcpFlags.ACK, Payload.NOTHING, 0);
                yield NEVER;
            }
            case SYN_ACK -> {
                segment(stage, false, TcpFlags.SYN | TcpFlags.ACK, Payload.NOTHING, 0);
                state = State.ACK;
                yield repetitions == MOST_REPETITIONS ? NEVER : stage.now + delayOf(true);
            }
            case ACK -> {
                segment(stage, true, TcpFlags.ACK, Payload.NOTHING, 0);
                left = requestBytes;
                state = left > 0 ? State.REQUEST : State.CLIENT_FIN;
                yield stage.now + 200_000;
            }
            case REQUEST -> transfer(stage, true);
            case ANSWER -> transfer(stage, false);
            case REQUEST_ACK -> acknowledge(stage, true);
            case ANSWER_ACK -> acknowledge(stage, false);
            case CLIENT_FIN -> {
                segment(stage, true, TcpFlags.FIN | TcpFlags.ACK, Payload.NOTHING, 0);
                state = State.SERVER_FIN;
                yield stage.now + delayOf(false);
            }
            case SERVER_FIN -> {
                segment(stage, false, TcpFlags.FIN | TcpFlags.ACK, Payload.NOTHING, 0);
                state = State.LAST_ACK;
                yield stage.now + delayOf(true);
            }
            case LAST_ACK -> {
                segment(stage, true, TcpFlags.ACK, Payload.NOTHING, 0);
                yield NEVER;
            }
            case RESET -> {
                segment(stage, true, TcpFlags.RST | TcpFlags.ACK, Payload.NOTHING, 0);
                yield NEVER;
            }
        };
    }

    private long afterSyn(long now) {
        return switch (outcome) {
            case ESTABLISHED -> {
                state = State.SYN_ACK;
                yield now + delayOf(false);
            }
            case REFUSED -> {
                state = State.REFUSAL;
                yield now + delayOf(false);
            }
            case UNANSWERED -> {
                clientSequence--;
                yield repetitions++ < MOST_REPETITIONS - 1 ? now + (1_000_000_000L << repetitions - 1) : NEVER;
            }
        };
    }

    /** How long it takes until an end answers what has just passed here. */
    private long delayOf(boolean client) {
        return client == ends.ownClient() ? OWN_DELAY_NANOS : roundTripNanos;
    }

    private long transfer(Stage stage, boolean fromClient) {
        boolean spoke = fromClient ? clientSpoke : serverSpoke;
        Payload usual = fromClient ? script.request() : script.answer();
        Payload kind = spoke ? usual : fromClient ? script.firstRequest() : script.firstAnswer();
        int length = kind == usual ? Math.clamp(left, Payloads.SHORTEST_RECORD, segmentBytes) : kind.length();
        int flags = left <= length ? TcpFlags.PSH | TcpFlags.ACK : TcpFlags.ACK;
        boolean repeated = random.nextDouble() < LOSS;
        segment(stage, fromClient, flags, kind, length);
        if (repeated) {
            advance(fromClient, -length);
            return stage.now + Math.max(RETRANSMISSION_NANOS, 2 * roundTripNanos);
        }
        left -= length;
        clientSpoke |= fromClient;
        serverSpoke |= !fromClient;
        sentInWindow++;
        unacknowledged++;
        if (unacknowledged >= SEGMENTS_PER_ACK || left <= 0) {
            state = fromClient ? State.REQUEST_ACK : State.ANSWER_ACK;
            return stage.now + Math.min(gapNanos, delayOf(!fromClient));
        }
        return stage.now + gapNanos;
    }

    private long acknowledge(Stage stage, boolean ofRequest) {
        segment(stage, !ofRequest, TcpFlags.ACK, Payload.NOTHING, 0);
        unacknowledged = 0;
        if (left > 0) {
            state = ofRequest ? State.REQUEST : State.ANSWER;
            if (sentInWindow < window) {
                return stage.now + gapNanos;
            }
            sentInWindow = 0;
            window = Math.min(largestWindow, 2 * window);
            return stage.now + roundTripNanos;
        }
        sentInWindow = 0;
        if (ofRequest) {
            left = answerBytes;
            state = left > 0 ? State.ANSWER : next();
            return stage.now + delayOf(false);
        }
        State next = next();
        state = next;
        return stage.now + (next == State.REQUEST ? pause() : delayOf(true));
    }

    private State next() {
        if (--rounds > 0) {
            left = requestBytes;
            return State.REQUEST;
        }
        return random.nextInt(100) < RESETS_PERCENT ? State.RESET : State.CLIENT_FIN;
    }

    private long pause() {
        return delayOf(true) + (long) (pauseNanos * (0.9 + 0.2 * random.nextDouble()));
    }

    private void segment(Stage stage, boolean fromClient, int flags, Payload payload, int length) {
        if (!(fromClient ? clientHidden : serverHidden)) {
            Packet packet = stage.packet;
            ends.begin(packet, fromClient, Protocols.TCP, random.nextInt());
            packet.dontFragment = true;
            packet.tcpFlags = flags;
            packet.tcpSequence = fromClient ? clientSequence : serverSequence;
            if ((flags & TcpFlags.ACK) != 0) {
                packet.tcpAcknowledgment = fromClient ? serverSequence : clientSequence;
            }
            packet.tcpWindow = (flags & TcpFlags.RST) != 0 ? 0 : (flags & TcpFlags.SYN) != 0 ? 64_240 : 501;
            packet.tcpOptions = (flags & TcpFlags.SYN) != 0 ? ORDINARY_OPTIONS : 0;
            packet.payload = payload;
            packet.payloadLength = length;
            packet.salt = packet.tcpSequence * 0x9e37_79b9_7f4a_7c15L;
            stage.send();
        }
        advance(fromClient, length + ((flags & (TcpFlags.SYN | TcpFlags.FIN)) == 0 ? 0 : 1));
    }

    private void advance(boolean fromClient, int bytes) {
        if (fromClient) {
            clientSequence += bytes;
        } else {
            serverSequence += bytes;
        }
    }
}
