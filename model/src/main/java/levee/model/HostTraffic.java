package levee.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import levee.model.Attack.Volume;
import levee.model.Talkers.Missed;
import levee.model.Talkers.Protocols;
import levee.model.Talkers.Service;

/**
 * What is known of the traffic of one address.
 *
 * @param live of an own host, as {@link Talkers} tells of it; empty for others, which are only known from an archive
 * @param archived what an archive of flows holds; empty where none is kept
 */
public record HostTraffic(IpAddress address, Optional<Live> live, Optional<Archived> archived) {

    /**
     * The last minute of an own host.
     *
     * @param since when watching began, as in {@link Talkers}
     * @param until the end of what is told of, likewise
     * @param covered how long before that it began, likewise
     * @param traffic the mean over all of it
     * @param peers how many addresses it talked with, about: the standard error is a fifth
     * @param missed what may be missing in {@code traffic}
     * @param slices the same time bit by bit, the oldest first
     * @param services of the host, or used by it, the busiest first; those with little traffic may be missing
     */
    public record Live(
            Instant since,
            Instant until,
            Duration covered,
            Protocols traffic,
            long peers,
            Missed missed,
            List<Slice> slices,
            List<Service> services) {
        public Live {
            slices = List.copyOf(slices);
            services = List.copyOf(services);
        }
    }

    /** A part of the time, and the means over it. */
    public record Slice(Instant start, Duration length, Protocols traffic, Missed missed) {}

    /**
     * What an archive holds of the last minutes.
     *
     * @param from flows that went on then or later
     * @param complete false if there is more than could be read within the limits; then it is the newest
     * @param flows that were read
     * @param peers whom it talked with, those with most bytes first
     * @param services by their protocol and lower port, those with most bytes first
     */
    public record Archived(
            Instant from, boolean complete, long flows, List<ArchivedPeer> peers, List<ArchivedService> services) {
        public Archived {
            peers = List.copyOf(peers);
            services = List.copyOf(services);
        }
    }

    /**
     * An address at the other end.
     *
     * @param received what came from it
     * @param sent what went to it
     */
    public record ArchivedPeer(IpAddress address, long flows, Volume received, Volume sent) {}

    /**
     * A service, as in {@link Service}.
     *
     * @param received what came to the host
     * @param sent what it sent
     */
    public record ArchivedService(int protocol, int port, Talkers.Side side, long flows, Volume received, Volume sent) {
        /** Such as {@code tcp/443} or {@code icmp}. */
        public String name() {
            return levee.model.Protocols.service(protocol, port);
        }
    }
}
