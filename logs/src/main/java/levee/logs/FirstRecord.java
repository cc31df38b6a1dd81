package levee.logs;

/**
 * What tells a record from others of its kind: when it was and between whom. Microseconds, since no form of a log says more.
 */
public record FirstRecord(
        long startMicros,
        long initiatorHigh,
        long initiatorLow,
        int initiatorPort,
        long responderHigh,
        long responderLow,
        int responderPort) {}
