package levee.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.telemetry.ConnectionBatch.Outcome;
import levee.telemetry.FlowBatch.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionAssemblerTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long BEGIN = 1_700_000_000L * SECOND;
    private static final String OWN = "198.51.100.7:50000";
    private static final String SERVER = "203.0.113.5:443";
    private static final String OUTSIDER = "203.0.113.9:40000";
    private static final String OWN_SERVER = "198.51.100.80:80";

    /** A connection as the reader saw it. */
    private record Told(
            double first,
            double last,
            String initiator,
            String responder,
            int protocol,
            long sentPackets,
            long sentBytes,
            long receivedPackets,
            long receivedBytes,
            Outcome outcome,
            boolean begins,
            int sentFlags,
            int receivedFlags,
            int samplingRate) {}

    /** Writes rows, has them related to each other, and notes what is told of them. */
    private static final class Network {
        private final List<Told> told = new ArrayList<>();
        private final ConnectionTable table = new ConnectionTable(1 << 14, 42);
        private final ConnectionAssembler assembler;
        private final FlowBatch batch = new FlowBatch(128);
        private final Rows kind;
        private int samplingRate = 1;

        Network(Rows kind) {
            this(kind, 1 << 12);
        }

        Network(Rows kind, int capacity) {
            this.kind = kind;
            assembler = new ConnectionAssembler(capacity, List.of(Prefix.parse("198.51.100.0/24")), this::takeAll);
            batch.clear(kind);
        }

        private void takeAll(ConnectionBatch connections) {
            for (int at = 0; at < connections.size; at++) {
                take(connections, at);
            }
        }

        private void take(ConnectionBatch connections, int at) {
            told.add(new Told(
                    (connections.firstNanos[at] - BEGIN) / 1e9,
                    (connections.lastNanos[at] - BEGIN) / 1e9,
                    end(connections.initiatorHigh[at], connections.initiatorLow[at], connections.initiatorPort[at]),
                    end(connections.responderHigh[at], connections.responderLow[at], connections.responderPort[at]),
                    connections.protocol[at],
                    connections.sentPackets[at],
                    connections.sentBytes[at],
                    connections.receivedPackets[at],
                    connections.receivedBytes[at],
                    connections.outcome(at),
                    connections.begins[at],
                    connections.sentFlags[at],
                    connections.receivedFlags[at],
                    connections.samplingRate[at]));
        }

        private static String end(long high, long low, int port) {
            return new IpAddress(high, low) + ":" + port;
        }

        void tcp(double second, String from, String to, String flags) {
            row(second, second, from, to, Protocols.TCP, flags, 1, 60);
        }

        void udp(double second, String from, String to) {
            row(second, second, from, to, Protocols.UDP, "", 1, 100);
        }

        void flow(double first, double last, String from, String to, String flags, long packets) {
            row(first, last, from, to, Protocols.TCP, flags, packets, packets * 100);
        }

        void row(
                double first,
                double last,
                String from,
                String to,
                int protocol,
                String flags,
                long packets,
                long bytes) {
            int row = batch.size++;
            batch.reset(row);
            batch.firstNanos[row] = BEGIN + Math.round(first * SECOND);
            batch.lastNanos[row] = BEGIN + Math.round(last * SECOND);
            IpAddress source = address(from);
            IpAddress destination = address(to);
            batch.sourceHigh[row] = source.high();
            batch.sourceLow[row] = source.low();
            batch.destinationHigh[row] = destination.high();
            batch.destinationLow[row] = destination.low();
            batch.sourcePort[row] = port(from);
            batch.destinationPort[row] = port(to);
            batch.protocol[row] = (byte) protocol;
            batch.tcpFlags[row] = (byte) Conversation.flags(flags);
            batch.packets[row] = packets * samplingRate;
            batch.bytes[row] = bytes * samplingRate;
            batch.samplingRate[row] = samplingRate;
            if (batch.isFull()) {
                play();
            }
        }

        /** One side of a record of a log. */
        void logged(double second, String from, String to, String flags, int relation, long packets) {
            row(second, second + 1, from, to, Protocols.TCP, flags, packets, packets * 100);
            batch.relation[batch.size - 1] = (byte) (Relation.KNOWN | relation);
        }

        private static IpAddress address(String end) {
            return IpAddress.parse(end.substring(0, end.lastIndexOf(':')));
        }

        private static char port(String end) {
            return (char) Integer.parseInt(end.substring(end.lastIndexOf(':') + 1));
        }

        void play() {
            table.hash(batch);
            table.annotate(batch);
            assembler.process(batch);
            batch.clear(kind);
        }

        void tick(double second) {
            play();
            // All buckets have their turn.
            for (int i = 0; i < 100; i++) {
                assembler.tick(BEGIN + Math.round(second * SECOND) + i);
            }
        }

        List<Told> finish() {
            play();
            assembler.finish();
            return told;
        }

        Told only() {
            assertThat(finish()).hasSize(1);
            return told.get(0);
        }
    }

    @Test
    void connectionsOfWhichHalfTheKeyIsTheSameAreTwo() {
        Network network = new Network(Rows.PACKETS);
        network.udp(0, OWN, SERVER);
        network.udp(0, OWN, "203.0.113.6:443");
        network.udp(1, OWN, SERVER);
        network.table.hash(network.batch);
        network.table.annotate(network.batch);
        // In one bucket of the first table, and far from each other in a larger one.
        network.batch.connectionHash[0] = 0x1000_0005_7654_3210L;
        network.batch.connectionHash[1] = 0x2000_0005_7654_3210L;
        network.batch.connectionHash[2] = 0x1000_0005_7654_3210L;
        network.assembler.process(network.batch);
        network.assembler.finish();
        assertThat(network.told)
                .extracting(Told::responder, Told::sentPackets)
                .containsExactlyInAnyOrder(tuple(SERVER, 2L), tuple("203.0.113.6:443", 1L));
    }

    @Test
    void whatWasFetchedOfAnotherBatchMeansNothing() {
        Network network = new Network(Rows.PACKETS);
        network.udp(0, OWN, SERVER);
        network.udp(0, OWN, "203.0.113.6:443");
        network.play();
        network.udp(1, OWN, "203.0.113.6:443");
        network.udp(1, OWN, SERVER);
        network.table.hash(network.batch);
        network.table.annotate(network.batch);
        network.assembler.process(network.batch, 0, 2);
        network.assembler.finish();
        assertThat(network.told)
                .extracting(Told::responder, Told::sentPackets)
                .containsExactlyInAnyOrder(tuple(SERVER, 2L), tuple("203.0.113.6:443", 2L));
    }

    @Test
    void capacityIsAPowerOfTwo() {
        assertThatThrownBy(() -> new Network(Rows.PACKETS, 100)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Network(Rows.PACKETS, 4)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void packetsOfAConnectionAreOneThatIsToldWhenItIsOver() {
        Network network = new Network(Rows.PACKETS);
        network.tcp(0, OWN, SERVER, "S");
        network.tcp(0.1, SERVER, OWN, "SA");
        network.tcp(0.2, OWN, SERVER, "A");
        network.tcp(0.3, OWN, SERVER, "PA");
        network.tcp(0.4, SERVER, OWN, "PA");
        network.tcp(0.5, OWN, SERVER, "FA");
        network.tcp(0.6, SERVER, OWN, "FA");
        network.tick(4);
        assertThat(network.told).isEmpty();
        network.tick(10);
        assertThat(network.told)
                .containsExactly(new Told(
                        0,
                        0.6,
                        OWN,
                        SERVER,
                        Protocols.TCP,
                        4,
                        240,
                        3,
                        180,
                        Outcome.ANSWERED,
                        true,
                        Conversation.flags("SAPF"),
                        Conversation.flags("SAPF"),
                        1));
        network.finish();
        assertThat(network.told).hasSize(1);
    }

    @Test
    void aResetIsARefusal() {
        Network network = new Network(Rows.PACKETS);
        network.tcp(0, OWN, SERVER, "S");
        network.tcp(0.1, SERVER, OWN, "RA");
        network.tick(10);
        assertThat(network.told).hasSize(1);
        assertThat(network.only().outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void aResetAfterAnAnswerIsNone() {
        Network network = new Network(Rows.PACKETS);
        network.tcp(0, OWN, SERVER, "S");
        network.tcp(0.1, SERVER, OWN, "SA");
        network.tcp(0.2, SERVER, OWN, "R");
        assertThat(network.only().outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void repeatedSynsAreOneTry() {
        Network network = new Network(Rows.PACKETS);
        for (double second : new double[] {0, 1, 3, 7, 15}) {
            network.tcp(second, OWN, SERVER, "S");
        }
        network.tick(40);
        assertThat(network.told).isEmpty();
        network.tick(46);
        Told told = network.only();
        assertThat(told.outcome()).isEqualTo(Outcome.UNANSWERED);
        assertThat(told.sentPackets()).isEqualTo(5);
        assertThat(told.begins()).isTrue();
    }

    /** RFC 6298 section 5.5: the pause doubles each time. */
    @Test
    void synsThatAreRepeatedForLongAreOneTry() {
        Network network = new Network(Rows.PACKETS);
        for (double second : new double[] {0, 1, 3, 7, 15, 31, 63}) {
            network.tick(second - 0.001);
            network.tcp(second, OWN, SERVER, "S");
        }
        network.tick(140);
        assertThat(network.told).hasSize(1);
        assertThat(network.told.get(0).outcome()).isEqualTo(Outcome.UNANSWERED);
        assertThat(network.told.get(0).sentPackets()).isEqualTo(7);
    }

    @Test
    void aNewTryAfterALongPauseIsAnother() {
        Network network = new Network(Rows.PACKETS);
        network.tcp(0, OWN, SERVER, "S");
        network.tcp(60, OWN, SERVER, "S");
        assertThat(network.finish()).hasSize(2).allMatch(Told::begins);
        assertThat(network.told).extracting(Told::outcome).containsOnly(Outcome.UNANSWERED);
    }

    @Test
    void portsUsedAgainAreAnotherConnection() {
        Network network = new Network(Rows.PACKETS);
        for (int i = 0; i < 3; i++) {
            network.tcp(i, OWN, SERVER, "S");
            network.tcp(i + 0.1, SERVER, OWN, "SA");
            network.tcp(i + 0.2, OWN, SERVER, "FA");
            network.tcp(i + 0.3, SERVER, OWN, "FA");
        }
        assertThat(network.finish()).hasSize(3).allMatch(Told::begins);
        assertThat(network.told).extracting(Told::sentPackets).containsOnly(2L);
        assertThat(network.told).extracting(Told::outcome).containsOnly(Outcome.ANSWERED);
    }

    @Test
    void questionsInDatagramsAreAnsweredOrNot() {
        Network network = new Network(Rows.PACKETS);
        network.udp(0, OWN, "203.0.113.5:53");
        network.udp(0.1, "203.0.113.5:53", OWN);
        network.udp(0, OWN, "203.0.113.6:53");
        network.tick(300);
        assertThat(network.finish())
                .extracting(Told::responder, Told::outcome)
                .containsExactlyInAnyOrder(
                        tuple("203.0.113.5:53", Outcome.ANSWERED), tuple("203.0.113.6:53", Outcome.UNANSWERED));
    }

    @Test
    void anEchoIsAnswered() {
        Network network = new Network(Rows.PACKETS);
        // Type and code stand as the destination's port: request 8, reply 0.
        network.row(0, 0, "198.51.100.7:0", "203.0.113.5:2048", Protocols.ICMP, "", 1, 84);
        network.row(0.1, 0.1, "203.0.113.5:0", "198.51.100.7:0", Protocols.ICMP, "", 1, 84);
        Told told = network.only();
        assertThat(told.responder()).isEqualTo("203.0.113.5:2048");
        assertThat(told.outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(told.sentPackets()).isEqualTo(1);
        assertThat(told.receivedPackets()).isEqualTo(1);
    }

    @Test
    void ofTheMiddleOfAConnectionNobodyCanSayThatItFailed() {
        Network network = new Network(Rows.PACKETS);
        network.tcp(0, OWN, SERVER, "PA");
        network.tick(60);
        assertThat(network.only().outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void whatOthersBeginIsNotTold() {
        Network network = new Network(Rows.PACKETS);
        network.tcp(0, OUTSIDER, OWN_SERVER, "S");
        network.tcp(0.1, OWN_SERVER, OUTSIDER, "SA");
        network.tcp(0.2, OUTSIDER, OWN_SERVER, "A");
        network.udp(0, OUTSIDER, "198.51.100.80:53");
        network.udp(0.1, "198.51.100.80:53", OUTSIDER);
        assertThat(network.finish()).isEmpty();
    }

    @Test
    void whatTurnsOutToBeUnansweredIsNotToldBeforeItsTime() {
        Network network = new Network(Rows.PACKETS);
        network.tcp(0, OWN, SERVER, "S");
        network.tick(29);
        assertThat(network.told).isEmpty();
        network.tcp(29.5, SERVER, OWN, "SA");
        network.tick(31);
        assertThat(network.only().outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @ParameterizedTest
    @CsvSource({"443, true", "443, false", "6667, true", "6667, false"})
    void flowRecordsOfBothSidesAreOneConnectionInAnyOrder(int port, boolean answerFirst) {
        Network network = new Network(Rows.FLOWS);
        String server = "203.0.113.5:" + port;
        if (answerFirst) {
            network.flow(0.01, 3, server, OWN, "SAPF", 8);
            network.flow(0, 3, OWN, server, "SAPF", 10);
        } else {
            network.flow(0, 3, OWN, server, "SAPF", 10);
            network.flow(0.01, 3, server, OWN, "SAPF", 8);
        }
        Told told = network.only();
        assertThat(told.initiator()).isEqualTo(OWN);
        assertThat(told.responder()).isEqualTo(server);
        assertThat(told.first()).isEqualTo(0);
        assertThat(told.sentPackets()).isEqualTo(10);
        assertThat(told.receivedPackets()).isEqualTo(8);
        assertThat(told.outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void flowRecordsOfWhatOthersBeginAreNotTold(boolean answerFirst) {
        Network network = new Network(Rows.FLOWS);
        if (answerFirst) {
            network.flow(0.01, 3, OWN_SERVER, OUTSIDER, "SAPF", 8);
        }
        network.flow(0, 3, OUTSIDER, OWN_SERVER, "SAPF", 10);
        if (!answerFirst) {
            network.flow(0.01, 3, OWN_SERVER, OUTSIDER, "SAPF", 8);
        }
        assertThat(network.finish()).isEmpty();
    }

    @Test
    void aSessionOfADayIsOneConnectionInParts() {
        Network network = new Network(Rows.FLOWS);
        int minutes = 24 * 60;
        for (int minute = 0; minute < minutes; minute++) {
            double first = minute * 60.0;
            network.flow(first, first + 59, OWN, SERVER, minute == 0 ? "SA" : "PA", 10);
            network.flow(first, first + 59, SERVER, OWN, minute == 0 ? "SA" : "PA", 7);
            network.tick(first + 59.5);
        }
        List<Told> told = network.finish();
        assertThat(told.stream().filter(Told::begins)).hasSize(1);
        assertThat(told.get(0).begins()).isTrue();
        assertThat(told.size()).isBetween(minutes / 7, minutes / 4);
        assertThat(told.stream().mapToLong(Told::sentPackets).sum()).isEqualTo(10L * minutes);
        assertThat(told.stream().mapToLong(Told::receivedPackets).sum()).isEqualTo(7L * minutes);
        assertThat(told).extracting(Told::outcome).containsOnly(Outcome.ANSWERED);
        for (int i = 1; i < told.size(); i++) {
            assertThat(told.get(i).first())
                    .isGreaterThanOrEqualTo(told.get(i - 1).last());
        }
    }

    /** A router exports what goes on once a minute; nobody answers, or only one direction is seen. */
    @ParameterizedTest
    @ValueSource(ints = {Protocols.UDP, Protocols.TCP})
    void aStreamThatNobodyAnswersIsOneConnectionInParts(int protocol) {
        Network network = new Network(Rows.FLOWS);
        int minutes = 120;
        for (int minute = 0; minute < minutes; minute++) {
            double first = minute * 60.0;
            String flags = protocol == Protocols.UDP ? "" : minute == 0 ? "SAP" : "AP";
            network.row(first, first + 59, OWN, "203.0.113.5:9999", protocol, flags, 600, 60_000);
            network.tick(first + 59.5);
        }
        List<Told> told = network.finish();
        assertThat(told.stream().filter(Told::begins)).hasSize(1);
        assertThat(told.size()).isBetween(minutes / 3, minutes);
        assertThat(told.stream().mapToLong(Told::sentPackets).sum()).isEqualTo(600L * minutes);
        assertThat(told.get(0).outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void samplesAreToldOneByOneAndAnAnswerAmongThemIsOne() {
        Network network = new Network(Rows.SAMPLES);
        network.samplingRate = 1_000;
        for (int i = 0; i < 5; i++) {
            network.tcp(i, OWN, SERVER, "A");
            network.tcp(i + 0.5, SERVER, OWN, "A");
        }
        List<Told> told = network.finish();
        assertThat(told).hasSize(5);
        assertThat(told.get(0).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(told.subList(1, 5)).extracting(Told::outcome).containsOnly(Outcome.ANSWERED);
        assertThat(told).extracting(Told::sentPackets).containsOnly(1_000L);
        assertThat(told).extracting(Told::samplingRate).containsOnly(1_000);
        assertThat(told).extracting(Told::responder).containsOnly(SERVER);
    }

    @Test
    void samplesOfOneSideSayNothing() {
        Network network = new Network(Rows.SAMPLES);
        network.samplingRate = 1_000;
        for (int i = 0; i < 5; i++) {
            network.tcp(i, OWN, SERVER, "A");
        }
        assertThat(network.finish()).hasSize(5).extracting(Told::outcome).containsOnly(Outcome.UNKNOWN);
    }

    /** Whoever acknowledges was answered, though nobody saw it. */
    @ParameterizedTest
    @ValueSource(strings = {"PACKETS", "FLOWS"})
    void whereAnswersAreNotSeenNothingFails(Rows kind) {
        Network network = new Network(kind);
        if (kind == Rows.FLOWS) {
            network.flow(0, 1, OWN, SERVER, "SAPF", 9);
        } else {
            network.tcp(0, OWN, SERVER, "S");
            network.tcp(0.1, OWN, SERVER, "A");
        }
        network.tick(100);
        assertThat(network.only().outcome()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void recordsOfLogsAreWholeConnections() {
        Network network = new Network(Rows.CONNECTIONS);
        int began = Relation.FROM_INITIATOR | Relation.OPENS | Relation.STARTED;
        network.logged(0, OWN, SERVER, "SAF", began | Relation.ANSWERED, 5);
        network.logged(0, SERVER, OWN, "SAF", Relation.ANSWERED | Relation.STARTED | Relation.FIRST_ANSWER, 4);
        network.logged(10, OWN, SERVER, "S", began, 3);
        network.logged(20, OWN, SERVER, "S", began, 1);
        network.logged(20, SERVER, OWN, "RA", Relation.ANSWERED | Relation.STARTED, 1);
        network.logged(30, OWN, SERVER, "A", Relation.FROM_INITIATOR | Relation.OPENS, 2);
        List<Told> told = network.finish();
        assertThat(told)
                .extracting(Told::outcome)
                .containsExactly(Outcome.ANSWERED, Outcome.UNANSWERED, Outcome.REFUSED, Outcome.UNKNOWN);
        assertThat(told).extracting(Told::sentPackets).containsExactly(5L, 3L, 1L, 2L);
        assertThat(told).extracting(Told::receivedPackets).containsExactly(4L, 0L, 1L, 0L);
        assertThat(told).extracting(Told::initiator).containsOnly(OWN);
        assertThat(told).allMatch(Told::begins);
    }

    /** Where a log saw the responder's side only, it is known who began it. */
    @Test
    void recordsOfLogsMayHaveTheResponderOnly() {
        Network network = new Network(Rows.CONNECTIONS);
        network.logged(0, SERVER, OWN, "SA", Relation.STARTED | Relation.FIRST_ANSWER, 4);
        network.logged(1, OWN_SERVER, OUTSIDER, "SA", Relation.STARTED | Relation.FIRST_ANSWER, 4);
        Told told = network.only();
        assertThat(told.initiator()).isEqualTo(OWN);
        assertThat(told.responder()).isEqualTo(SERVER);
        assertThat(told.sentPackets()).isZero();
        assertThat(told.receivedPackets()).isEqualTo(4);
        assertThat(told.outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void recordsOfWhatOthersBeginAreNotTold() {
        Network network = new Network(Rows.CONNECTIONS);
        int began = Relation.FROM_INITIATOR | Relation.OPENS | Relation.STARTED;
        network.logged(0, OUTSIDER, OWN_SERVER, "SAF", began | Relation.ANSWERED, 5);
        network.logged(0, OWN_SERVER, OUTSIDER, "SAF", Relation.ANSWERED | Relation.STARTED | Relation.FIRST_ANSWER, 4);
        network.logged(0, OWN, SERVER, "S", began, 1);
        assertThat(network.only().initiator()).isEqualTo(OWN);
    }

    /** Two connections to the same server at the same moment, one after the other in the log. */
    @Test
    void anAnswerBelongsToItsOwnRecord() {
        Network network = new Network(Rows.CONNECTIONS);
        int began = Relation.FROM_INITIATOR | Relation.OPENS | Relation.STARTED;
        network.logged(0, OWN, SERVER, "S", began, 1);
        network.logged(0, SERVER, "198.51.100.7:50001", "SA", Relation.STARTED | Relation.FIRST_ANSWER, 4);
        assertThat(network.finish())
                .extracting(Told::initiator, Told::outcome)
                .containsExactly(tuple(OWN, Outcome.UNANSWERED), tuple("198.51.100.7:50001", Outcome.ANSWERED));
    }

    @Test
    void fullBucketsTellEarlyAndOfAnsweredOnesFirst() {
        Network network = new Network(Rows.PACKETS, 8);
        network.tcp(0, OWN, SERVER, "S");
        network.tcp(0.1, SERVER, OWN, "SA");
        for (int i = 0; i < 7; i++) {
            network.tcp(1, "198.51.100.7:" + (50_001 + i), SERVER, "S");
        }
        network.play();
        assertThat(network.told).isEmpty();
        network.tcp(2, "198.51.100.7:51000", SERVER, "S");
        network.play();
        assertThat(network.told).hasSize(1);
        assertThat(network.told.get(0).initiator()).isEqualTo(OWN);
        assertThat(network.told.get(0).outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(network.assembler.evicted()).isZero();
        network.tcp(3, "198.51.100.7:51001", SERVER, "S");
        network.play();
        assertThat(network.assembler.evicted()).isEqualTo(1);
        // It had time left to be answered in.
        assertThat(network.told.get(1).outcome()).isEqualTo(Outcome.UNKNOWN);
        network.finish();
        assertThat(network.told).hasSize(10);
        assertThat(network.told.stream().filter(told -> told.outcome() == Outcome.UNANSWERED))
                .hasSize(8);
    }

    @Test
    void afterTheEndTimeMayBeginAnew() {
        Network network = new Network(Rows.PACKETS);
        network.tcp(10_000, OWN, SERVER, "S");
        assertThat(network.finish()).hasSize(1);
        network.tcp(0, OWN, SERVER, "S");
        network.tcp(0.1, SERVER, OWN, "SA");
        assertThat(network.finish()).hasSize(2);
        assertThat(network.told.get(1).outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void otherNetworksApplyToWhatBeginsThen() {
        Network network = new Network(Rows.PACKETS);
        network.tcp(0, OUTSIDER, SERVER, "S");
        network.play();
        network.assembler.apply(List.of(Prefix.parse("203.0.113.9/32")));
        network.tcp(60, OUTSIDER, SERVER, "S");
        network.tcp(60, OWN, SERVER, "S");
        assertThat(network.only().initiator()).isEqualTo(OUTSIDER);
    }

    /** Whatever comes: what own hosts begin and get is told to the last byte, and each beginning once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nothingIsLostOrToldTwice(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Network network = new Network(random.nextBoolean() ? Rows.PACKETS : Rows.FLOWS, 1 << 16);
        Map<String, long[]> given = new HashMap<>();
        double second = 0;
        for (int i = 0; i < 20_000; i++) {
            second += random.nextDouble() * 0.02;
            String own = "198.51.100." + random.nextInt(1, 20) + ":" + (1_024 + i);
            String server = "203.0.113." + random.nextInt(1, 250) + ":" + (random.nextBoolean() ? 443 : 23);
            int protocol = random.nextInt(4) == 0 ? Protocols.UDP : Protocols.TCP;
            long[] sums = given.computeIfAbsent(own + " " + server + " " + protocol, any -> new long[4]);
            // The first row is the initiator's; what follows is either side's.
            int rows = random.nextInt(1, 6);
            for (int row = 0; row < rows; row++) {
                boolean sent = row == 0 || random.nextBoolean();
                long packets = network.kind == Rows.PACKETS ? 1 : random.nextInt(1, 100);
                long bytes = packets * random.nextInt(40, 1_500);
                String flags = protocol != Protocols.TCP ? "" : row == 0 ? "S" : sent ? "A" : row == 1 ? "SA" : "PA";
                network.row(second, second, sent ? own : server, sent ? server : own, protocol, flags, packets, bytes);
                sums[sent ? 0 : 2] += packets;
                sums[sent ? 1 : 3] += bytes;
                second += 0.001;
            }
        }
        Map<String, long[]> told = new HashMap<>();
        for (Told connection : network.finish()) {
            long[] sums = told.computeIfAbsent(
                    connection.initiator() + " " + connection.responder() + " " + connection.protocol(),
                    any -> new long[4]);
            sums[0] += connection.sentPackets();
            sums[1] += connection.sentBytes();
            sums[2] += connection.receivedPackets();
            sums[3] += connection.receivedBytes();
            assertThat(connection.first()).isLessThanOrEqualTo(connection.last());
            assertThat(connection.begins()).isTrue();
        }
        assertThat(told.keySet()).isEqualTo(given.keySet());
        given.forEach((key, sums) -> assertThat(told.get(key)).as(key).isEqualTo(sums));
        assertThat(network.told.size()).isEqualTo(given.size());
        assertThat(network.assembler.evicted()).isZero();
    }

    /** However small the table: what is told adds up to what was given. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void aFullTableLosesNothing(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Network network = new Network(Rows.PACKETS, 64);
        long bytes = 0;
        for (int i = 0; i < 5_000; i++) {
            String own = "198.51.100." + random.nextInt(1, 200) + ":" + random.nextInt(1_024, 65_536);
            network.tcp(i * 0.01, own, SERVER, "S");
            bytes += 60;
        }
        assertThat(network.finish().stream().mapToLong(Told::sentBytes).sum()).isEqualTo(bytes);
        assertThat(network.told).hasSize(5_000);
        assertThat(network.assembler.evicted()).isPositive();
    }
}
