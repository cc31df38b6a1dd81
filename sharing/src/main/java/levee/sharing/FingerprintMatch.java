package levee.sharing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import levee.model.Attack.Volume;
import levee.model.IpAddress;

/**
 * What was seen of a fingerprint in traffic.
 *
 * @param key the fingerprint's
 * @param reasons for the verdict, in words
 * @param vectors in the order of the fingerprint
 */
public record FingerprintMatch(
        String key, Verdict verdict, List<String> reasons, List<VectorMatch> vectors, SourceMatch sources) {
    public FingerprintMatch {
        reasons = List.copyOf(reasons);
        vectors = List.copyOf(vectors);
    }

    /** The result in a word. */
    public enum Verdict {
        /** A destination got traffic like one of the vectors, at a rate like that of the attack. */
        SEEN,
        /** Only source addresses of the attack were seen. */
        SOURCES_SEEN,
        NOT_SEEN
    }

    /** The properties that traffic is compared by. */
    public enum Property {
        TCP_FLAGS,
        DESTINATION_PORT,
        LENGTH,
        DNS_NAME,
        HTTP_METHOD,
        HTTP_URI,
        HTTP_USER_AGENT,
        TIME_TO_LIVE
    }

    /**
     * How many packets agree with a property.
     *
     * @param required whether what disagrees does not match
     * @param compared packets of which the property is known
     */
    public record Agreement(boolean required, long compared, long agreed) {}

    /**
     * @param name the vector's name in the fingerprint
     * @param seen whether it counts as seen
     * @param candidates packets of its protocol and source port
     * @param agreements of the properties that the fingerprint knows
     * @param matched what agrees in all required properties
     * @param neededPerSecond packets within one second to one destination from which on it counts as seen
     * @param busiestSecond the most packets that one destination got within a second
     * @param destinations those that got most, the busiest first
     * @param destinationCount how many destinations there were, as far as there was room
     */
    public record VectorMatch(
            String name,
            boolean seen,
            long candidates,
            Map<Property, Agreement> agreements,
            Volume matched,
            long neededPerSecond,
            long busiestSecond,
            Optional<Instant> first,
            Optional<Instant> last,
            List<Destination> destinations,
            long destinationCount) {
        public VectorMatch {
            agreements = Map.copyOf(agreements);
            destinations = List.copyOf(destinations);
        }
    }

    /** A host that got packets that match. */
    public record Destination(
            IpAddress address, long packets, long bytes, long busiestSecond, Instant first, Instant last) {}

    /**
     * @param listed addresses in the fingerprint
     * @param seen how many of them sent anything
     * @param sent what they sent in all
     * @param matched what of it matches a vector
     * @param services the ports that they sent a twentieth or more from or to, such as {@code udp from port 53}, with
     *     packets
     */
    public record SourceMatch(long listed, long seen, Volume sent, Volume matched, Map<String, Long> services) {}
}
