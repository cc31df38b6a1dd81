package levee.botnet;

import java.util.Map;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.IpAddress;

/** Is told of each judgement on an own host, also where it does not suffice for a finding: to measure what judgements are worth. */
@FunctionalInterface
public interface JudgementListener {
    /**
     * @param score in decibans, as of {@link levee.model.InfectedHost}
     * @param weights of the behaviours that the host shows, in decibans; none is below 1
     */
    void judged(IpAddress host, double score, Map<BehaviourKind, Double> weights);
}
