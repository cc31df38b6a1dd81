package levee.sharing;

/** A file is no fingerprint; the message says where and why. */
public final class FingerprintException extends Exception {
    private static final long serialVersionUID = 1L;

    FingerprintException(String message) {
        super(message);
    }
}
