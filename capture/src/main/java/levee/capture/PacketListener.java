package levee.capture;

import java.nio.ByteBuffer;

/** Is shown each packet from which a row is made, beside the batch that is being filled. */
public interface PacketListener {
    /**
     * @param row of the packet, whose addresses, time and protocol are set already
     * @param frameLength bytes of the frame on the wire
     * @param fragmentOffset in bytes; above zero there is no payload that makes sense by itself
     * @param bytes to be read during the call only
     * @param start index of the first byte of the payload
     * @param limit index behind the last captured byte of the packet
     */
    void note(int row, int frameLength, int fragmentOffset, ByteBuffer bytes, int start, int limit);
}
