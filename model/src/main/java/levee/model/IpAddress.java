package levee.model;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An IPv4 or IPv6 address as 128 bits. IPv4 is held as an IPv4-mapped address ({@code ::ffff:a.b.c.d}, RFC 4291
 * section 2.5.5.2), so that one comparison serves both families.
 *
 * @param high the first 64 bits, in network order
 * @param low the last 64 bits, in network order
 */
public record IpAddress(long high, long low) implements Comparable<IpAddress> {

    private static final long MAPPED_MASK = 0xffff_ffff_0000_0000L;
    private static final long MAPPED_PREFIX = 0x0000_ffff_0000_0000L;

    /** The mapped form of the 32 bits of an IPv4 address. */
    public static IpAddress ofIpv4(int bits) {
        return new IpAddress(0, mapIpv4(bits));
    }

    /** The low half of the mapped form of an IPv4 address; the high half is zero. */
    public static long mapIpv4(int bits) {
        return MAPPED_PREFIX | (bits & 0xffff_ffffL);
    }

    /** Whether the 128 bits are an IPv4-mapped address. */
    public static boolean isIpv4(long high, long low) {
        return high == 0 && (low & MAPPED_MASK) == MAPPED_PREFIX;
    }

    /**
     * Reads a literal address; names are never looked up.
     *
     * @throws IllegalArgumentException if the text is not an IPv4 or IPv6 literal
     */
    public static IpAddress parse(String text) {
        if (text.indexOf(':') < 0) {
            return ofIpv4(parseIpv4(text));
        }
        if (!text.chars().allMatch(c -> c == ':' || c == '.' || Character.digit(c, 16) >= 0)) {
            throw notAnAddress(text);
        }
        try {
            // A literal that holds a colon is never resolved by name.
            byte[] bytes = InetAddress.getByName(text).getAddress();
            return bytes.length == 4 ? ofIpv4((int) readLong(bytes, 0, 4)) : ofBytes(bytes);
        } catch (UnknownHostException e) {
            throw notAnAddress(text);
        }
    }

    private static int parseIpv4(String text) {
        int bits = 0;
        int octets = 0;
        int octet = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.') {
                if (octet < 0 || ++octets > 4) {
                    throw notAnAddress(text);
                }
                bits = bits << 8 | octet;
                octet = -1;
            } else if (c >= '0' && c <= '9' && octet != 0) {
                octet = Math.max(octet, 0) * 10 + (c - '0');
                if (octet > 255) {
                    throw notAnAddress(text);
                }
            } else {
                throw notAnAddress(text);
            }
        }
        if (octets != 4) {
            throw notAnAddress(text);
        }
        return bits;
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException("'" + text + "' is not an IP address");
    }

    private static IpAddress ofBytes(byte[] bytes) {
        return new IpAddress(readLong(bytes, 0, 8), readLong(bytes, 8, 8));
    }

    private static long readLong(byte[] bytes, int offset, int length) {
        long value = 0;
        for (int i = offset; i < offset + length; i++) {
            value = value << 8 | (bytes[i] & 0xff);
        }
        return value;
    }

    public boolean isIpv4() {
        return isIpv4(high, low);
    }

    /** The length of a whole address of this family in bits: 32 or 128. */
    public int bits() {
        return isIpv4() ? 32 : 128;
    }

    @Override
    public int compareTo(IpAddress other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** Dotted decimal, or the canonical form of RFC 5952. */
    @Override
    public String toString() {
        if (isIpv4()) {
            return (low >>> 24 & 0xff) + "." + (low >>> 16 & 0xff) + "." + (low >>> 8 & 0xff) + "." + (low & 0xff);
        }
        return ipv6Text();
    }

    private int group(int index) {
        long half = index < 4 ? high : low;
        return (int) (half >>> (48 - 16 * (index & 3))) & 0xffff;
    }

    private String ipv6Text() {
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && group(end) == 0) {
                end++;
            }
            if (end - i > bestLength) {
                bestStart = i;
                bestLength = end - i;
            }
            i = Math.max(i, end - 1);
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == bestStart) {
                text.append("::");
                i += bestLength - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }
}
