package levee.attack;

import levee.model.AttackVector;

/** The table of the least evidence by kind of vector; {@code docs/detection.md} says why each number is what it is. */
final class EvidenceRules {
    private static final double NEVER = Double.POSITIVE_INFINITY;

    /** Reflection that is seen not to be asked for, from one server or many: hardly anything else looks like it. */
    static final EvidenceRule UNASKED_ANSWERS = new EvidenceRule(100, 3, 10, 500, 0.8, 0.3, 20);

    /** Reflection whose payloads are answers of the service; whether anybody asked for them is not seen. */
    static final EvidenceRule ANSWERS = new EvidenceRule(100, 3, 10, NEVER, 0.8, 0.3, 300);

    /** Reflection that only the port tells: peers of many applications talk from such ports too. */
    static final EvidenceRule ANSWERS_BY_PORT = new EvidenceRule(200, 100, 20, NEVER, 0.8, 0.3, 300);

    private static final EvidenceRule SYN_ACKS = new EvidenceRule(200, 100, 10, NEVER, 0.8, 0, 1_000);
    private static final EvidenceRule HTTP_ANSWERS = new EvidenceRule(200, 100, 10, NEVER, 0.8, 0, 1_000);
    private static final EvidenceRule SYNS = new EvidenceRule(200, 200, 20, 500, 0.8, 0, 1_000);
    private static final EvidenceRule ACKS = new EvidenceRule(500, 200, 50, NEVER, 0.8, 0, 2_000);
    private static final EvidenceRule TEARDOWNS = new EvidenceRule(300, 100, 20, 2_000, 0.8, 0, 1_000);
    private static final EvidenceRule CONNECTIONS = new EvidenceRule(500, 100, 10, 1_000, 0.8, 0, 1_000);
    private static final EvidenceRule DATAGRAMS = new EvidenceRule(500, 300, 20, 5_000, 0.8, 0.3, 2_000);
    private static final EvidenceRule FRAGMENTS = new EvidenceRule(300, 100, 10, 5_000, 0, 0, 1_000);
    private static final EvidenceRule QUERIES = new EvidenceRule(1_000, 500, 20, 5_000, 0.5, 0, 2_000);
    private static final EvidenceRule ECHOES = new EvidenceRule(500, 300, 10, 300, 0, 0, 1_000);
    private static final EvidenceRule TUNNELS = new EvidenceRule(500, 500, 10, 10_000, 0.8, 0, 2_000);

    private EvidenceRules() {}

    /** What shows that answers of a service are no answers to the target's own questions. */
    enum Proof {
        PORT,
        PAYLOAD,
        NOT_ASKED
    }

    /** The least that any proof needs. */
    static EvidenceRule least(AttackVector vector) {
        return of(vector, Proof.NOT_ASKED);
    }

    /** @param proof of a reflection by UDP */
    static EvidenceRule of(AttackVector vector, Proof proof) {
        return switch (vector.family()) {
            case UDP_REFLECTION ->
                switch (proof) {
                    case PORT -> ANSWERS_BY_PORT;
                    case PAYLOAD -> ANSWERS;
                    case NOT_ASKED -> UNASKED_ANSWERS;
                };
            case TCP_REFLECTION -> vector == AttackVector.TCP_SYNACK_REFLECTION ? SYN_ACKS : HTTP_ANSWERS;
            case TCP_FLOOD -> tcpFlood(vector);
            case UDP_FLOOD -> udpFlood(vector);
            case OTHER_FLOOD -> otherFlood(vector);
        };
    }

    private static EvidenceRule tcpFlood(AttackVector vector) {
        return switch (vector) {
            case TCP_SYN_FLOOD -> SYNS;
            case TCP_ACK_FLOOD -> ACKS;
            case TCP_CONNECTION_FLOOD -> CONNECTIONS;
            default -> TEARDOWNS;
        };
    }

    private static EvidenceRule udpFlood(AttackVector vector) {
        return switch (vector) {
            case UDP_FRAGMENT_FLOOD -> FRAGMENTS;
            case DNS_QUERY_FLOOD, QUIC_FLOOD -> QUERIES;
            default -> DATAGRAMS;
        };
    }

    private static EvidenceRule otherFlood(AttackVector vector) {
        return switch (vector) {
            case ICMP_FLOOD, ICMPV6_FLOOD -> ECHOES;
            case IP_FRAGMENT_FLOOD -> FRAGMENTS;
            default -> TUNNELS;
        };
    }
}
