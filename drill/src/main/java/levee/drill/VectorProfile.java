package levee.drill;

import java.util.List;
import levee.model.AttackVector;

/**
 * What is usual for an attack of a vector.
 *
 * @param sources how many addresses
 * @param forged whether they are not those of the senders
 */
record VectorProfile(int sources, boolean forged) {
    /** So many that they look uniformly random, and yet few enough to count. */
    private static final int ANY_ADDRESS = 1 << 22;

    static VectorProfile of(AttackVector vector) {
        return switch (vector) {
            case MEMCACHED_REFLECTION, ARD_REFLECTION, JENKINS_REFLECTION, BACNET_REFLECTION, CRESTRON_REFLECTION ->
                new VectorProfile(120, false);
            case DNS_REFLECTION, SSDP_REFLECTION, SNMP_REFLECTION, TCP_SYNACK_REFLECTION ->
                new VectorProfile(3_000, false);
            case TCP_SYN_FLOOD,
                    TCP_ACK_FLOOD,
                    TCP_RST_FLOOD,
                    TCP_FIN_FLOOD,
                    TCP_FLAG_FLOOD,
                    QUIC_FLOOD,
                    IP_PROTOCOL_FLOOD,
                    IP_FRAGMENT_FLOOD -> new VectorProfile(ANY_ADDRESS, true);
            case TCP_CONNECTION_FLOOD, UDP_FLOOD, UDP_FRAGMENT_FLOOD, DNS_QUERY_FLOOD, ICMP_FLOOD, ICMPV6_FLOOD ->
                new VectorProfile(1_000, false);
            case GRE_FLOOD -> new VectorProfile(400, false);
            default -> new VectorProfile(800, false);
        };
    }

    /** Whether all of the vectors' sources are real. */
    static boolean anyForged(List<AttackVector> vectors) {
        return vectors.stream().anyMatch(v -> of(v).forged());
    }
}
