package levee.model;

import java.time.Instant;
import java.util.List;

/**
 * Traffic that leaves the network under source addresses that are not the network's own (RFC 2827, BCP 38).
 *
 * @param exporter the address of the router that saw it; empty for a capture
 * @param networkInterface the SNMP index of its input interface; 0 where it is not known
 * @param sources how many foreign addresses were used
 * @param destinations the networks that most of it goes to
 */
public record SpoofedTraffic(
        String id,
        State state,
        String exporter,
        int networkInterface,
        Attack.Count sources,
        List<Attack.Talker> destinations,
        Attack.Volume volume,
        Instant start,
        Instant end,
        List<Evidence> evidence)
        implements Abuse {

    public static final String KIND = "spoofed-traffic";

    public SpoofedTraffic {
        destinations = List.copyOf(destinations);
        evidence = List.copyOf(evidence);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String subject() {
        return exporter.isEmpty() ? "capture" : exporter + " interface " + networkInterface;
    }

    @Override
    public SpoofedTraffic continuing(String earlierId, Instant earlierStart, Evidence gap) {
        return new SpoofedTraffic(
                earlierId,
                state,
                exporter,
                networkInterface,
                sources,
                destinations,
                volume,
                Continuation.earlier(earlierStart, start),
                end,
                Continuation.with(evidence, gap));
    }
}
