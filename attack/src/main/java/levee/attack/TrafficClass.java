package levee.attack;

import levee.model.AttackVector;

/**
 * What a row looks like by itself and by its connection, as a small number: ordinary, or what it would belong to if
 * there were an attack. Whether there is one is decided over many rows.
 */
final class TrafficClass {
    /** Part of a conversation, or nothing that floods are made of. */
    static final int ORDINARY = 0;

    /** ICMP errors: backscatter of forged requests, or a flood of their own. */
    static final int ICMP_ERROR = AttackVector.values().length + 1;

    private static final AttackVector[] VECTORS = AttackVector.values();

    private TrafficClass() {}

    static int of(AttackVector vector) {
        return vector.ordinal() + 1;
    }

    /** The vector of a class other than {@link #ORDINARY}; of ICMP errors alone that is a flood of ICMP. */
    static AttackVector vector(int trafficClass, boolean ipv4) {
        if (trafficClass == ICMP_ERROR) {
            return ipv4 ? AttackVector.ICMP_FLOOD : AttackVector.ICMPV6_FLOOD;
        }
        return VECTORS[trafficClass - 1];
    }
}
