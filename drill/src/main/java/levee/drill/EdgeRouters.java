package levee.drill;

import java.util.List;
import levee.model.IpAddress;
import levee.telemetry.Hashing;

/**
 * The routers at the edge of the own networks. Each has the routes to a part of the Internet, by network, and so sees all
 * that comes from there and goes there.
 */
public final class EdgeRouters {
    private static final int HOST_BITS_V4 = 16;
    private static final int HOST_BITS_V6 = 16;
    private static final int ANYTHING = 1;

    private final List<ExportingRouter> routers;

    public EdgeRouters(List<ExportingRouter> routers) {
        this.routers = List.copyOf(routers);
    }

    /** Shows a packet to the router that it passes, in the order of time. */
    public void see(Packet packet) {
        routers.get(number(packet, routers.size())).see(packet);
    }

    /** Lets time go on at all of them though no packets come. */
    public void advance(long nanos) {
        for (ExportingRouter router : routers) {
            router.advance(nanos);
        }
    }

    /** Which of so many routers a packet passes; an answer passes the same. */
    static int number(Packet packet, int count) {
        long outside = networkOutside(packet.sourceHigh, packet.sourceLow)
                + networkOutside(packet.destinationHigh, packet.destinationLow);
        return (int) Math.floorMod(Hashing.hash(ANYTHING, outside, 0), (long) count);
    }

    /** A /16 or /48, or zero where the address is an own one. */
    private static long networkOutside(long high, long low) {
        if (OwnHosts.isOwn(high, low)) {
            return 0;
        }
        return IpAddress.isIpv4(high, low) ? low >>> HOST_BITS_V4 : high >>> HOST_BITS_V6;
    }
}
