package levee.alert;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Percent-encoding of one segment of a path (RFC 3986 section 2.1). */
final class Percent {
    private Percent() {}

    static String encode(String segment) {
        StringBuilder encoded = new StringBuilder(segment.length());
        for (byte octet : segment.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            boolean isUnreserved = character >= 'a' && character <= 'z'
                    || character >= 'A' && character <= 'Z'
                    || character >= '0' && character <= '9'
                    || "-._~".indexOf(character) >= 0;
            if (isUnreserved) {
                encoded.append(character);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", octet & 0xff));
            }
        }
        return encoded.toString();
    }
}
