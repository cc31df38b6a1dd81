package levee.botnet;

/** Programs that a host fetched from bare addresses. */
final class LoadState {
    int programs;

    /** Of one of them, the most that speaks for it, in decibans. */
    double decibans;

    String target = "";
    long firstNanos;
    long lastNanos;

    /** From where, the last one. */
    long high;

    long low;
    int port;
    final Examples examples = new Examples();
}
