package levee.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What really happened in some traffic, to score findings by.
 *
 * @param name what the traffic is, such as the name of a drill
 * @param start the time of the first packet
 * @param end the time of the last packet
 * @param networks the own networks
 * @param hosts own hosts that sent or received anything; false alarms are counted by their hours
 * @param packets all packets
 * @param bytes their IP bytes
 * @param flows how many flows they were, where somebody counted them
 */
public record Truth(
        String name,
        Instant start,
        Instant end,
        List<Prefix> networks,
        long hosts,
        long packets,
        long bytes,
        Optional<FlowCounts> flows,
        List<TrueAttack> attacks,
        List<InfectedHost> infectedHosts,
        List<Endpoint> commandServers,
        List<LookAlike> lookAlikes) {

    public Truth {
        networks = List.copyOf(networks);
        attacks = List.copyOf(attacks);
        infectedHosts = List.copyOf(infectedHosts);
        commandServers = List.copyOf(commandServers);
        lookAlikes = List.copyOf(lookAlikes);
    }

    /**
     * Flows: packets of one protocol between the same two addresses and ports, as long as no pause is too long. Fragments
     * are of the flow of their datagram; ports that are never sent, or that a protocol does not have, are 0.
     *
     * @param bidirectional both directions being one flow
     * @param unidirectional each direction being a flow of its own
     * @param pauseSeconds the longest pause within a flow
     */
    public record FlowCounts(long bidirectional, long unidirectional, long pauseSeconds) {}

    /**
     * @param target the attacked host, or the prefix that the attack is spread over
     * @param vectors what it consists of, the one with most packets first
     * @param start the time of its first packet
     * @param end the time of its last packet
     * @param packets its packets of all vectors: what the attacker let send, not what systems answer by themselves
     * @param bytes their IP bytes
     * @param sources distinct source addresses
     * @param forged whether source addresses were forged, of one vector at least
     */
    public record TrueAttack(
            Prefix target,
            List<TrueVector> vectors,
            Instant start,
            Instant end,
            long packets,
            long bytes,
            long sources,
            boolean forged) {
        public TrueAttack {
            vectors = List.copyOf(vectors);
        }
    }

    /** One vector's part in an attack. */
    public record TrueVector(AttackVector vector, Instant start, Instant end, long packets, long bytes) {}

    /**
     * @param family what it is infected with, such as {@code mirai}, where somebody says
     * @param behaviours what it did, such as {@code scanning} or {@code beaconing}
     */
    public record InfectedHost(IpAddress host, Optional<String> family, List<Behaviour> behaviours) {
        public InfectedHost {
            behaviours = List.copyOf(behaviours);
        }

        /** One of which nobody says what it is infected with. */
        public InfectedHost(IpAddress host, List<Behaviour> behaviours) {
            this(host, Optional.empty(), behaviours);
        }
    }

    public record Behaviour(String name, Instant start, Instant end) {}

    /**
     * Innocent traffic that could be taken for an attack, or for what infected hosts do.
     *
     * @param name what it is, such as {@code flash-crowd} or {@code ntp-poller}
     * @param target the host that it goes to; where it could be taken for an infection, the own host that could be accused,
     *     each of them for itself
     */
    public record LookAlike(String name, IpAddress target, Instant start, Instant end) {}
}
