package levee.flowexport;

/** Takes what an encoder made. */
public interface DatagramSink {
    /**
     * @param bytes of the datagram and perhaps more; to be used up before this returns
     * @param length of the datagram in bytes
     */
    void accept(byte[] bytes, int length);
}
