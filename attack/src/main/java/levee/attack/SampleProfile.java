package levee.attack;

import levee.detection.RowSample;
import levee.model.AttackVector;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.telemetry.PayloadHint;

/**
 * What the sampled rows of a track have in common.
 *
 * @param confirmedShare the share of rows whose payload is an answer of the vector's service
 * @param topSourceShare the share of the busiest source address
 * @param topTargetsShare the share of the {@link #FEW_TARGETS} busiest destination addresses
 * @param targets an estimate of how many destination addresses there are
 */
record SampleProfile(
        Distribution sourcePorts,
        Distribution destinationPorts,
        Distribution packetLengths,
        Distribution timesToLive,
        double confirmedShare,
        double topSourceShare,
        double topTargetsShare,
        long targets) {

    private static final int ECHO_REPLY = 0;
    private static final int ECHO_REPLY_V6 = 129;

    /** A prefix is attacked as a whole where this many hosts do not explain most of it. */
    static final int FEW_TARGETS = 8;

    static SampleProfile of(RowSample sample, AttackVector vector) {
        int size = sample.size();
        int confirmed = 0;
        for (int i = 0; i < size; i++) {
            if (confirms(vector, sample.payloadHint(i))) {
                confirmed++;
            }
        }
        // Addresses are only counted here, so a hash of them will do.
        Distribution sources =
                Distribution.of(size, i -> Long.hashCode(sample.sourceHigh(i) * 31 + sample.sourceLow(i)));
        Distribution targets =
                Distribution.of(size, i -> Long.hashCode(sample.destinationHigh(i) * 31 + sample.destinationLow(i)));
        return new SampleProfile(
                Distribution.of(size, sample::sourcePort),
                Distribution.of(size, sample::destinationPort),
                Distribution.of(size, sample::packetLength),
                Distribution.of(size, sample::timeToLive),
                size == 0 ? 0 : (double) confirmed / size,
                sources.topShare(1),
                targets.topShare(FEW_TARGETS),
                population(targets.distinct(), size));
    }

    /**
     * How many equally likely values there are, if so many draws yield so many distinct ones: d = N (1 - exp(-n / N)).
     * A sample of a large network hardly holds any host twice.
     */
    static long population(int distinct, int draws) {
        long least = distinct;
        long most = (long) draws * draws;
        while (least < most) {
            long middle = (least + most) / 2;
            if (middle * -Math.expm1(-(double) draws / middle) < distinct) {
                least = middle + 1;
            } else {
                most = middle;
            }
        }
        return least;
    }

    private static boolean confirms(AttackVector vector, int hint) {
        return switch (hint) {
            case PayloadHint.DNS_RESPONSE ->
                vector == AttackVector.DNS_REFLECTION || vector == AttackVector.MDNS_REFLECTION;
            case PayloadHint.NTP_CONTROL_RESPONSE, PayloadHint.NTP_RESPONSE -> vector == AttackVector.NTP_REFLECTION;
            case PayloadHint.SSDP_RESPONSE -> vector == AttackVector.SSDP_REFLECTION;
            case PayloadHint.SNMP_RESPONSE -> vector == AttackVector.SNMP_REFLECTION;
            case PayloadHint.CLDAP_RESPONSE -> vector == AttackVector.CLDAP_REFLECTION;
            case PayloadHint.MEMCACHED_RESPONSE -> vector == AttackVector.MEMCACHED_REFLECTION;
            case PayloadHint.COAP_RESPONSE -> vector == AttackVector.COAP_REFLECTION;
            case PayloadHint.SIP_RESPONSE -> vector == AttackVector.SIP_REFLECTION;
            case PayloadHint.STUN_RESPONSE -> vector == AttackVector.STUN_REFLECTION;
            case PayloadHint.DTLS -> vector == AttackVector.DTLS_REFLECTION;
            case PayloadHint.ISAKMP ->
                vector == AttackVector.ISAKMP_REFLECTION || vector == AttackVector.IPSEC_NAT_T_REFLECTION;
            case PayloadHint.GAME_QUERY_RESPONSE ->
                vector == AttackVector.STEAM_REFLECTION
                        || vector == AttackVector.QUAKE3_REFLECTION
                        || vector == AttackVector.FIVEM_REFLECTION;
            default -> false;
        };
    }

    /** The share of sampled rows that come from one of the networks. */
    static double shareFrom(OwnNetworks networks, RowSample sample) {
        int within = 0;
        for (int i = 0; i < sample.size(); i++) {
            if (networks.contains(sample.sourceHigh(i), sample.sourceLow(i))) {
                within++;
            }
        }
        return (double) within / Math.max(1, sample.size());
    }

    /** The share of sampled rows that go to the busiest /24 or /48. */
    static double topPrefixShare(RowSample sample) {
        return Distribution.of(sample.size(), i -> {
                    int bits = TargetLevel.prefixBits(sample.destinationHigh(i), sample.destinationLow(i));
                    long high = sample.destinationHigh(i) & Prefix.highMask(bits);
                    return Long.hashCode(high * 31 + (sample.destinationLow(i) & Prefix.lowMask(bits)));
                })
                .topShare(1);
    }

    /** The share of echo replies, where the packets are of ICMP or ICMPv6: types 0 and 129, whatever the code. */
    double echoReplyShare() {
        int replies = destinationPorts.entries().stream()
                .filter(e -> e.value() >>> 8 == ECHO_REPLY || e.value() >>> 8 == ECHO_REPLY_V6)
                .mapToInt(Distribution.Entry::count)
                .sum();
        return destinationPorts.total() == 0 ? 0 : (double) replies / destinationPorts.total();
    }

    /** The share of the most common destination port or packet length, whichever is larger. */
    double sameness() {
        return Math.max(destinationPorts.topShare(1), packetLengths.topShare(1));
    }
}
