package levee.telemetry;

import levee.model.IpAddress;
import levee.model.Protocols;

/** Gives packets to a connection table one by one and says in words what it makes of them. */
final class Conversation {
    /** A Tuesday in 2023; nothing wraps soon after. */
    static final long START_SECONDS = 1_700_000_000L;

    private static final long NANOS = 1_000_000_000L;

    final ConnectionTable table;
    private final FlowBatch batch = new FlowBatch(1);
    private int samplingRate = 1;
    private double seconds = START_SECONDS;

    Conversation() {
        this(1 << 10);
    }

    Conversation(int capacity) {
        table = new ConnectionTable(capacity, 42);
    }

    /** Lets only one in so many packets be seen from now on. */
    Conversation sampled(int rate) {
        samplingRate = rate;
        return this;
    }

    /** Sets the clock, in seconds since 1970. */
    Conversation at(double newSeconds) {
        seconds = newSeconds;
        return this;
    }

    Conversation after(double moreSeconds) {
        seconds += moreSeconds;
        return this;
    }

    /** @param flags of FSRPAUEC; endpoints are written {@code address:port} */
    String tcp(String source, String destination, String flags) {
        return words(relation(Protocols.TCP, source, destination, flags(flags)));
    }

    String udp(String source, String destination) {
        return words(relation(Protocols.UDP, source, destination, 0));
    }

    /** Type and code stand as the destination port. */
    String icmp(String source, String destination, int type) {
        return words(relation(Protocols.ICMP, source + ":0", destination + ":" + type * 256, 0));
    }

    int relation(int protocol, String source, String destination, int tcpFlags) {
        batch.clear(samplingRate > 1 ? FlowBatch.Rows.SAMPLES : FlowBatch.Rows.PACKETS);
        batch.reset(0);
        batch.samplingRate[0] = samplingRate;
        batch.size = 1;
        batch.firstNanos[0] = (long) (seconds * 1_000) * (NANOS / 1_000);
        batch.lastNanos[0] = batch.firstNanos[0];
        batch.protocol[0] = (byte) protocol;
        batch.tcpFlags[0] = (byte) tcpFlags;
        IpAddress from = address(source);
        batch.sourceHigh[0] = from.high();
        batch.sourceLow[0] = from.low();
        batch.sourcePort[0] = port(source);
        IpAddress to = address(destination);
        batch.destinationHigh[0] = to.high();
        batch.destinationLow[0] = to.low();
        batch.destinationPort[0] = port(destination);
        table.hash(batch);
        table.annotate(batch);
        return batch.relation[0] & 0xff;
    }

    private static IpAddress address(String endpoint) {
        return IpAddress.parse(endpoint.substring(0, endpoint.lastIndexOf(':')));
    }

    private static char port(String endpoint) {
        return (char) Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
    }

    static int flags(String letters) {
        int flags = 0;
        for (char letter : letters.toCharArray()) {
            flags |= 1 << "FSRPAUEC".indexOf(letter);
        }
        return flags;
    }

    /** The bits of a relation but {@code KNOWN}. */
    static String words(int relation) {
        StringBuilder words = new StringBuilder(Relation.has(relation, Relation.KNOWN) ? "" : "unknown ");
        words.append(Relation.has(relation, Relation.FROM_INITIATOR) ? "initiator" : "responder");
        String[] names = {"started", "opens", "answered", "first-answer", "completes", "first-data"};
        int[] bits = {
            Relation.STARTED,
            Relation.OPENS,
            Relation.ANSWERED,
            Relation.FIRST_ANSWER,
            Relation.COMPLETES,
            Relation.FIRST_DATA
        };
        for (int i = 0; i < bits.length; i++) {
            if (Relation.has(relation, bits[i])) {
                words.append(' ').append(names[i]);
            }
        }
        return words.toString();
    }
}
