package levee.botnet;

/** Programs that a host fetched from bare addresses. */
final class LoadState {
    int programs;

    /** Of them, those from outside. */
    int outside;

    /** Of the weightiest one, which the rest is about, too, in decibans. */
    double decibans;

    String target = "";
    long firstNanos;
    long lastNanos;

    /** From where. */
    long high;

    long low;
    int port;
    final Examples examples = new Examples();
}
