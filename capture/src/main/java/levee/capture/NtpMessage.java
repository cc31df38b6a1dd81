package levee.capture;

/** Reads what amplification needs to be told by from NTP messages. */
public final class NtpMessage {
    /** No request code. */
    public static final int NONE = -1;

    private static final int PRIVATE_MODE = 7;
    private static final int REQUEST_CODE = 3;

    private NtpMessage() {}

    /** The request code of a private (mode 7) message as ntpd has them, such as 42 of monlist, or {@link #NONE}. */
    public static int requestCode(PacketDetails details, int row) {
        boolean isPrivate = details.payloadLength(row) > REQUEST_CODE && (details.payload(row, 0) & 7) == PRIVATE_MODE;
        return isPrivate ? details.payload(row, REQUEST_CODE) : NONE;
    }
}
