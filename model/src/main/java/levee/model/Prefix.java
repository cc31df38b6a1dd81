package levee.model;

import java.util.regex.Pattern;

/**
 * A network prefix. The host bits are zero.
 *
 * @param address the first address of the prefix
 * @param length the number of leading bits, 0 to 32 for IPv4 and 0 to 128 for IPv6
 */
public record Prefix(IpAddress address, int length) implements Comparable<Prefix> {

    /** ASCII digits without sign and leading zeros, as strict as the octets of an address. */
    private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");

    public Prefix {
        if (length < 0 || length > address.bits()) {
            throw new IllegalArgumentException("prefix length " + length + " of " + address + " is out of range");
        }
        address = mask(address, length);
    }

    /** The prefix that holds only {@code address}. */
    public static Prefix host(IpAddress address) {
        return new Prefix(address, address.bits());
    }

    /**
     * Reads {@code address} or {@code address/length}.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return host(IpAddress.parse(text));
        }
        String length = text.substring(slash + 1);
        if (!LENGTH.matcher(length).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a prefix");
        }
        return new Prefix(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(length));
    }

    private static IpAddress mask(IpAddress address, int length) {
        int bits = length + 128 - address.bits();
        return new IpAddress(address.high() & highMask(bits), address.low() & lowMask(bits));
    }

    /** The mask of the first 64 bits for a prefix of {@code bits} of 128. */
    public static long highMask(int bits) {
        return bits <= 0 ? 0 : -1L << Math.max(0, 64 - bits);
    }

    /** The mask of the last 64 bits for a prefix of {@code bits} of 128. */
    public static long lowMask(int bits) {
        return bits <= 64 ? 0 : -1L << (128 - bits);
    }

    public boolean isHost() {
        return length == address.bits();
    }

    public boolean contains(IpAddress candidate) {
        return contains(candidate.high(), candidate.low());
    }

    /** Whether the address of these 128 bits lies in this prefix. */
    public boolean contains(long high, long low) {
        int bits = length + 128 - address.bits();
        return (high & highMask(bits)) == address.high()
                && (low & lowMask(bits)) == address.low()
                && IpAddress.isIpv4(high, low) == address.isIpv4();
    }

    public boolean contains(Prefix other) {
        return other.length >= length && contains(other.address);
    }

    @Override
    public int compareTo(Prefix other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(length, other.length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
