package levee.capture;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HexFormat;

/** Builds hellos of TLS (RFC 8446 section 4.1) and the record around them (section 5.1). */
final class HelloBuilder {
    private final int type;
    private final Wire extensions = Wire.network();
    private int version = 0x0303;
    private byte[] ciphers = new byte[0];

    private HelloBuilder(int type) {
        this.type = type;
    }

    static HelloBuilder client() {
        return new HelloBuilder(TlsHello.CLIENT_HELLO);
    }

    static HelloBuilder server() {
        return new HelloBuilder(TlsHello.SERVER_HELLO);
    }

    HelloBuilder version(int value) {
        version = value;
        return this;
    }

    HelloBuilder ciphers(int... numbers) {
        ciphers = numbers(numbers);
        return this;
    }

    static byte[] numbers(int... numbers) {
        Wire wire = Wire.network();
        for (int number : numbers) {
            wire.u16(number);
        }
        return wire.array();
    }

    HelloBuilder extension(int number, byte[] data) {
        extensions.u16(number).u16(data.length).bytes(data);
        return this;
    }

    HelloBuilder extension(int number) {
        return extension(number, new byte[0]);
    }

    /** RFC 6066 section 3. */
    HelloBuilder serverName(String name) {
        return extension(
                0,
                Wire.network()
                        .u16(name.length() + 3)
                        .u8(0)
                        .u16(name.length())
                        .bytes(name.getBytes(US_ASCII))
                        .array());
    }

    /** A list behind its length in two bytes: groups, signature algorithms. */
    HelloBuilder list(int number, int... numbers) {
        return extension(
                number,
                Wire.network().u16(2 * numbers.length).bytes(numbers(numbers)).array());
    }

    /** RFC 7301 section 3.1. */
    HelloBuilder protocol(byte[] name) {
        return extension(
                16,
                Wire.network().u16(name.length + 1).u8(name.length).bytes(name).array());
    }

    /** RFC 8446 section 4.2.1. */
    HelloBuilder versions(int... numbers) {
        return extension(
                43,
                type == TlsHello.SERVER_HELLO
                        ? numbers(numbers)
                        : Wire.network()
                                .u8(2 * numbers.length)
                                .bytes(numbers(numbers))
                                .array());
    }

    /** The message without a record. */
    byte[] message() {
        Wire body = Wire.network()
                .u16(version)
                .bytes(new byte[32]) // random
                .u8(0); // session
        if (type == TlsHello.CLIENT_HELLO) {
            body.u16(ciphers.length).bytes(ciphers).u8(1).u8(0);
        } else {
            body.bytes(ciphers).u8(0);
        }
        if (extensions.size() > 0) {
            body.u16(extensions.size()).bytes(extensions.array());
        }
        byte[] bytes = body.array();
        return Wire.network().u8(type).u8(0).u16(bytes.length).bytes(bytes).array();
    }

    byte[] record() {
        return record(message());
    }

    static byte[] record(byte[] fragment) {
        return Wire.network()
                .u8(22)
                .u16(0x0301)
                .u16(fragment.length)
                .bytes(fragment)
                .array();
    }

    static int[] hex(String numbers) {
        String[] parts = numbers.split(",");
        int[] values = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = HexFormat.fromHexDigits(parts[i]);
        }
        return values;
    }
}
