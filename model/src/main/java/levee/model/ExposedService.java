package levee.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A service on an own host that answers strangers with much more than they ask, so that it can be abused to attack others.
 *
 * @param service the name of the protocol, such as {@code memcached}
 * @param clients how many addresses outside were answered
 * @param requests what they sent
 * @param answers what they got
 * @param amplification bytes answered for one asked
 */
public record ExposedService(
        String id,
        State state,
        Endpoint endpoint,
        String service,
        Attack.Count clients,
        Attack.Volume requests,
        Attack.Volume answers,
        double amplification,
        Instant start,
        Instant end,
        List<Evidence> evidence,
        Optional<Group> group)
        implements Abuse {

    public static final String KIND = "exposed-service";

    public ExposedService {
        evidence = List.copyOf(evidence);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String subject() {
        return endpoint.toString();
    }

    @Override
    public ExposedService continuing(String earlierId, Instant earlierStart, Evidence gap) {
        return new ExposedService(
                earlierId,
                state,
                endpoint,
                service,
                clients,
                requests,
                answers,
                amplification,
                Continuation.earlier(earlierStart, start),
                end,
                Continuation.with(evidence, gap),
                group);
    }
}
