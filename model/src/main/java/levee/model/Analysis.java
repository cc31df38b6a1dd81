package levee.model;

import java.util.List;

/**
 * The result of analysing some inputs.
 *
 * @param own the own networks that directions were told by, and whether somebody said them
 * @param evicted how many entries were dropped because a table was full; 0 means that nothing was forgotten
 */
public record Analysis(
        String leveeVersion, OwnNetworks own, long evicted, List<InputSummary> inputs, List<Finding> findings) {
    /** With networks that somebody said. */
    public Analysis(
            String leveeVersion,
            List<Prefix> networks,
            long evicted,
            List<InputSummary> inputs,
            List<Finding> findings) {
        this(leveeVersion, OwnNetworks.of(networks), evicted, inputs, findings);
    }

    public Analysis {
        inputs = List.copyOf(inputs);
        findings = List.copyOf(findings);
    }

    public List<Prefix> networks() {
        return own.prefixes();
    }
}
