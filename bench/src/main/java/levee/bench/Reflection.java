package levee.bench;

import java.io.IOException;
import java.util.SplittableRandom;

/** Answers of NTP servers to one host inside that never asked: lists of their clients (mode 7, MON_GETLIST_1). */
final class Reflection implements Traffic {
    static final int VICTIM = 10 << 24 | 42 << 8 | 43;

    private static final int REFLECTORS = 4_000;
    private static final int NTP = 123;

    /** An answer of implementation 3 to request 42. */
    private static final int LIST = 0xd7_00_03_2a;

    /** Six entries of 72 bytes behind a header of eight. */
    private static final int LENGTH = 440;

    private static final int ENTRIES = 6;
    private static final int ENTRY_BYTES = 72;

    private final SplittableRandom random;
    private final Payload payload;
    private final int[] reflectors = new int[REFLECTORS];
    private double elapsedMicros;

    Reflection(SplittableRandom random) {
        this.random = random;
        payload = new Payload(random);
        for (int i = 0; i < REFLECTORS; i++) {
            reflectors[i] = random.nextInt(11, 224) << 24 | random.nextInt(1 << 24);
        }
    }

    @Override
    public void send(PcapWriter writer) throws IOException {
        elapsedMicros += random.nextExponential() * 1e6 / PACKETS_PER_SECOND;
        payload.header().putInt(LIST).putShort((short) ENTRIES).putShort((short) ENTRY_BYTES);
        Flow flow =
                new Flow(reflectors[random.nextInt(REFLECTORS)], VICTIM, NTP, random.nextInt(1024, 1 << 16), false, 0);
        writer.udp(START_MICROS + (long) elapsedMicros, flow, payload.array(), LENGTH);
    }
}
