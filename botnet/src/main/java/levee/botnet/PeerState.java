package levee.botnet;

/** What a host has to do with peers: others at high ports of their own. */
final class PeerState {
    int met;
    int failed;

    /** Those that share files as the ports or the amounts say. */
    int sharing;

    long bytes;
    long largestBytes;

    /** Which of 64 classes of ports and of networks they have. */
    long ports;

    long networks;

    /** Contacts that were not the first with a peer: it is kept in touch with. */
    int again;

    /** Hours in which there was something, as bits of the last 64 hours. */
    long hours;

    int latestHour;
    long firstNanos;
    long lastNanos;
    final Examples examples = new Examples();
}
