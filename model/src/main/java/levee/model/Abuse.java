package levee.model;

import java.time.Instant;

/**
 * What somebody should be told of who owns a device or lends a network: hosts that are infected, who commands them, services
 * that can be abused, and who looks for them.
 */
public sealed interface Abuse extends Finding
        permits InfectedHost, CommandServer, Botnet, Scanner, ExposedService, SpoofedTraffic {

    /**
     * The same under the identity that it had before.
     *
     * @param gap what was not seen in between
     */
    Abuse continuing(String earlierId, Instant earlierStart, Evidence gap);
}
