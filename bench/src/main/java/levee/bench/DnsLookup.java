package levee.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** A DNS question and its answer with a few addresses; for the root without answers when a longer one does not fit. */
final class DnsLookup extends Connection {
    private static final byte[] DOMAIN = "\u0007example\u0003com".getBytes(StandardCharsets.US_ASCII);
    private static final int LABEL = 8;
    private static final int QUESTION = 0x0100;
    private static final int ANSWER = 0x8180;
    private static final int ADDRESS = 1;
    private static final int INTERNET = 1;
    private static final int NAME_OF_THE_QUESTION = 0xc00c;
    private static final int SECONDS_TO_LIVE = 300;
    private static final int LONGEST_MESSAGE = 12 + 1 + LABEL + 13 + 4 + 8 * 16;

    private final int identification;
    private final int host;
    private boolean asked;

    DnsLookup(Flow request, int frameLimit, boolean asked, SplittableRandom random) {
        super(request, frameLimit);
        this.asked = asked;
        identification = random.nextInt(1 << 16);
        host = random.nextInt();
    }

    @Override
    boolean send(PcapWriter writer, long micros, SplittableRandom random, Payload payload) throws IOException {
        boolean fits = payloadLimit(Flow.UDP_HEADER) >= LONGEST_MESSAGE;
        int answers = asked && fits ? random.nextInt(1, 9) : 0;
        ByteBuffer message = payload.header()
                .putShort((short) identification)
                .putShort((short) (asked ? ANSWER : QUESTION))
                .putShort((short) 1)
                .putShort((short) answers)
                .putInt(0);
        if (fits) {
            message.put((byte) LABEL);
            for (int shift = 28; shift >= 0; shift -= 4) {
                message.put((byte) ('a' + (host >>> shift & 15)));
            }
            message.put(DOMAIN);
        }
        message.put((byte) 0).putShort((short) ADDRESS).putShort((short) INTERNET);
        for (int i = 0; i < answers; i++) {
            message.putShort((short) NAME_OF_THE_QUESTION)
                    .putShort((short) ADDRESS)
                    .putShort((short) INTERNET)
                    .putInt(SECONDS_TO_LIVE)
                    .putShort((short) Integer.BYTES)
                    .putInt(host + i);
        }
        writer.udp(micros, flow(!asked), payload.array(), message.position());
        boolean more = !asked;
        asked = true;
        return more;
    }
}
