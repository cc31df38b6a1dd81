package levee.telemetry;

import static levee.telemetry.Conversation.START_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import levee.model.Protocols;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTableTest {
    private static final String CLIENT = "10.0.0.1:40000";
    private static final String SERVER = "10.0.0.2:80";

    private final Conversation packets = new Conversation();

    /** Both orders, since the table holds one entry for both directions. */
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:40000, 10.0.0.2:80",
        "10.0.0.2:80, 10.0.0.1:40000",
        "10.0.0.1:80, 10.0.0.1:81",
        "10.0.0.1:81, 10.0.0.1:80",
        "2001:db8::1:40000, 2001:db8::2:80",
        "2001:db8::2:80, 2001:db8::1:40000"
    })
    void aHandshakeIsFollowed(String client, String server) {
        assertThat(packets.tcp(client, server, "S")).isEqualTo("initiator started opens");
        assertThat(packets.tcp(server, client, "SA")).isEqualTo("responder started answered first-answer");
        assertThat(packets.tcp(client, server, "A")).isEqualTo("initiator started answered completes");
        assertThat(packets.tcp(client, server, "PA")).isEqualTo("initiator started answered first-data");
        assertThat(packets.tcp(server, client, "A")).isEqualTo("responder started answered");
        assertThat(packets.tcp(server, client, "PA")).isEqualTo("responder started answered");
        assertThat(packets.tcp(client, server, "PA")).isEqualTo("initiator started answered");
        assertThat(packets.tcp(client, server, "FA")).isEqualTo("initiator started answered");
        assertThat(packets.tcp(server, client, "FA")).isEqualTo("responder started answered");
        assertThat(packets.tcp(client, server, "A")).isEqualTo("initiator started answered");
    }

    @Test
    void theFirstSegmentAfterTheSynMayCarryData() {
        packets.tcp(CLIENT, SERVER, "S");
        packets.tcp(SERVER, CLIENT, "SA");
        assertThat(packets.tcp(CLIENT, SERVER, "PA")).isEqualTo("initiator started answered completes first-data");
    }

    @Test
    void congestionFlagsDoNotMatter() {
        assertThat(packets.tcp(CLIENT, SERVER, "SEC")).isEqualTo("initiator started opens");
        assertThat(packets.tcp(SERVER, CLIENT, "SAE")).isEqualTo("responder started answered first-answer");
        assertThat(packets.tcp(CLIENT, SERVER, "AC")).isEqualTo("initiator started answered completes");
    }

    @Test
    void ofSamplesOnlyAnAnswerIsKnown() {
        packets.sampled(100);
        assertThat(packets.relation(Protocols.UDP, CLIENT, SERVER, 0)).isZero();
        assertThat(packets.relation(Protocols.UDP, CLIENT, SERVER, 0)).isZero();
        assertThat(packets.relation(Protocols.UDP, SERVER, CLIENT, 0)).isEqualTo(Relation.ANSWERED);
        assertThat(packets.relation(Protocols.UDP, CLIENT, SERVER, 0)).isEqualTo(Relation.ANSWERED);
    }

    @Test
    void aSampledRefusalIsNoAnswerWhicheverComesFirst() {
        packets.sampled(100);
        assertThat(packets.relation(Protocols.TCP, SERVER, CLIENT, TcpFlags.RST))
                .isZero();
        assertThat(packets.relation(Protocols.TCP, CLIENT, SERVER, TcpFlags.ACK))
                .isZero();
        assertThat(packets.relation(Protocols.TCP, SERVER, CLIENT, TcpFlags.RST))
                .isZero();
        assertThat(packets.relation(Protocols.TCP, CLIENT, SERVER, TcpFlags.ACK))
                .isZero();
    }

    @Test
    void aRefusalIsNoAnswer() {
        assertThat(packets.tcp(CLIENT, SERVER, "S")).isEqualTo("initiator started opens");
        assertThat(packets.tcp(SERVER, CLIENT, "RA")).isEqualTo("responder started answered");
    }

    @Test
    void anotherTryAfterARefusalOpensNothing() {
        packets.tcp(CLIENT, SERVER, "S");
        packets.tcp(SERVER, CLIENT, "RA");
        assertThat(packets.after(0.5).tcp(CLIENT, SERVER, "S")).isEqualTo("initiator started");
        assertThat(packets.tcp(SERVER, CLIENT, "SA")).isEqualTo("responder started answered first-answer");
        // It is not closed any more.
        assertThat(packets.after(60).tcp(SERVER, CLIENT, "SA")).isEqualTo("responder started answered");
    }

    @Test
    void aRepeatedSynOpensNothing() {
        packets.tcp(CLIENT, SERVER, "S");
        assertThat(packets.after(1).tcp(CLIENT, SERVER, "S")).isEqualTo("initiator started");
        assertThat(packets.after(2).tcp(CLIENT, SERVER, "S")).isEqualTo("initiator started");
        assertThat(packets.tcp(SERVER, CLIENT, "SA")).isEqualTo("responder started answered first-answer");
        assertThat(packets.tcp(SERVER, CLIENT, "SA")).isEqualTo("responder started answered");
    }

    @Test
    void aSynFloodOpensAndNothingCompletes() {
        for (int i = 0; i < 500; i++) {
            String source = "192.0.2." + i % 250 + ":" + (1_024 + i);
            assertThat(packets.tcp(source, SERVER, "S")).isEqualTo("initiator started opens");
            assertThat(packets.tcp(SERVER, source, "SA")).isEqualTo("responder started answered first-answer");
        }
    }

    @Test
    void anAnswerWithoutAQuestionIsNotStarted() {
        // what a reflection of SYN-ACKs sends
        assertThat(packets.tcp(SERVER, CLIENT, "SA")).isEqualTo("initiator opens");
        assertThat(packets.tcp(CLIENT, SERVER, "R")).isEqualTo("responder answered");
        assertThat(packets.tcp(SERVER, CLIENT, "SA")).isEqualTo("initiator");
    }

    @Test
    void whereOnlyTheAnswersAreSeenASegmentAfterTheSynAckCompletes() {
        assertThat(packets.tcp(SERVER, CLIENT, "SA")).isEqualTo("initiator opens");
        assertThat(packets.tcp(SERVER, CLIENT, "A")).isEqualTo("initiator completes");
        assertThat(packets.tcp(SERVER, CLIENT, "PA")).isEqualTo("initiator started first-data");
        assertThat(packets.tcp(SERVER, CLIENT, "FA")).isEqualTo("initiator started");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "PA", "FA", "R", ""})
    void aConnectionSeenFromItsMiddleIsNotStarted(String flags) {
        assertThat(packets.tcp(CLIENT, SERVER, flags)).isEqualTo("initiator opens");
        // It never completes, whatever follows.
        packets.tcp(SERVER, CLIENT, "A");
        assertThat(packets.tcp(CLIENT, SERVER, "A")).doesNotContain("completes").doesNotContain("started");
    }

    @Test
    void aSynAfterTheMiddleOfAConnectionStartsAnother() {
        packets.tcp(CLIENT, SERVER, "A");
        assertThat(packets.tcp(CLIENT, SERVER, "S")).isEqualTo("initiator started opens");
    }

    @Test
    void whereOnlyOneDirectionIsSeenASegmentAfterTheSynCompletes() {
        assertThat(packets.tcp(CLIENT, SERVER, "S")).isEqualTo("initiator started opens");
        assertThat(packets.tcp(CLIENT, SERVER, "A")).isEqualTo("initiator started completes");
        assertThat(packets.tcp(CLIENT, SERVER, "PA")).isEqualTo("initiator started first-data");
        assertThat(packets.tcp(CLIENT, SERVER, "A")).isEqualTo("initiator started");
    }

    @ParameterizedTest
    @CsvSource({"FA", "R", "RA"})
    void aPortThatIsUsedAgainOpensAnotherConnection(String last) {
        packets.tcp(CLIENT, SERVER, "S");
        packets.tcp(SERVER, CLIENT, "SA");
        packets.tcp(CLIENT, SERVER, "A");
        packets.tcp(CLIENT, SERVER, last);
        assertThat(packets.after(1).tcp(CLIENT, SERVER, "S")).isEqualTo("initiator started opens");
        assertThat(packets.tcp(SERVER, CLIENT, "SA")).isEqualTo("responder started answered first-answer");
    }

    @Test
    void aPortThatIsUsedAgainWithoutAnEndOpensAnotherConnection() {
        packets.tcp(CLIENT, SERVER, "S");
        packets.tcp(SERVER, CLIENT, "SA");
        packets.tcp(CLIENT, SERVER, "A");
        assertThat(packets.after(300).tcp(CLIENT, SERVER, "S")).isEqualTo("initiator started opens");
    }

    @Test
    void aSynFromTheOtherSideTurnsTheConnectionAround() {
        packets.tcp(CLIENT, SERVER, "S");
        assertThat(packets.tcp(SERVER, CLIENT, "S")).isEqualTo("initiator started opens");
        assertThat(packets.tcp(CLIENT, SERVER, "SA")).isEqualTo("responder started answered first-answer");
    }

    @Test
    void anAnsweredRequestOverUdp() {
        String resolver = "10.0.0.2:53";
        assertThat(packets.udp(CLIENT, resolver)).isEqualTo("initiator started opens");
        assertThat(packets.udp(CLIENT, resolver)).isEqualTo("initiator started");
        assertThat(packets.udp(resolver, CLIENT)).isEqualTo("responder started answered first-answer");
        assertThat(packets.udp(resolver, CLIENT)).isEqualTo("responder started answered");
        assertThat(packets.udp(CLIENT, resolver)).isEqualTo("initiator started answered completes");
        assertThat(packets.udp(CLIENT, resolver)).isEqualTo("initiator started answered");
    }

    @Test
    void theFlagsOfUdpRowsAreNotLookedAt() {
        int all = Conversation.flags("FSRPAUEC");
        assertThat(Conversation.words(packets.relation(Protocols.UDP, CLIENT, SERVER, all)))
                .isEqualTo("initiator started opens");
        assertThat(Conversation.words(packets.relation(Protocols.UDP, SERVER, CLIENT, all)))
                .isEqualTo("responder started answered first-answer");
        assertThat(packets.after(100).udp(CLIENT, SERVER)).isEqualTo("initiator started answered completes");
    }

    @Test
    void requestAndAnswerOfIcmpAreOneConnectionThoughTheirTypesDiffer() {
        assertThat(packets.icmp("10.0.0.1", "10.0.0.2", 8)).isEqualTo("initiator started opens");
        assertThat(packets.icmp("10.0.0.2", "10.0.0.1", 0)).isEqualTo("responder started answered first-answer");
        assertThat(packets.icmp("10.0.0.1", "10.0.0.2", 8)).isEqualTo("initiator started answered completes");
    }

    @Test
    void portsAddressesAndProtocolsTellConnectionsApart() {
        String opens = "initiator started opens";
        assertThat(packets.udp("10.0.0.1:1", "10.0.0.2:2")).isEqualTo(opens);
        assertThat(packets.udp("10.0.0.1:2", "10.0.0.2:1")).isEqualTo(opens);
        assertThat(packets.udp("10.0.0.1:1", "10.0.0.3:2")).isEqualTo(opens);
        assertThat(packets.udp("10.0.0.3:1", "10.0.0.2:2")).isEqualTo(opens);
        assertThat(packets.udp("10.0.0.1:3", "10.0.0.2:2")).isEqualTo(opens);
        assertThat(packets.udp("::1:1", "::2:2")).isEqualTo(opens);
        assertThat(packets.tcp("10.0.0.1:1", "10.0.0.2:2", "S")).isEqualTo(opens);
        assertThat(packets.icmp("10.0.0.1", "10.0.0.2", 8)).isEqualTo(opens);
    }

    @Test
    void anEndpointThatTalksToItselfIsItsOwnInitiator() {
        assertThat(packets.tcp(SERVER, SERVER, "S")).isEqualTo("initiator started opens");
        assertThat(packets.tcp(SERVER, SERVER, "S")).isEqualTo("initiator started");
    }

    @ParameterizedTest
    @CsvSource({
        // unanswered, over UDP and TCP
        "30, udp",
        "30, syn",
        // answered over UDP, established over TCP
        "180, udp answered",
        "900, tcp established",
        // closed
        "10, tcp closed"
    })
    void connectionsExpire(int seconds, String kind) {
        for (boolean late : new boolean[] {false, true}) {
            Conversation conversation = new Conversation();
            switch (kind) {
                case "udp" -> conversation.udp(CLIENT, SERVER);
                case "syn" -> conversation.tcp(CLIENT, SERVER, "S");
                case "udp answered" -> {
                    conversation.udp(CLIENT, SERVER);
                    conversation.udp(SERVER, CLIENT);
                }
                default -> {
                    conversation.tcp(CLIENT, SERVER, "S");
                    conversation.tcp(SERVER, CLIENT, "SA");
                    conversation.tcp(CLIENT, SERVER, kind.endsWith("closed") ? "FA" : "A");
                }
            }
            conversation.after(late ? seconds + 1 : seconds);
            String relation =
                    kind.startsWith("udp") ? conversation.udp(CLIENT, SERVER) : conversation.tcp(CLIENT, SERVER, "PA");
            assertThat(relation.contains("opens")).isEqualTo(late);
        }
    }

    @Test
    void everyRowKeepsAConnectionAlive() {
        packets.udp(CLIENT, SERVER);
        for (int i = 0; i < 100; i++) {
            assertThat(packets.after(29).udp(CLIENT, SERVER)).isEqualTo("initiator started");
        }
    }

    @Test
    void theClockOfTheTableMayWrap() {
        // 20 bits of seconds: twelve days
        long wrap = (START_SECONDS >>> 20) + 1 << 20;
        packets.at(wrap - 5).udp(CLIENT, SERVER);
        assertThat(packets.at(wrap + 5).udp(SERVER, CLIENT)).isEqualTo("responder started answered first-answer");
        packets.at(wrap - 5).udp("10.0.0.3:1", "10.0.0.4:2");
        assertThat(packets.at(wrap + 40).udp("10.0.0.4:2", "10.0.0.3:1")).isEqualTo("initiator started opens");
    }

    @ParameterizedTest
    @ValueSource(longs = {3_600, 86_400, 6 * 86_400, 7 * 86_400, 10 * 86_400, 12 * 86_400, 13 * 86_400, 365 * 86_400})
    void aConnectionDoesNotComeBackToLife(long pause) {
        packets.udp(CLIENT, SERVER);
        packets.udp(SERVER, CLIENT);
        assertThat(packets.after(pause).udp(CLIENT, SERVER)).isEqualTo("initiator started opens");
    }

    @Test
    void rowsMayBeOutOfOrder() {
        packets.udp(CLIENT, SERVER);
        assertThat(packets.after(-600).udp(SERVER, CLIENT)).isEqualTo("responder started answered first-answer");
        packets.after(600).tcp(CLIENT, SERVER, "S");
        packets.tcp(SERVER, CLIENT, "SA");
        packets.tcp(CLIENT, SERVER, "A");
        assertThat(packets.after(-600).tcp(CLIENT, SERVER, "PA")).isEqualTo("initiator started answered first-data");
    }

    @Test
    void aFloodOfForgedConnectionsDisplacesItselfAndNotConversations() {
        Conversation small = new Conversation(8);
        for (int i = 1; i <= 7; i++) {
            small.udp("10.0.0." + i + ":1000", SERVER);
            small.udp(SERVER, "10.0.0." + i + ":1000");
        }
        small.after(10);
        for (int i = 0; i < 1_000; i++) {
            assertThat(small.udp("192.0.2." + i % 250 + ":" + (1_000 + i), SERVER))
                    .isEqualTo("initiator started opens");
        }
        assertThat(small.table.evicted()).isEqualTo(999);
        for (int i = 1; i <= 7; i++) {
            assertThat(small.udp("10.0.0." + i + ":1000", SERVER)).contains("answered");
        }
    }

    @Test
    void expiredConnectionsMakeWayWithoutBeingMissed() {
        Conversation small = new Conversation(8);
        for (int i = 1; i <= 8; i++) {
            small.udp("10.0.0." + i + ":1000", SERVER);
        }
        small.after(31);
        for (int i = 11; i <= 18; i++) {
            small.udp("10.0.0." + i + ":1000", SERVER);
        }
        assertThat(small.table.evicted()).isZero();
        small.udp("10.0.0.19:1000", SERVER);
        assertThat(small.table.evicted()).isEqualTo(1);
    }

    @Test
    void relationsThatTheSourceFilledInStay() {
        FlowBatch batch = new FlowBatch(1);
        batch.clear(FlowBatch.Rows.CONNECTIONS);
        batch.reset(0);
        batch.size = 1;
        batch.relation[0] = Relation.KNOWN | Relation.COMPLETES;
        packets.table.hash(batch);
        packets.table.annotate(batch);
        assertThat(batch.relation[0]).isEqualTo((byte) (Relation.KNOWN | Relation.COMPLETES));
    }

    @ParameterizedTest
    @ValueSource(ints = {-8, 0, 1, 4, 7, 12, 1_000, Integer.MIN_VALUE})
    void refusesOtherCapacitiesThanPowersOfTwo(int capacity) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ConnectionTable(capacity, 1));
    }
}
