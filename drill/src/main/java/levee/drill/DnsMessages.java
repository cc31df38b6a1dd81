package levee.drill;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import levee.model.IpAddress;
import levee.telemetry.PayloadHint;

/** DNS questions and what is answered (RFC 1035 section 4), each with an identification of its own. */
final class DnsMessages {
    static final int A = 1;
    static final int NULL = 10;
    static final int MX = 15;
    static final int TXT = 16;
    static final int AAAA = 28;

    private static final int LONGEST = 1_200;
    private static final int LONGEST_TEXT = 255;
    private static final short INTERNET = 1;
    private static final short QUESTION_NAME = (short) 0xc00c;
    private static final int TIME_TO_LIVE_SECONDS = 300;
    private static final int ASKED = 0x0100;
    private static final int ANSWERED = 0x8180;
    private static final int NO_SUCH_NAME = 0x8183;

    private DnsMessages() {}

    static Payload query(String name, int type) {
        return payload(begin(ASKED, 0, name, type), PayloadHint.DNS_QUERY);
    }

    /** There is no such name (NXDOMAIN). */
    static Payload missing(String name, int type) {
        return payload(begin(NO_SUCH_NAME, 0, name, type), PayloadHint.DNS_RESPONSE);
    }

    /** The type follows from the address. */
    static Payload address(String name, IpAddress address) {
        int type = address.isIpv4() ? A : AAAA;
        ByteBuffer message = begin(ANSWERED, 1, name, type);
        record(message, type, address.isIpv4() ? 4 : 16);
        if (address.isIpv4()) {
            message.putInt((int) address.low());
        } else {
            message.putLong(address.high()).putLong(address.low());
        }
        return payload(message, PayloadHint.DNS_RESPONSE);
    }

    static Payload mailServer(String name, String server) {
        ByteBuffer message = begin(ANSWERED, 1, name, MX);
        record(message, MX, 2 + server.length() + 2);
        message.putShort((short) 10);
        putName(message, server);
        return payload(message, PayloadHint.DNS_RESPONSE);
    }

    /** @param text ASCII; of TXT in strings of 255 at the most */
    static Payload data(String name, int type, String text) {
        ByteBuffer message = begin(ANSWERED, 1, name, type);
        byte[] bytes = text.getBytes(US_ASCII);
        if (type == TXT) {
            record(message, type, bytes.length + (bytes.length + LONGEST_TEXT - 1) / LONGEST_TEXT);
            for (int at = 0; at < bytes.length; at += LONGEST_TEXT) {
                int some = Math.min(LONGEST_TEXT, bytes.length - at);
                message.put((byte) some).put(bytes, at, some);
            }
        } else {
            record(message, type, bytes.length);
            message.put(bytes);
        }
        return payload(message, PayloadHint.DNS_RESPONSE);
    }

    private static ByteBuffer begin(int flags, int answers, String name, int type) {
        ByteBuffer message = ByteBuffer.allocate(LONGEST);
        message.putShort((short) 0).putShort((short) flags).putShort((short) 1);
        message.putShort((short) answers).putInt(0);
        putName(message, name);
        return message.putShort((short) type).putShort(INTERNET);
    }

    private static void record(ByteBuffer message, int type, int length) {
        message.putShort(QUESTION_NAME).putShort((short) type).putShort(INTERNET);
        message.putInt(TIME_TO_LIVE_SECONDS).putShort((short) length);
    }

    private static void putName(ByteBuffer message, String name) {
        int lengthAt = message.position();
        message.put((byte) 0);
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            if (character == '.') {
                message.put(lengthAt, (byte) (message.position() - lengthAt - 1));
                lengthAt = message.position();
                message.put((byte) 0);
            } else {
                message.put((byte) character);
            }
        }
        message.put(lengthAt, (byte) (message.position() - lengthAt - 1)).put((byte) 0);
    }

    private static Payload payload(ByteBuffer message, byte hint) {
        byte[] bytes = new byte[message.position()];
        message.get(0, bytes);
        return new Payload(bytes, hint).withSalt(0, 2);
    }
}
