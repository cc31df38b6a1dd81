package levee.drill;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import levee.telemetry.PayloadHint;

/** What ordinary conversations say. */
final class Payloads {
    /** A TLS record that holds anything. */
    static final int SHORTEST_RECORD = 24;

    /** RFC 8446 section 5.2: application data of TLS 1.2 in each segment. */
    static final Payload TLS_DATA = new Payload(Payload.bytes(23, 3, 3, 0, 0), PayloadHint.NONE).withLength(3, 5);

    static final Payload CLIENT_HELLO = clientHello();
    static final Payload SERVER_HELLO = serverHello();

    static final Payload HTTP_REQUEST = text(
            "GET /news/2026/index.html HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: Mozilla/5.0\r\n"
                    + "Accept: */*\r\nConnection: keep-alive\r\n\r\n",
            PayloadHint.NONE);

    /** Without a length: the body goes on until the connection ends. */
    static final Payload HTTP_ANSWER = text(
            "HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: application/octet-stream\r\n"
                    + "Connection: close\r\n\r\n",
            PayloadHint.HTTP_RESPONSE);

    static final Payload DNS_QUERY = dnsQuery();
    static final Payload DNS_ANSWER = dnsAnswer(3);

    /** Signed, as of a zone with DNSSEC; longer than a packet. */
    static final Payload DNS_LARGE_ANSWER = new Payload(dnsTexts(0x8400, 10), PayloadHint.DNS_RESPONSE).withSalt(0, 2);

    static final Payload NTP_REQUEST = new Payload(
                    hex("2300 06ec 0000 0000 0000 0000 0000 0000" + "00".repeat(24) + "e8c0 1000 0000 0000"),
                    PayloadHint.NTP_REQUEST)
            .withSalt(44, 4);
    static final Payload NTP_ANSWER = new Payload(
                    hex("2402 06ec 0000 0012 0000 0025 c0a8 0101" + "e8c0 1000 0000 0000".repeat(4)),
                    PayloadHint.NTP_RESPONSE)
            .withSalt(28, 4);

    /** RFC 9000 section 17.2.2, with connection identifiers of eight bytes and no token. */
    static final Payload QUIC_INITIAL = new Payload(
                    hex("c3 00000001 08 1122334455667788 00 00 449e 90505050"), PayloadHint.QUIC_LONG_HEADER)
            .withSalt(6, 8);

    /** What a datagram of a handshake is padded to (RFC 9000 section 14.1). */
    static final int QUIC_DATAGRAM = 1_200;

    /** A Handshake packet. */
    static final Payload QUIC_HANDSHAKE = new Payload(
                    hex("e3 00000001 00 08 1122334455667788 449f 90505050"), PayloadHint.QUIC_LONG_HEADER)
            .withSalt(7, 8);

    /** RFC 9000 section 17.3: a short header. */
    static final Payload QUIC_DATA = new Payload(hex("40 1122334455667788"), PayloadHint.NONE);

    /** RFC 3550 with a payload type of its own; on a port that says nothing. */
    static final Payload MEDIA = new Payload(Payload.bytes(0x90, 0x60, 0x50, 0x50), PayloadHint.NONE);

    static final Payload SNMP_REQUEST = new Payload(
            hex("3026 020101 0406 7075626c6963 a019 0204 00001234 020100 020100 300b 3009 0605 2b06010201 0500"),
            PayloadHint.SNMP_REQUEST);
    static final Payload SNMP_ANSWER = new Payload(
            hex("302a 020101 0406 7075626c6963 a21d 0204 00001234 020100 020100 300f 300d 0605 2b06010201 0404"
                    + " 726f6f74"),
            PayloadHint.SNMP_RESPONSE);

    /** Eight random bytes below a name, as no cache knows. */
    static final Payload RANDOM_NAME_QUERY = new Payload(
                    hex("1234 0100 0001 0000 0000 0000 08 6162636465666768 076578616d706c65 03636f6d 00 0001 0001"),
                    PayloadHint.DNS_QUERY)
            .withSalt(13, 8);

    static final Payload SSH_CLIENT = text("SSH-2.0-OpenSSH_9.6\r\n", PayloadHint.NONE);
    static final Payload SSH_SERVER = text("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n", PayloadHint.NONE);
    static final Payload ENCRYPTED = new Payload(new byte[0], PayloadHint.NONE);

    static final Payload BLOCK_PAGE = blockPage();

    /** What BitTorrent's peers ask each other whether they are there (BEP 5). */
    static final Payload DHT_QUESTION = text(
                    "d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe", PayloadHint.BITTORRENT_DHT)
            .withSalt(12, 2);

    static final Payload DHT_ANSWER = text(
                    "d1:rd2:id20:mnopqrstuvwxyz123456e1:t2:aa1:y1:re", PayloadHint.BITTORRENT_DHT)
            .withSalt(12, 2);

    private Payloads() {}

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    static Payload text(String text, byte hint) {
        return new Payload(text.getBytes(US_ASCII), hint);
    }

    private static Payload blockPage() {
        String page = "<html><head><title>403 Forbidden</title></head><body>"
                + "<p>This site is blocked.</p>".repeat(30) + "</body></html>";
        return text(
                "HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nContent-Length: " + page.length()
                        + "\r\nConnection: close\r\n\r\n" + page,
                PayloadHint.HTTP_RESPONSE);
    }

    private static Payload clientHello() {
        byte[] name = "www.example.com".getBytes(US_ASCII);
        ByteBuffer hello = ByteBuffer.allocate(512);
        hello.put(hex("16 0301 0000 01 000000 0303")).put(new byte[32]).put((byte) 0);
        hello.put(hex("0006 1301 1302 c02f 01 00"));
        int extensions = hello.position();
        hello.putShort((short) 0);
        hello.put(hex("0000")).putShort((short) (name.length + 5)).putShort((short) (name.length + 3));
        hello.put((byte) 0).putShort((short) name.length).put(name);
        hello.put(hex("002b 0003 02 0304")); // supported versions
        hello.put(hex("000a 0004 0002 001d")); // groups
        hello.put(hex("000d 0004 0002 0403")); // signature algorithms
        int padding = 400 - hello.position() - 4;
        hello.putShort((short) 21).putShort((short) padding).put(new byte[padding]);
        hello.putShort(extensions, (short) (hello.position() - extensions - 2));
        return hello(hello);
    }

    private static Payload serverHello() {
        ByteBuffer hello = ByteBuffer.allocate(512);
        hello.put(hex("16 0303 0000 02 000000 0303")).put(new byte[32]).put((byte) 0);
        hello.put(hex("1301 00 0006 002b 0002 0304"));
        return hello(hello);
    }

    private static Payload hello(ByteBuffer hello) {
        int length = hello.position();
        hello.putShort(3, (short) (length - 5));
        hello.putShort(7, (short) (length - 9));
        byte[] bytes = new byte[length];
        hello.get(0, bytes);
        return new Payload(bytes, PayloadHint.NONE).withSalt(11, 8);
    }

    private static Payload dnsQuery() {
        return new Payload(
                        hex("0000 0100 0001 0000 0000 0001 03777777 076578616d706c65 03636f6d 00 0001 0001"
                                + "00 0029 04d0 0000 8000 0000"),
                        PayloadHint.DNS_QUERY)
                .withSalt(0, 2);
    }

    private static Payload dnsAnswer(int addresses) {
        return new Payload(
                        hex("0000 8180 0001 000" + addresses
                                + " 0000 0000 03777777 076578616d706c65 03636f6d 00 0001 0001"
                                + "c00c 0001 0001 0000012c 0004 5db8d822".repeat(addresses)),
                        PayloadHint.DNS_RESPONSE)
                .withSalt(0, 2);
    }

    /** An answer with texts of 255 characters. */
    static byte[] dnsTexts(int flags, int texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(12)
                .putShort((short) 0)
                .putShort((short) flags)
                .putShort((short) 1)
                .putShort((short) texts)
                .putInt(0)
                .array());
        out.writeBytes(hex("076578616d706c65 036f7267 00 0010 0001"));
        for (int i = 0; i < texts; i++) {
            out.writeBytes(hex("c00c 0010 0001 00000e10 0100 ff"));
            out.writeBytes(
                    "v=spf1 ip4:192.0.2.0/24 -all ".repeat(10).substring(0, 255).getBytes(US_ASCII));
        }
        return out.toByteArray();
    }
}
