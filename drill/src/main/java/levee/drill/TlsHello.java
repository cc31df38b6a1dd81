package levee.drill;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import levee.drill.TcpDialogue.Message;
import levee.telemetry.PayloadHint;

/** The first message of a TLS client (RFC 8446 section 4.1.2), with the name of the server (RFC 6066 section 3) or without. */
final class TlsHello {
    /** What programs offer, by which they can be told apart. */
    enum Program {
        BROWSER("1301 1302 1303 c02b c02f c02c c030 cca9 cca8 c013 c014", "001d 0017 0018", true),
        LIBRARY("1302 1303 1301 c02c c030 009f cca9 cca8 c02b c02f", "001d 0017 001e 0019 0018", true),
        DEVICE("c02b c02f c00a c009 c013 c014 002f 0035", "0017 0018", false),
        BOT("c02f c030 c013 c014 002f 0035 000a", "0017 0018 0019", false);

        private final byte[] ciphers;
        private final byte[] groups;
        private final boolean speaksTls13;

        Program(String ciphers, String groups, boolean speaksTls13) {
            this.ciphers = Payloads.hex(ciphers);
            this.groups = Payloads.hex(groups);
            this.speaksTls13 = speaksTls13;
        }
    }

    private static final int LONGEST = 512;

    private TlsHello() {}

    /**
     * How two ends begin to talk over TLS.
     *
     * @param certificateBytes what the server says of itself, encrypted
     * @param finishedBytes how the client ends the handshake
     */
    static List<Message> handshake(
            Program program, Optional<String> serverName, int certificateBytes, int finishedBytes) {
        return List.of(
                Message.whole(true, client(program, serverName), 0),
                Message.whole(false, Payloads.SERVER_HELLO, 0),
                Message.secret(false, certificateBytes, 0),
                Message.secret(true, finishedBytes, 0));
    }

    static Payload client(Program program, Optional<String> serverName) {
        ByteBuffer hello = ByteBuffer.allocate(LONGEST);
        hello.put(Payloads.hex("16 0301 0000 01 000000 0303")).put(new byte[32]).put((byte) 0);
        hello.putShort((short) program.ciphers.length).put(program.ciphers).put(Payloads.hex("01 00"));
        int extensions = hello.position();
        hello.putShort((short) 0);
        serverName.ifPresent(name -> {
            byte[] bytes = name.getBytes(US_ASCII);
            hello.putShort((short) 0).putShort((short) (bytes.length + 5)).putShort((short) (bytes.length + 3));
            hello.put((byte) 0).putShort((short) bytes.length).put(bytes);
        });
        hello.putShort((short) 10).putShort((short) (program.groups.length + 2));
        hello.putShort((short) program.groups.length).put(program.groups);
        hello.put(Payloads.hex("000b 0002 0100")); // point formats
        hello.put(Payloads.hex("000d 0006 0004 0403 0804")); // signature algorithms
        if (program.speaksTls13) {
            hello.put(Payloads.hex("002b 0005 04 0304 0303")); // supported versions
        }
        int length = hello.position();
        hello.putShort(extensions, (short) (length - extensions - 2));
        hello.putShort(3, (short) (length - 5));
        hello.putShort(7, (short) (length - 9));
        byte[] bytes = new byte[length];
        hello.get(0, bytes);
        return new Payload(bytes, PayloadHint.NONE).withSalt(11, 8);
    }
}
