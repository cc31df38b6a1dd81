package levee.botnet;

/** What a host's SYN packets look like. */
final class ToolMarks {
    int syns;
    int mirai;
    int zmap;
    int masscan;
    long firstNanos;
    long lastNanos;

    /** Which of 64 classes of addresses and ports the marked ones went to. */
    long destinations;

    final Examples examples = new Examples();
}
