package levee.attack;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import levee.model.Attack;
import levee.model.Attack.Companion;
import levee.model.Attack.SampledRow;
import levee.model.Attack.VectorShare;
import levee.model.AttackVector;
import levee.model.EpochNanos;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.Relation;
import org.jspecify.annotations.Nullable;

/**
 * Says of rows whether they belong to an attack that was found before, by the classification that found it. For a second
 * look at the same inputs, since the finding itself holds only samples.
 */
public final class AttackMatcher {
    /** No vector of the attack. */
    public static final int NONE = -1;

    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int SYN_FLOOD = TrafficClass.of(AttackVector.TCP_SYN_FLOOD);
    private static final int CONNECTION_FLOOD = TrafficClass.of(AttackVector.TCP_CONNECTION_FLOOD);

    private final Prefix target;

    /** By the class of a row. */
    private final @Nullable Member[] members = new Member[TrafficClass.ICMP_ERROR + 1];

    /**
     * Rows of one class that belong to a vector.
     *
     * @param vector index in {@link Attack#vectors()}
     * @param destinationPorts the ports that it aims at; empty for all
     */
    private record Member(int vector, long startNanos, long endNanos, Set<Integer> destinationPorts) {
        boolean holds(FlowBatch batch, int row) {
            long time = batch.firstNanos[row];
            return time >= startNanos
                    && time <= endNanos
                    && (destinationPorts.isEmpty() || destinationPorts.contains((int) batch.destinationPort[row]));
        }
    }

    public AttackMatcher(Attack attack) {
        target = attack.target();
        List<VectorShare> shares = attack.vectors();
        for (int i = 0; i < shares.size(); i++) {
            VectorShare share = shares.get(i);
            members[TrafficClass.of(share.vector())] =
                    new Member(i, start(share), EpochNanos.of(share.end()), aimedAt(share));
        }
        long start = shares.stream().mapToLong(AttackMatcher::start).min().orElse(0);
        long end = shares.stream().mapToLong(s -> EpochNanos.of(s.end())).max().orElse(0);
        for (int i = 0; i < shares.size(); i++) {
            for (int trafficClass : classesOfCompanions(shares.get(i))) {
                if (members[trafficClass] == null) {
                    members[trafficClass] = new Member(i, start, end, Set.of());
                }
            }
        }
    }

    /** The start of a flood is that of a sampled row; the flood itself began somewhere in that second. */
    private static long start(VectorShare share) {
        long start = EpochNanos.of(share.start());
        return share.vector().family() == AttackVector.Family.UDP_REFLECTION
                ? start
                : Math.floorDiv(start, SECOND_NANOS) * SECOND_NANOS;
    }

    /** As when the finding was put together, what a reflection sends to other ports is not counted. */
    private static Set<Integer> aimedAt(VectorShare share) {
        if (share.vector().family() != AttackVector.Family.UDP_REFLECTION) {
            return Set.of();
        }
        List<SampledRow> rows = share.sample().rows();
        Distribution ports = Distribution.of(rows.size(), i -> rows.get(i).destinationPort());
        return AttackAssembler.isAimed(ports) ? new HashSet<>(share.destinationPorts()) : Set.of();
    }

    private static Set<Integer> classesOfCompanions(VectorShare share) {
        Set<Integer> classes = new HashSet<>();
        for (Companion companion : share.companions()) {
            switch (companion) {
                case FRAGMENTS -> {
                    classes.add(TrafficClass.of(AttackVector.IP_FRAGMENT_FLOOD));
                    if (share.vector().protocol() == Protocols.UDP
                            || share.vector().protocol() == Protocols.ANY) {
                        classes.add(TrafficClass.of(AttackVector.UDP_FRAGMENT_FLOOD));
                    }
                }
                case ICMP_ERRORS -> classes.add(TrafficClass.ICMP_ERROR);
            }
        }
        return classes;
    }

    /**
     * The vector that a row belongs to, as an index in {@link Attack#vectors()}, or {@link #NONE}. The relations of the
     * batch must be filled in by a connection table that saw all rows before, as when the attack was found.
     */
    public int vectorOf(FlowBatch batch, int row) {
        if (!target.contains(batch.destinationHigh[row], batch.destinationLow[row])) {
            return NONE;
        }
        int trafficClass = VectorClassifier.classify(batch, row);
        Member member = trafficClass == TrafficClass.ORDINARY ? null : members[trafficClass];
        if (member == null && completes(batch, row) && CandidateCounter.mayFloodByConnections(batch, row)) {
            member = members[CONNECTION_FLOOD];
        }
        return member != null && member.holds(batch, row) ? member.vector() : NONE;
    }

    /**
     * The vector to which a packet counted that turns out to have opened a conversation, or {@link #NONE}: the handshake
     * that the source of a SYN completes with this row shows that the SYN was none of the flood's.
     */
    public int vectorOfOpening(FlowBatch batch, int row) {
        Member member = members[SYN_FLOOD];
        return member != null
                        && batch.rows.arePackets()
                        && completes(batch, row)
                        && target.contains(batch.destinationHigh[row], batch.destinationLow[row])
                        && member.holds(batch, row)
                ? member.vector()
                : NONE;
    }

    private static boolean completes(FlowBatch batch, int row) {
        int both = Relation.COMPLETES | Relation.STARTED;
        return batch.protocol[row] == Protocols.TCP && (batch.relation[row] & both) == both;
    }
}
