package levee.model;

/**
 * A service at an address.
 *
 * @param port 0 where the transport has none
 * @param transport the protocol, such as {@code tcp} or {@code udp}
 */
public record Endpoint(IpAddress address, int port, String transport) implements Comparable<Endpoint> {

    /** Such as {@code 192.0.2.1:6667/tcp}, or {@code [2001:db8::1]:6667/tcp}. */
    @Override
    public String toString() {
        String host = address.toString();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port + "/" + transport;
    }

    @Override
    public int compareTo(Endpoint other) {
        int byAddress = address.compareTo(other.address);
        if (byAddress != 0) {
            return byAddress;
        }
        return port != other.port ? Integer.compare(port, other.port) : transport.compareTo(other.transport);
    }
}
