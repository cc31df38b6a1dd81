package levee.botnet;

/** A name under dynamic DNS that a host asks for again and again though it does not exist. */
final class DeadNameState {
    long hash;
    String name = "";
    int asked;
    long firstNanos;
    long lastNanos;
    final Examples examples = new Examples();

    void clear(long newHash, String newName, long nanos) {
        hash = newHash;
        name = newName;
        asked = 0;
        firstNanos = nanos;
        examples.clear();
    }
}
