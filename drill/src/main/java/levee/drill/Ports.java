package levee.drill;

import java.util.SplittableRandom;

/** Ports that clients have. */
final class Ports {
    private Ports() {}

    /** The range of Linux, up to where other programs guess protocols by port. */
    static int tcp(SplittableRandom random) {
        return random.nextInt(49_152, 57_000);
    }

    /** One on which no program expects a protocol, so that nobody reads one into noise. */
    static int udp(SplittableRandom random) {
        int port = random.nextInt(50_000, 58_000);
        return port < 53_400 ? port : 60_002 + (port - 53_400) % 5_500;
    }
}
