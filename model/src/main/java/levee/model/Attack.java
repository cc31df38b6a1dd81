package levee.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A denial-of-service attack on one target.
 *
 * @param target the attacked host, or the prefix where the attack is spread over it
 * @param targets the most attacked hosts of a prefix; empty for a single host
 * @param start the time of its first packet
 * @param end the time of the last packet seen so far
 * @param confidence the probability, 0 to 1, that target and main vector are right
 * @param total what belongs to the attack
 * @param otherTraffic what the target sent and received meanwhile and is not the attack
 * @param vectors what it consists of, the largest first; the shares add up to 1
 * @param otherSample rows of the target's other traffic
 * @param group the group of own networks that is attacked, or that most of an outbound attack comes from
 */
public record Attack(
        String id,
        State state,
        Direction direction,
        Prefix target,
        List<Prefix> targets,
        Instant start,
        Instant end,
        double confidence,
        Visibility visibility,
        Sampling sampling,
        List<Ingress> ingress,
        Peak peak,
        Volume total,
        Volume otherTraffic,
        Sources sources,
        List<VectorShare> vectors,
        Timeline timeline,
        Sample otherSample,
        List<Evidence> evidence,
        Optional<Group> group)
        implements Finding {

    public Attack {
        targets = List.copyOf(targets);
        ingress = List.copyOf(ingress);
        vectors = List.copyOf(vectors);
        evidence = List.copyOf(evidence);
    }

    /** An attack of which no group is known. */
    public Attack(
            String id,
            State state,
            Direction direction,
            Prefix target,
            List<Prefix> targets,
            Instant start,
            Instant end,
            double confidence,
            Visibility visibility,
            Sampling sampling,
            List<Ingress> ingress,
            Peak peak,
            Volume total,
            Volume otherTraffic,
            Sources sources,
            List<VectorShare> vectors,
            Timeline timeline,
            Sample otherSample,
            List<Evidence> evidence) {
        this(
                id,
                state,
                direction,
                target,
                targets,
                start,
                end,
                confidence,
                visibility,
                sampling,
                ingress,
                peak,
                total,
                otherTraffic,
                sources,
                vectors,
                timeline,
                otherSample,
                evidence,
                Optional.empty());
    }

    /** The same attack under the identity that it had before, and with one more thing to say. */
    public Attack continuing(String earlierId, Instant earlierStart, Evidence gap) {
        List<Evidence> statements = new ArrayList<>(evidence);
        statements.add(gap);
        return with(earlierId, earlierStart.isBefore(start) ? earlierStart : start, ingress, statements);
    }

    /** The same attack for those to whom it is nothing which routers the network has. */
    public Attack withoutIngress() {
        return with(id, start, List.of(), evidence);
    }

    private Attack with(String otherId, Instant otherStart, List<Ingress> otherIngress, List<Evidence> otherEvidence) {
        return new Attack(
                otherId,
                state,
                direction,
                target,
                targets,
                otherStart,
                end,
                confidence,
                visibility,
                sampling,
                otherIngress,
                peak,
                total,
                otherTraffic,
                sources,
                vectors,
                timeline,
                otherSample,
                otherEvidence,
                group);
    }

    @Override
    public String kind() {
        return "attack";
    }

    @Override
    public String subject() {
        return target.toString();
    }

    /** Seen from the own networks. */
    public enum Direction {
        INBOUND,
        OUTBOUND,
        TRANSIT,
        UNKNOWN
    }

    /** How much of the target's traffic was seen. */
    public enum Visibility {
        TWO_WAY,
        ONE_WAY,
        SAMPLED
    }

    /** A number of packets and bytes (IP length, without the link layer). */
    public record Volume(long packets, long bytes) {
        public static final Volume NONE = new Volume(0, 0);

        public Volume plus(Volume other) {
            return new Volume(packets + other.packets, bytes + other.bytes);
        }
    }

    /**
     * @param rate one in how many packets was seen; 1 when all were
     * @param rawSamples the packets that were really seen, or counted by a record that is no sample
     */
    public record Sampling(int rate, long rawSamples) {}

    /**
     * Where the attack entered the network.
     *
     * @param exporter the address of the exporting router
     * @param networkInterface the SNMP index of its input interface
     * @param share the part of the attack's packets, 0 to 1
     */
    public record Ingress(String exporter, int networkInterface, double share) {}

    /** Maxima over sliding one-second windows. */
    public record Peak(double packetsPerSecond, double bitsPerSecond) {}

    /**
     * @param distinct how many addresses the attack came from
     * @param spoofing of those of the main vector
     * @param top the networks that sent most
     * @param origins the autonomous systems that sent most; empty where they are not known
     */
    public record Sources(Count distinct, Spoofing spoofing, List<Talker> top, List<Origin> origins) {
        public Sources {
            top = List.copyOf(top);
            origins = List.copyOf(origins);
        }

        /** Sources whose origins are not known. */
        public Sources(Count distinct, Spoofing spoofing, List<Talker> top) {
            this(distinct, spoofing, top, List.of());
        }
    }

    /**
     * @param exact false where the value is an estimate, or a lower bound because of sampling
     */
    public record Count(long value, boolean exact) {}

    /** Whether the source addresses are forged, and why that is thought. */
    public record Spoofing(Verdict verdict, List<String> reasons) {
        public Spoofing {
            reasons = List.copyOf(reasons);
        }

        public enum Verdict {
            LIKELY,
            UNLIKELY,
            UNKNOWN
        }
    }

    /**
     * An autonomous system that announces the addresses of sources.
     *
     * @param number of the system, 1 to 4,294,967,295
     * @param name as the table of origins has it; may be empty
     * @param packetShare its part of the attack's packets, 0 to 1
     */
    public record Origin(long number, String name, double packetShare) {}

    /** A source network and what it sent. */
    public record Talker(Prefix prefix, long packets, long bytes) {}

    /**
     * One vector's part in the attack.
     *
     * @param packetShare its part of the attack's packets, 0 to 1
     * @param byteShare its part of the attack's bytes, 0 to 1
     * @param sourcePorts the most common source ports; empty where they carry no meaning
     * @param destinationPorts the most common destination ports
     * @param packetLengths the most common IP packet lengths in bytes
     * @param timesToLive the most common TTLs or hop limits
     * @param noticed when the evidence for it sufficed, in the time of the packets
     * @param spoofing of its sources
     * @param companions what is counted to it besides the traffic that it is named after
     * @param sample rows that belong to it, without those of its companions
     */
    public record VectorShare(
            AttackVector vector,
            double packetShare,
            double byteShare,
            List<Integer> sourcePorts,
            List<Integer> destinationPorts,
            List<Integer> packetLengths,
            List<Integer> timesToLive,
            Instant start,
            Instant end,
            Instant noticed,
            double confidence,
            Spoofing spoofing,
            Set<Companion> companions,
            Sample sample) {
        public VectorShare {
            sourcePorts = List.copyOf(sourcePorts);
            destinationPorts = List.copyOf(destinationPorts);
            packetLengths = List.copyOf(packetLengths);
            timesToLive = List.copyOf(timesToLive);
            companions = Set.copyOf(companions);
        }
    }

    /** Traffic that comes along with a vector. */
    public enum Companion {
        /** Fragments whose first one was not seen, from the vector's sources. */
        FRAGMENTS,
        /** ICMP errors about requests that were forged in the target's name. */
        ICMP_ERRORS
    }

    /**
     * The traffic over time, in slots of equal length.
     *
     * @param start when the first slot begins
     * @param slot the length of a slot
     * @param vectors what each vector sent in each slot, in the order of {@link Attack#vectors}
     * @param otherTraffic what else the target sent and received in each slot
     */
    public record Timeline(
            Instant start, Duration slot, Map<AttackVector, List<Volume>> vectors, List<Volume> otherTraffic) {
        public Timeline {
            Map<AttackVector, List<Volume>> copy = new LinkedHashMap<>();
            vectors.forEach((vector, volumes) -> copy.put(vector, List.copyOf(volumes)));
            vectors = Collections.unmodifiableMap(copy);
            otherTraffic = List.copyOf(otherTraffic);
        }
    }

    /**
     * Rows drawn uniformly from many, fields and all, so that one can ask what a filter would match.
     *
     * @param weight how many rows each one stands for; 1 where these are all
     */
    public record Sample(double weight, List<SampledRow> rows) {
        public static final Sample NONE = new Sample(1, List.of());

        public Sample {
            rows = List.copyOf(rows);
        }
    }

    /**
     * A packet, or a flow record.
     *
     * @param sourcePort 0 where there is none
     * @param destinationPort 0 where there is none; for ICMP {@code type * 256 + code}
     * @param protocol the IP protocol number
     * @param tcpFlags as in the header; of a flow all that were seen
     * @param timeToLive TTL or hop limit; 0 where it is not known
     * @param packets how many; 1 for a packet
     * @param bytes IP length
     */
    public record SampledRow(
            Instant time,
            IpAddress source,
            int sourcePort,
            IpAddress destination,
            int destinationPort,
            int protocol,
            int tcpFlags,
            int timeToLive,
            long packets,
            long bytes) {}
}
