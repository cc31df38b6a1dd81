package levee.model;

import java.util.List;

/**
 * The result of analysing some inputs.
 *
 * @param networks the own networks that directions were told by
 * @param evicted how many entries were dropped because a table was full; 0 means that nothing was forgotten
 */
public record Analysis(
        String leveeVersion, List<Prefix> networks, long evicted, List<InputSummary> inputs, List<Finding> findings) {
    public Analysis {
        networks = List.copyOf(networks);
        inputs = List.copyOf(inputs);
        findings = List.copyOf(findings);
    }
}
