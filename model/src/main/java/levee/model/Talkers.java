package levee.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Who sends and receives how much: the busiest own hosts, remote networks, services and groups of about the last minute.
 *
 * <p>Times are those of arrival: a flow counts when its record comes. Packets and bits stand for what was not sampled, too.
 * Tables are bounded, so that of a thing that is not always among the busiest some traffic may be missing; and where very
 * many flows come, not each is counted. {@link Missed} says of each thing how far its rates may be off.
 *
 * @param since when watching began, or began anew since the clock jumped
 * @param until the end of what is told of, some seconds before now
 * @param covered how long before that what is told of began: up to a minute, and less soon after {@code since}; zero as
 *     long as there is nothing to tell
 * @param networksConfigured false where the private ranges stand in for the own networks
 * @param foreign what neither comes from an own network nor goes to one, which nothing else here tells of
 * @param estimated whether so much came that not every flow was counted; sums of areas, too, are then right but for chance
 * @param hosts own hosts, the busiest first; at most {@value #MOST_HOSTS}
 * @param networks remote networks that own hosts talk with, likewise; at most {@value #MOST_NETWORKS}
 * @param services of own hosts and such as they use, likewise; at most {@value #MOST_SERVICES}
 * @param areas groups, then own networks, of each the busiest first; at most {@value #MOST_AREAS} of each
 */
public record Talkers(
        Instant since,
        Instant until,
        Duration covered,
        boolean networksConfigured,
        Rate foreign,
        boolean estimated,
        List<Host> hosts,
        List<Network> networks,
        List<Service> services,
        List<Area> areas) {
    public static final int MOST_HOSTS = 200;
    public static final int MOST_NETWORKS = 200;
    public static final int MOST_SERVICES = 50;
    public static final int MOST_AREAS = 200;

    public Talkers {
        hosts = List.copyOf(hosts);
        networks = List.copyOf(networks);
        services = List.copyOf(services);
        areas = List.copyOf(areas);
    }

    /** The mean over some time. Bits are of IP packets. */
    public record Rate(double packetsPerSecond, double bitsPerSecond) {
        public static final Rate NONE = new Rate(0, 0);

        public Rate plus(Rate other) {
            return new Rate(packetsPerSecond + other.packetsPerSecond, bitsPerSecond + other.bitsPerSecond);
        }
    }

    /** What own hosts receive and send. */
    public record Exchange(Rate received, Rate sent) {
        public static final Exchange NONE = new Exchange(Rate.NONE, Rate.NONE);

        public Exchange plus(Exchange other) {
            return new Exchange(received.plus(other.received), sent.plus(other.sent));
        }

        /** Both directions together. */
        public Rate both() {
            return received.plus(sent);
        }
    }

    /** By protocol. */
    public record Protocols(Exchange tcp, Exchange udp, Exchange icmp, Exchange other) {
        public static final Protocols NONE = new Protocols(Exchange.NONE, Exchange.NONE, Exchange.NONE, Exchange.NONE);

        public Exchange all() {
            return tcp.plus(udp).plus(icmp).plus(other);
        }

        public Protocols plus(Protocols more) {
            return new Protocols(tcp.plus(more.tcp), udp.plus(more.udp), icmp.plus(more.icmp), other.plus(more.other));
        }
    }

    /**
     * How far rates may be off, both directions together. Without a deviation they are never too high.
     *
     * @param packetsPerSecond how much may be missing at the most; either of packets so many or of bits so many, not both
     * @param bitsPerSecond likewise
     * @param packetsDeviation the standard error where not every flow was counted, at the most; 0 where each was
     * @param bitsDeviation likewise
     */
    public record Missed(double packetsPerSecond, double bitsPerSecond, double packetsDeviation, double bitsDeviation) {
        public static final Missed NOTHING = new Missed(0, 0);

        /** Every flow was counted. */
        public Missed(double packetsPerSecond, double bitsPerSecond) {
            this(packetsPerSecond, bitsPerSecond, 0, 0);
        }

        /** Whether nothing is missing and nothing estimated. */
        public boolean isNothing() {
            return packetsPerSecond == 0 && bitsPerSecond == 0 && packetsDeviation == 0 && bitsDeviation == 0;
        }
    }

    /**
     * An own host.
     *
     * @param peers how many addresses it talked with, about: the standard error is a fifth, and where flows were not
     *     counted there are more
     */
    public record Host(IpAddress address, Protocols traffic, long peers, Missed missed) {}

    /**
     * A network that is not an own one, a /24 or a /48.
     *
     * @param traffic what own hosts received from it and sent to it
     */
    public record Network(Prefix prefix, Exchange traffic, Missed missed) {}

    /** At which end the port is that names a service, the lower one. */
    public enum Side {
        /** At the own host, which offers it as it seems; also where both ports are equal. */
        OWN,
        /** At the other host, whose service the own one uses as it seems. */
        REMOTE
    }

    /**
     * A service of own hosts, or one that they use.
     *
     * @param protocol IP protocol number
     * @param port 0 where the protocol has none
     * @param traffic what own hosts received and sent
     */
    public record Service(int protocol, int port, Side side, Exchange traffic, Missed missed) {
        /** Such as {@code tcp/443} or {@code icmp}. */
        public String name() {
            return levee.model.Protocols.service(protocol, port);
        }
    }

    /** What is summed up under a name. */
    public enum AreaKind {
        GROUP,
        NETWORK
    }

    /**
     * A group of own networks, or an own network. Nothing of it is missing.
     *
     * @param name of the group, or the network as a prefix
     * @param traffic what it received from outside of it and sent there
     */
    public record Area(String name, AreaKind kind, Exchange traffic) {}
}
