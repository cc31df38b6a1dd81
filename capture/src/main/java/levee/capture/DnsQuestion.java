package levee.capture;

/** Reads the first question of DNS messages (RFC 1035 section 4.1.2) into one buffer that is used again and again. */
public final class DnsQuestion {
    private static final int HEADER = 12;
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = 255;

    private final StringBuilder name = new StringBuilder(LONGEST_NAME);
    private int type;

    /** @return whether the payload of {@code row} is a DNS message with a whole question */
    public boolean read(PacketDetails details, int row) {
        name.setLength(0);
        int length = details.payloadLength(row);
        if (length < HEADER || details.payload(row, 4) == 0 && details.payload(row, 5) == 0) {
            return false;
        }
        int at = HEADER;
        while (at < length && details.payload(row, at) != 0) {
            int label = details.payload(row, at);
            // Nothing stands before the first question that a pointer could point to.
            if (label > LONGEST_LABEL || at + 1 > length - label || at + label + 2 - HEADER > LONGEST_NAME) {
                return false;
            }
            if (!name.isEmpty()) {
                name.append('.');
            }
            for (int i = at + 1; i <= at + label; i++) {
                append(details.payload(row, i));
            }
            at += 1 + label;
        }
        if (at > length - 3) {
            return false;
        }
        if (name.isEmpty()) {
            name.append('.');
        }
        type = details.payload(row, at + 1) << 8 | details.payload(row, at + 2);
        return true;
    }

    /** In lower case, since resolvers mix the case at random; what is no printable ASCII as RFC 1035 section 5.1 has it. */
    private void append(int octet) {
        if (octet == '.' || octet == '\\') {
            name.append('\\').append((char) octet);
        } else if (octet > ' ' && octet < 0x7f) {
            name.append(octet >= 'A' && octet <= 'Z' ? (char) (octet | 0x20) : (char) octet);
        } else {
            name.append('\\').append((char) ('0' + octet / 100));
            name.append((char) ('0' + octet / 10 % 10)).append((char) ('0' + octet % 10));
        }
    }

    /** The name without the last dot, {@code .} being the root; valid until the next {@link #read}. */
    public CharSequence name() {
        return name;
    }

    /** The type by its number. */
    public int type() {
        return type;
    }
}
