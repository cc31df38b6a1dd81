package levee.logs;

import levee.model.IpAddress;

/** Reads literal addresses from bytes in place; the result is in {@link #high} and {@link #low}. */
final class AddressParser {
    private static final int GROUPS = 8;
    private static final int HARDWARE_ADDRESS_LENGTH = 17;

    /** The two halves of the address last read, IPv4 mapped, as in {@link IpAddress}. */
    long high;

    long low;

    private final int[] groups = new int[GROUPS];

    /** Reads an IPv4 or IPv6 literal; false if the bytes are neither. */
    boolean parse(byte[] bytes, int start, int end) {
        for (int i = start; i < end && i < start + 5; i++) {
            if (bytes[i] == ':') {
                return parseIpv6(bytes, start, end);
            }
        }
        return parseIpv4(bytes, start, end);
    }

    /** Whether the bytes are six pairs of hexadecimal digits: an Ethernet address. */
    static boolean isHardwareAddress(byte[] bytes, int start, int end) {
        if (end - start != HARDWARE_ADDRESS_LENGTH) {
            return false;
        }
        for (int i = 0; i < HARDWARE_ADDRESS_LENGTH; i++) {
            byte b = bytes[start + i];
            if (i % 3 == 2 ? b != ':' : Numbers.hexDigit(b) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean parseIpv4(byte[] bytes, int start, int end) {
        int bits = 0;
        int octets = 0;
        int octet = -1;
        for (int i = start; i <= end; i++) {
            int b = i < end ? bytes[i] : '.';
            if (b == '.') {
                if (octet < 0 || ++octets > 4) {
                    return false;
                }
                bits = bits << 8 | octet;
                octet = -1;
            } else if (b >= '0' && b <= '9' && octet != 0) {
                octet = Math.max(octet, 0) * 10 + (b - '0');
                if (octet > 255) {
                    return false;
                }
            } else {
                return false;
            }
        }
        high = 0;
        low = IpAddress.mapIpv4(bits);
        return octets == 4;
    }

    private boolean parseIpv6(byte[] bytes, int start, int end) {
        int count = 0;
        int gap = -1;
        int i = start;
        if (bytes[i] == ':') {
            if (end - start < 2 || bytes[i + 1] != ':') {
                return false;
            }
            gap = 0;
            i += 2;
        }
        while (i < end) {
            int groupStart = i;
            int value = 0;
            for (int digit; i < end && (digit = Numbers.hexDigit(bytes[i])) >= 0; i++) {
                value = value << 4 | digit;
                if (i - groupStart >= 4) {
                    return false;
                }
            }
            if (i < end && bytes[i] == '.') {
                if (count > GROUPS - 2 || !parseIpv4(bytes, groupStart, end)) {
                    return false;
                }
                groups[count++] = (int) (low >>> 16) & 0xffff;
                groups[count++] = (int) low & 0xffff;
                break;
            }
            if (i == groupStart || count == GROUPS) {
                return false;
            }
            groups[count++] = value;
            if (i == end) {
                break;
            }
            if (bytes[i++] != ':' || i == end) {
                return false;
            }
            if (bytes[i] == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = count;
                i++;
            }
        }
        if (gap < 0 ? count != GROUPS : count == GROUPS) {
            return false;
        }
        assemble(count, gap < 0 ? count : gap);
        return true;
    }

    /** The groups before the gap go to the front, those after it to the back. */
    private void assemble(int count, int gap) {
        high = 0;
        low = 0;
        for (int i = 0; i < count; i++) {
            place(groups[i], i < gap ? i : GROUPS - count + i);
        }
    }

    private void place(int group, int position) {
        long shifted = (long) group << (48 - 16 * (position & 3));
        if (position < 4) {
            high |= shifted;
        } else {
            low |= shifted;
        }
    }
}
