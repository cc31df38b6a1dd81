package levee.drill;

import levee.model.IpAddress;

/**
 * The two ends of a conversation.
 *
 * @param ownClient whether the client is an own host; the server may be one too
 */
record Ends(
        long clientHigh,
        long clientLow,
        int clientPort,
        long serverHigh,
        long serverLow,
        int serverPort,
        boolean ownClient) {

    boolean isIpv4() {
        return IpAddress.isIpv4(clientHigh, clientLow);
    }

    /** Begins a packet in one of the two directions. */
    void begin(Packet packet, boolean fromClient, int protocol, int identification) {
        packet.clear();
        packet.protocol = protocol;
        packet.identification = identification & 0xffff;
        if (fromClient) {
            packet.sourceHigh = clientHigh;
            packet.sourceLow = clientLow;
            packet.sourcePort = clientPort;
            packet.destinationHigh = serverHigh;
            packet.destinationLow = serverLow;
            packet.destinationPort = serverPort;
        } else {
            packet.sourceHigh = serverHigh;
            packet.sourceLow = serverLow;
            packet.sourcePort = serverPort;
            packet.destinationHigh = clientHigh;
            packet.destinationLow = clientLow;
            packet.destinationPort = clientPort;
        }
        packet.timeToLive = fromClient == ownClient || OwnHosts.isOwn(packet.sourceHigh, packet.sourceLow)
                ? Internet.ownTimeToLive(packet.sourceLow)
                : Internet.timeToLive(packet.sourceLow);
    }
}
