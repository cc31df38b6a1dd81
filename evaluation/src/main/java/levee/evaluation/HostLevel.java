package levee.evaluation;

/** How much a finding dares to say of a host, at least. */
public enum HostLevel {
    SUSPECTED,
    NOTIFY
}
