package levee.bench;

/**
 * One direction of a connection. An address is the 32 bits of IPv4; over IPv6 the same 32 bits stand at the end of a
 * documentation prefix. Hosts in 10.0.0.0/8 are inside the network, all others outside.
 *
 * @param vlan the VLAN identifier, 0 for an untagged frame
 */
record Flow(int source, int destination, int sourcePort, int destinationPort, boolean ipv6, int vlan) {
    static final int ETHERNET_HEADER = 14;
    static final int VLAN_TAG = 4;
    static final int IPV4_HEADER = 20;
    static final int IPV6_HEADER = 40;
    static final int TCP_HEADER = 20;
    static final int UDP_HEADER = 8;

    static boolean inside(int address) {
        return address >>> 24 == 10;
    }

    Flow reversed() {
        return new Flow(destination, source, destinationPort, sourcePort, ipv6, vlan);
    }

    /** The bytes of a frame before the TCP or UDP header. */
    int networkHeaders() {
        return ETHERNET_HEADER + (vlan == 0 ? 0 : VLAN_TAG) + (ipv6 ? IPV6_HEADER : IPV4_HEADER);
    }
}
