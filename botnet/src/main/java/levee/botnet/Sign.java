package levee.botnet;

import java.util.List;
import levee.model.EpochNanos;
import levee.model.Evidence;
import levee.model.InfectedHost.Behaviour;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.InfectedHost.Example;

/**
 * What a detector says of a host now.
 *
 * @param weight how much likelier this is of an infected host than of a healthy one, in decibans
 * @param firstNanos when it was first seen, in nanoseconds since 1970
 * @param lastNanos when it was last seen
 */
record Sign(
        BehaviourKind kind,
        double weight,
        long firstNanos,
        long lastNanos,
        List<Evidence> evidence,
        List<Example> examples) {
    /** What was told of. */
    static Sign of(Behaviour behaviour) {
        return new Sign(
                behaviour.kind(),
                behaviour.weight(),
                EpochNanos.of(behaviour.firstSeen()),
                EpochNanos.of(behaviour.lastSeen()),
                behaviour.evidence(),
                behaviour.examples());
    }
}
