package levee.alert;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The header {@code Levee-Signature: t=UNIX_SECONDS,v1=HEX}, where HEX is the HMAC-SHA256 of the seconds, a dot and the
 * body. While secrets change there is one {@code v1} for each.
 */
public final class WebhookSignature {
    public static final String HEADER = "Levee-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {}

    static String sign(List<Secret> secrets, Instant time, byte[] body) {
        StringBuilder header = new StringBuilder("t=").append(time.getEpochSecond());
        for (Secret secret : secrets) {
            header.append(",v1=")
                    .append(HexFormat.of().formatHex(code(secret, String.valueOf(time.getEpochSecond()), body)));
        }
        return header.toString();
    }

    private static byte[] code(Secret secret, String seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.bytes(), ALGORITHM));
            mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    /**
     * Whether a body was signed with a secret, and lately.
     *
     * @param header the value of the header
     * @param tolerance how far its time may be from now, in either direction
     */
    public static boolean isValid(String header, byte[] body, Secret secret, Instant now, Duration tolerance) {
        String seconds = "";
        boolean isSigned = false;
        for (String part : header.split(",", -1)) {
            if (part.startsWith("t=")) {
                seconds = part.substring(2);
            }
        }
        if (!isLately(seconds, now, tolerance)) {
            return false;
        }
        byte[] expected = HexFormat.of().formatHex(code(secret, seconds, body)).getBytes(StandardCharsets.US_ASCII);
        for (String part : header.split(",", -1)) {
            if (part.startsWith("v1=")) {
                isSigned |= MessageDigest.isEqual(expected, part.substring(3).getBytes(StandardCharsets.US_ASCII));
            }
        }
        return isSigned;
    }

    private static boolean isLately(String seconds, Instant now, Duration tolerance) {
        if (!seconds.matches("[0-9]{1,12}")) {
            return false;
        }
        try {
            Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now);
            return age.abs().compareTo(tolerance) <= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
