package levee.botnet;

/** What a host has to do with mail servers. */
final class MailState {
    static final long WINDOW_NANOS = 6 * 3_600_000_000_000L;

    int servers;
    int failed;
    int sessions;
    int refusals;
    int exchangeQuestions;
    long networks;
    long firstNanos;
    long lastNanos;
    final Examples examples = new Examples();

    void clear(long nanos) {
        servers = 0;
        failed = 0;
        sessions = 0;
        refusals = 0;
        exchangeQuestions = 0;
        networks = 0;
        firstNanos = nanos;
        lastNanos = nanos;
        examples.clear();
    }
}
