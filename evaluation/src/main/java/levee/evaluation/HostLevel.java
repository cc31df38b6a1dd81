package levee.evaluation;

/** How much a finding dares to say of a host, at least. */
public enum HostLevel {
    SUSPECTED(0),
    NOTIFY(10);

    private final double leastDecibans;

    HostLevel(double leastDecibans) {
        this.leastDecibans = leastDecibans;
    }

    /** The score from which on a host is of this level; docs/detection.md says why. */
    double leastDecibans() {
        return leastDecibans;
    }
}
