package levee.drill;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import levee.model.Protocols;
import levee.telemetry.PayloadHint;
import levee.telemetry.TcpFlags;

/**
 * A TCP connection over which two ends talk message by message: a handshake, each message with its acknowledgments, and
 * when all is said the client closes. It may last for days.
 */
final class TcpDialogue implements Actor {
    /**
     * @param first what the first segment holds
     * @param rest what the segments behind it hold
     * @param length of the whole message in bytes
     * @param pauseNanos from the acknowledgment of the message before
     */
    record Message(boolean fromClient, Payload first, Payload rest, int length, long pauseNanos) {
        /** All of a payload and nothing else. */
        static Message whole(boolean fromClient, Payload payload, long pauseNanos) {
            return new Message(fromClient, payload, Payloads.ENCRYPTED, payload.length(), pauseNanos);
        }

        static Message text(boolean fromClient, String text, long pauseNanos) {
            byte hint = text.startsWith("HTTP/") ? PayloadHint.HTTP_RESPONSE : PayloadHint.NONE;
            return whole(fromClient, Payloads.text(text, hint), pauseNanos);
        }

        /** Records of TLS. */
        static Message secret(boolean fromClient, int length, long pauseNanos) {
            return new Message(fromClient, Payloads.TLS_DATA, Payloads.TLS_DATA, length, pauseNanos);
        }

        /** Bytes that say nothing to anybody who looks on. */
        static Message noise(boolean fromClient, int length, long pauseNanos) {
            return new Message(fromClient, Payload.NOISY, Payload.NOISY, length, pauseNanos);
        }
    }

    private enum State {
        SYN,
        SYN_ACK,
        ACK,
        MESSAGE,
        MESSAGE_ACK,
        CLIENT_FIN,
        SERVER_FIN,
        LAST_ACK
    }

    private static final long OWN_DELAY_NANOS = 300_000;
    private static final long GAP_NANOS = 100_000;
    private static final int SEGMENTS_PER_ACK = 2;
    private static final int ORDINARY_OPTIONS = 20;

    private final Ends ends;
    private final SplittableRandom random;
    private final long roundTripNanos;
    private final int segmentBytes;
    private final Queue<Message> messages = new ArrayDeque<>();
    private LongFunction<List<Message>> more = now -> List.of();
    private LongConsumer witness = now -> {};
    private State state = State.SYN;
    private int clientSequence;
    private int serverSequence;

    // The message that is said now.
    private boolean fromClient;
    private Payload kind = Payload.NOTHING;
    private Payload rest = Payload.NOTHING;
    private int left;
    private int unacknowledged;

    TcpDialogue(Ends ends, List<Message> messages, SplittableRandom random) {
        this.ends = ends;
        this.random = random;
        this.messages.addAll(messages);
        roundTripNanos = 5_000_000 + (long) (random.nextExponential() * 40_000_000);
        segmentBytes = ends.isIpv4() ? 1_460 : 1_440;
        clientSequence = random.nextInt();
        serverSequence = random.nextInt();
    }

    /** @param next what is said when all is said, by the time; nothing where the client closes then */
    TcpDialogue goingOn(LongFunction<List<Message>> next) {
        more = next;
        return this;
    }

    /** Lets somebody know when each packet is sent. */
    TcpDialogue seenBy(LongConsumer other) {
        witness = other;
        return this;
    }

    TcpDialogue startingAt(int sequence) {
        clientSequence = sequence;
        return this;
    }

    @Override
    public long act(Stage stage) {
        return switch (state) {
            case SYN -> {
                segment(stage, true, TcpFlags.SYN, Payload.NOTHING, 0);
                state = State.SYN_ACK;
                yield stage.now + delayOf(false);
            }
            case SYN_ACK -> {
                segment(stage, false, TcpFlags.SYN | TcpFlags.ACK, Payload.NOTHING, 0);
                state = State.ACK;
                yield stage.now + delayOf(true);
            }
            case ACK -> {
                segment(stage, true, TcpFlags.ACK, Payload.NOTHING, 0);
                yield next(stage.now);
            }
            case MESSAGE -> {
                int length = kind == rest
                        ? Math.clamp(left, Payloads.SHORTEST_RECORD, segmentBytes)
                        : Math.min(left, segmentBytes);
                left -= length;
                int flags = left <= 0 ? TcpFlags.PSH | TcpFlags.ACK : TcpFlags.ACK;
                segment(stage, fromClient, flags, kind, length);
                kind = rest;
                if (++unacknowledged == SEGMENTS_PER_ACK || left <= 0) {
                    state = State.MESSAGE_ACK;
                    yield stage.now + delayOf(!fromClient);
                }
                yield stage.now + GAP_NANOS;
            }
            case MESSAGE_ACK -> {
                segment(stage, !fromClient, TcpFlags.ACK, Payload.NOTHING, 0);
                unacknowledged = 0;
                if (left > 0) {
                    state = State.MESSAGE;
                    yield stage.now + delayOf(fromClient);
                }
                yield next(stage.now);
            }
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
        };
    }

    private long next(long now) {
        if (messages.isEmpty()) {
            messages.addAll(more.apply(now));
        }
        Message message = messages.poll();
        if (message == null) {
            state = State.CLIENT_FIN;
            return now + GAP_NANOS;
        }
        fromClient = message.fromClient;
        kind = message.first;
        rest = message.rest;
        left = message.length;
        state = State.MESSAGE;
        return now + Math.max(message.pauseNanos, delayOf(fromClient));
    }

    /** How long it takes until an end answers what has just passed here. */
    private long delayOf(boolean client) {
        return client == ends.ownClient() ? OWN_DELAY_NANOS : roundTripNanos;
    }

    private void segment(Stage stage, boolean byClient, int flags, Payload payload, int length) {
        Packet packet = stage.packet;
        ends.begin(packet, byClient, Protocols.TCP, random.nextInt());
        packet.dontFragment = true;
        packet.tcpFlags = flags;
        packet.tcpSequence = byClient ? clientSequence : serverSequence;
        if ((flags & TcpFlags.ACK) != 0) {
            packet.tcpAcknowledgment = byClient ? serverSequence : clientSequence;
        }
        boolean opens = (flags & TcpFlags.SYN) != 0;
        packet.tcpWindow = opens ? 64_240 : 501;
        packet.tcpOptions = opens ? ORDINARY_OPTIONS : 0;
        packet.payload = payload;
        packet.payloadLength = length;
        packet.salt = packet.tcpSequence * 0x9e37_79b9_7f4a_7c15L;
        stage.send();
        witness.accept(stage.now);
        int advance = length + ((flags & (TcpFlags.SYN | TcpFlags.FIN)) == 0 ? 0 : 1);
        if (byClient) {
            clientSequence += advance;
        } else {
            serverSequence += advance;
        }
    }
}
