package levee.bench;

import java.io.IOException;
import java.util.SplittableRandom;

/** SYNs from random sources to one host inside, which does not answer any of them. */
final class ForgedSyns implements Traffic {
    static final int VICTIM = 10 << 24 | 42 << 8 | 42;

    private static final int VICTIM_PORT = 443;

    private final SplittableRandom random;
    private double elapsedMicros;

    ForgedSyns(SplittableRandom random) {
        this.random = random;
    }

    @Override
    public void send(PcapWriter writer) throws IOException {
        elapsedMicros += random.nextExponential() * 1e6 / PACKETS_PER_SECOND;
        send(writer, START_MICROS + (long) elapsedMicros);
    }

    /** Writes one; {@code micros} is its time since 1970 in microseconds. */
    void send(PcapWriter writer, long micros) throws IOException {
        int port = random.nextInt(1024, 1 << 16);
        Flow flow = new Flow(spoofed(), VICTIM, port, VICTIM_PORT, false, 0);
        writer.tcp(micros, flow, random.nextInt(), 0, PcapWriter.SYN, new byte[0], 0);
    }

    /** An address from 11.0.0.0 to 223.255.255.255. */
    private int spoofed() {
        return random.nextInt(11, 224) << 24 | random.nextInt(1 << 24);
    }
}
