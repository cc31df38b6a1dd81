package levee.capture;

import java.nio.ByteBuffer;

/**
 * What a second look needs of packets and rows have no column for: the length of the frame, the place of a fragment, and
 * the first bytes of the payload. Row by row beside the batch that was filled last; detection does without.
 */
public final class PacketDetails implements PacketListener {
    /**
     * Bytes kept of a payload. A DNS header, the longest name (RFC 1035 section 3.1) and its type take 269; what browsers
     * send before the end of their user agent is seldom longer than this.
     */
    public static final int PAYLOAD_BYTES = 512;

    private final int[] frameLengths;
    private final int[] fragmentOffsets;
    private final int[] payloadLengths;
    private final byte[] payloads;

    /** @param capacity rows of the batches that are filled */
    public PacketDetails(int capacity) {
        frameLengths = new int[capacity];
        fragmentOffsets = new int[capacity];
        payloadLengths = new int[capacity];
        payloads = new byte[capacity * PAYLOAD_BYTES];
    }

    @Override
    public void note(int row, int frameLength, int fragmentOffset, ByteBuffer bytes, int start, int limit) {
        frameLengths[row] = frameLength;
        fragmentOffsets[row] = fragmentOffset;
        int length = fragmentOffset > 0 ? 0 : Math.clamp((long) limit - start, 0, PAYLOAD_BYTES);
        payloadLengths[row] = length;
        if (length > 0) {
            bytes.get(start, payloads, row * PAYLOAD_BYTES, length);
        }
    }

    /** Bytes of the frame on the wire; of a packet in a tunnel those of the outer frame. */
    public int frameLength(int row) {
        return frameLengths[row];
    }

    /** Where the fragment belongs in the whole packet, in bytes. */
    public int fragmentOffset(int row) {
        return fragmentOffsets[row];
    }

    /** The captured bytes of the payload, at most {@link #PAYLOAD_BYTES}. */
    public int payloadLength(int row) {
        return payloadLengths[row];
    }

    /** A byte of the payload as a number from 0 to 255; {@code index} is below {@link #payloadLength}. */
    public int payload(int row, int index) {
        return payloads[row * PAYLOAD_BYTES + index] & 0xff;
    }
}
