package levee.drill;

import java.util.SplittableRandom;
import levee.model.Protocols;

/** Echo requests and their replies. */
final class Ping implements Actor {
    static final int ECHO = 8 << 8;
    static final int ECHO_REPLY = 0;
    static final int ECHO_V6 = 128 << 8;
    static final int ECHO_REPLY_V6 = 129 << 8;

    private static final long INTERVAL_NANOS = 1_000_000_000L;
    private static final int PAYLOAD = 56;

    private final Ends ends;
    private final boolean answers;
    private final int identifier;
    private final long roundTripNanos;
    private int left;
    private int number;
    private boolean asked;

    Ping(Ends ends, int times, boolean answers, SplittableRandom random) {
        this.ends = ends;
        this.answers = answers;
        left = times;
        identifier = random.nextInt(1 << 16);
        roundTripNanos = 1_000_000 + (long) (random.nextExponential() * 30_000_000);
    }

    @Override
    public long act(Stage stage) {
        Packet packet = stage.packet;
        boolean ipv4 = ends.isIpv4();
        ends.begin(packet, !asked, ipv4 ? Protocols.ICMP : Protocols.ICMPV6, identifier + number);
        packet.sourcePort = 0;
        packet.destinationPort = asked ? ipv4 ? ECHO_REPLY : ECHO_REPLY_V6 : ipv4 ? ECHO : ECHO_V6;
        packet.payload = Payload.NOISY;
        packet.payloadLength = PAYLOAD;
        packet.salt = (long) identifier << 16 | number;
        stage.send();
        if (!asked && answers) {
            asked = true;
            return stage.now + roundTripNanos;
        }
        long next = asked ? INTERVAL_NANOS - roundTripNanos : INTERVAL_NANOS;
        asked = false;
        number++;
        return --left == 0 ? NEVER : stage.now + Math.max(0, next);
    }
}
