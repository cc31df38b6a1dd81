package levee.botnet;

/** Programs that a host fetched from bare addresses. */
final class LoadState {
    int programs;
    String target = "";
    long firstNanos;
    long lastNanos;

    /** From where, the last one. */
    long high;

    long low;
    int port;
    final Examples examples = new Examples();
}
