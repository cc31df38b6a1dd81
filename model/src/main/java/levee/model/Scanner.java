package levee.model;

import java.time.Instant;
import java.util.List;

/**
 * Addresses outside that look for services on own hosts, summed up by where they are: one network, or all of the Internet where
 * many scan for the same.
 *
 * @param source the network that they are in
 * @param sources how many addresses
 * @param services what was looked for, as {@code port/transport}, the most wanted first
 * @param targets how many own hosts were tried; a lower bound where {@code exact} is false
 * @param answered how many of the tries own hosts answered
 */
public record Scanner(
        String id,
        State state,
        Prefix source,
        long sources,
        List<String> services,
        Attack.Count targets,
        long tries,
        long answered,
        Instant start,
        Instant end,
        List<Evidence> evidence)
        implements Abuse {

    public static final String KIND = "scanner";

    public Scanner {
        services = List.copyOf(services);
        evidence = List.copyOf(evidence);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String subject() {
        return source.toString();
    }

    @Override
    public Scanner continuing(String earlierId, Instant earlierStart, Evidence gap) {
        return new Scanner(
                earlierId,
                state,
                source,
                sources,
                services,
                targets,
                tries,
                answered,
                Continuation.earlier(earlierStart, start),
                end,
                Continuation.with(evidence, gap));
    }
}
