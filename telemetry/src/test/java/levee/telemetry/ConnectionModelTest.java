package levee.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import levee.model.Protocols;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the table with a plain map of plain objects, over random conversations. */
class ConnectionModelTest {
    private static final List<String> FLAGS =
            List.of("S", "SA", "A", "PA", "FA", "R", "RA", "SEC", "", "SR", "FSRPAUEC");

    /** What the table is meant to do, said simply. */
    private static final class Model {
        private final Map<String, Connection> connections = new HashMap<>();

        private static final class Connection {
            String initiator = "";
            boolean startSeen;
            boolean synAckFirst;
            boolean answered;
            boolean completed;
            boolean closed;
            boolean dataSent;
            long expirySecond;
        }

        int relation(int protocol, String source, String destination, int flags, long second) {
            String key = protocol + (source.compareTo(destination) < 0 ? source + destination : destination + source);
            boolean isTcp = protocol == Protocols.TCP;
            boolean syn = isTcp && has(flags, "S") && !has(flags, "A");
            boolean reset = isTcp && has(flags, "R");
            Connection connection = connections.get(key);
            int relation = Relation.KNOWN;
            // A SYN-ACK that others have followed stands for the SYN that was not seen.
            boolean started =
                    connection != null && (connection.startSeen || connection.synAckFirst && connection.completed);
            if (connection == null || connection.expirySecond < second || syn && isOver(connection, source)) {
                connection = new Connection();
                connection.initiator = source;
                connection.startSeen = !isTcp || syn;
                connection.synAckFirst = isTcp && has(flags, "S") && has(flags, "A");
                connections.put(key, connection);
                started = connection.startSeen;
                relation |= Relation.OPENS | Relation.FROM_INITIATOR;
            } else if (source.equals(connection.initiator)) {
                relation |= Relation.FROM_INITIATOR;
                boolean goesOn = isTcp
                        ? (connection.startSeen || connection.synAckFirst)
                                && has(flags, "A")
                                && !has(flags, "S")
                                && !reset
                        : connection.answered;
                if (goesOn && !connection.completed) {
                    connection.completed = true;
                    relation |= Relation.COMPLETES;
                }
                if (isTcp && has(flags, "P") && !connection.dataSent) {
                    connection.dataSent = true;
                    relation |= Relation.FIRST_DATA;
                }
                relation |= connection.answered ? Relation.ANSWERED : 0;
            } else {
                // The other side of a responder is the initiator, who has sent something.
                relation |= Relation.ANSWERED;
                if (!connection.answered && !reset) {
                    connection.answered = true;
                    relation |= Relation.FIRST_ANSWER;
                }
            }
            relation |= started ? Relation.STARTED : 0;
            connection.closed &= !syn;
            connection.closed |= isTcp && (reset || has(flags, "F"));
            connection.expirySecond = second + lifetime(connection, isTcp);
            return relation;
        }

        private static boolean isOver(Connection connection, String source) {
            return connection.closed && connection.answered
                    || connection.completed
                    || !connection.startSeen
                    || !source.equals(connection.initiator);
        }

        private static int lifetime(Connection connection, boolean isTcp) {
            if (connection.closed) {
                return 10;
            }
            if (!connection.answered && !connection.completed) {
                return 30;
            }
            return isTcp ? 900 : 180;
        }

        private static boolean has(int flags, String letter) {
            return (flags & Conversation.flags(letter)) != 0;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void sameRelationsAsAPlainMap(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Conversation table = new Conversation(1 << 14);
        Model model = new Model();
        int[] protocols = {Protocols.TCP, Protocols.UDP, 132};
        double seconds = Conversation.START_SECONDS;
        for (int i = 0; i < 20_000; i++) {
            String source = endpoint(random);
            String destination = endpoint(random);
            if (source.equals(destination)) {
                continue;
            }
            int protocol = protocols[random.nextInt(protocols.length)];
            int flags = Conversation.flags(FLAGS.get(random.nextInt(FLAGS.size())));
            // Mostly small steps, some of minutes, and some back.
            seconds += random.nextInt(100) == 0 ? random.nextInt(-60, 200) : random.nextDouble() / 10;
            int actual = table.at(seconds).relation(protocol, source, destination, flags);
            int expected = model.relation(protocol, source, destination, flags, (long) seconds);
            assertThat(Conversation.words(actual))
                    .as("row %d, %d %s %s %s", i, protocol, source, destination, flags)
                    .isEqualTo(Conversation.words(expected));
        }
        assertThat(table.table.evicted()).isZero();
    }

    private static String endpoint(SplittableRandom random) {
        String address = random.nextBoolean() ? "10.0.0." + random.nextInt(5) : "2001:db8::" + random.nextInt(5);
        return address + ":" + (1 + random.nextInt(4));
    }
}
