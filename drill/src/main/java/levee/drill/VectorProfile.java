package levee.drill;

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

    /** Hosts that attack under their own addresses. */
    private static final int BOTS = 1_000;

    /** What a vector has in an attack, where the plan does not say how many sources. */
    static VectorProfile of(AttackVector vector, PlannedAttack plan) {
        VectorProfile usual = usual(vector);
        boolean forged = plan.forged().orElse(usual.forged);
        if (forged == usual.forged) {
            return usual;
        }
        return new VectorProfile(forged ? ANY_ADDRESS : BOTS, forged);
    }

    private static VectorProfile usual(AttackVector vector) {
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
                new VectorProfile(BOTS, false);
            case GRE_FLOOD -> new VectorProfile(400, false);
            default -> new VectorProfile(800, false);
        };
    }

    /** Whether an attack has sources that are forged. */
    static boolean anyForged(PlannedAttack plan) {
        return plan.vectors().stream().anyMatch(v -> of(v, plan).forged());
    }
}
