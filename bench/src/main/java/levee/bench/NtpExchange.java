package levee.bench;

import java.io.IOException;
import java.util.SplittableRandom;

/** An NTP client that asks for the time once, and the answer. */
final class NtpExchange extends Connection {
    private static final int CLIENT = 0x23_00_06_ec;
    private static final int SERVER = 0x24_02_06_ec;
    private static final int LENGTH = 48;
    private static final long SECONDS_FROM_1900_TO_1970 = 2_208_988_800L;

    private boolean asked;

    NtpExchange(Flow request, int frameLimit, boolean asked) {
        super(request, frameLimit);
        this.asked = asked;
    }

    @Override
    boolean send(PcapWriter writer, long micros, SplittableRandom random, Payload payload) throws IOException {
        long now = micros / 1_000_000 + SECONDS_FROM_1900_TO_1970 << 32;
        payload.header()
                .putInt(asked ? SERVER : CLIENT)
                .putLong(0x0000_0100_0000_0100L)
                .putInt(flow(true).destination())
                .putLong(asked ? now : 0)
                .putLong(asked ? now : 0)
                .putLong(asked ? now : 0)
                .putLong(now);
        writer.udp(micros, flow(!asked), payload.array(), LENGTH);
        boolean more = !asked;
        asked = true;
        return more;
    }
}
