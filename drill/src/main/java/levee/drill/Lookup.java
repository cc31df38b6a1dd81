package levee.drill;

import java.util.Optional;
import java.util.SplittableRandom;
import levee.model.Protocols;

/**
 * A DNS question and its answer. Where the resolver does not know the answer and passes here, it asks another server first.
 * Then perhaps somebody begins who waited for the answer.
 */
final class Lookup implements Actor {
    private static final long INSIDE_NANOS = 300_000;

    private enum State {
        QUESTION,
        RECURSION,
        RECURSION_ANSWER,
        ANSWER
    }

    private final Ends client;
    private final Optional<Ends> recursion;
    private final Payload question;
    private final Payload answer;
    private final Optional<Actor> then;
    private final long outsideNanos;
    private final long salt;
    private final long otherSalt;
    private State state = State.QUESTION;

    Lookup(
            Ends client,
            Optional<Ends> recursion,
            Payload question,
            Payload answer,
            Optional<Actor> then,
            SplittableRandom random) {
        this.client = client;
        this.recursion = recursion;
        this.question = question;
        this.answer = answer;
        this.then = then;
        outsideNanos = 2_000_000 + (long) (random.nextExponential() * 25_000_000);
        salt = random.nextLong();
        otherSalt = random.nextLong();
    }

    @Override
    public long act(Stage stage) {
        return switch (state) {
            case QUESTION -> {
                send(stage, client, true, question, salt);
                state = recursion.isPresent() ? State.RECURSION : State.ANSWER;
                boolean inside = recursion.isPresent() || OwnHosts.isOwn(client.serverHigh(), client.serverLow());
                yield stage.now + (inside ? INSIDE_NANOS : outsideNanos);
            }
            case RECURSION -> {
                send(stage, recursion.orElseThrow(), true, question, otherSalt);
                state = State.RECURSION_ANSWER;
                yield stage.now + outsideNanos;
            }
            case RECURSION_ANSWER -> {
                send(stage, recursion.orElseThrow(), false, answer, otherSalt);
                state = State.ANSWER;
                yield stage.now + INSIDE_NANOS;
            }
            case ANSWER -> {
                send(stage, client, false, answer, salt);
                then.ifPresent(actor -> stage.add(stage.now + INSIDE_NANOS, actor));
                yield NEVER;
            }
        };
    }

    private static void send(Stage stage, Ends ends, boolean fromClient, Payload payload, long salt) {
        Packet packet = stage.packet;
        ends.begin(packet, fromClient, Protocols.UDP, (int) salt);
        packet.payload = payload;
        packet.payloadLength = payload.length();
        packet.salt = salt;
        stage.send();
    }
}
