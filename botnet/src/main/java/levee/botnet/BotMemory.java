package levee.botnet;

/**
 * How much is remembered at the most.
 *
 * @param hosts own hosts; a power of two
 * @param states of hosts that are looked at more closely, several for each
 * @param connections that go on; a power of two
 * @param pairs of a host and a server to which it comes back; a power of two
 * @param logBytes for the times of their contacts
 * @param contactWords of 64 bits for each generation of first contacts; a power of two
 */
public record BotMemory(int hosts, int states, int connections, int pairs, long logBytes, int contactWords) {

    /** For files: as much as an office's day needs, and bounded when it is a provider's. */
    public static BotMemory analysis() {
        return new BotMemory(1 << 18, 150_000, 1 << 18, 1 << 17, 64L << 20, 1 << 18);
    }

    /** For a provider's network: two million hosts. */
    public static BotMemory liveNetwork() {
        return new BotMemory(1 << 21, 400_000, 1 << 19, 1 << 18, 96L << 20, 1 << 21);
    }
}
