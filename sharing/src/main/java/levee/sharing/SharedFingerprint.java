package levee.sharing;

import java.util.List;
import java.util.OptionalInt;
import levee.model.IpAddress;
import levee.model.Protocols;

/**
 * What a fingerprint says, whoever wrote it, as far as traffic can be compared with it.
 *
 * @param key empty where there is none
 * @param tags as they stand in the file
 * @param vectors at least one
 */
public record SharedFingerprint(String key, List<String> tags, List<Vector> vectors) {
    public SharedFingerprint {
        tags = List.copyOf(tags);
        vectors = List.copyOf(vectors);
    }

    /**
     * One vector.
     *
     * @param name what the file calls the service or vector
     * @param protocol the IP protocol number, where it is said
     * @param packets how many there were; 0 where that is not said
     * @param durationSeconds how long they took; 0 where that is not said
     * @param sources the addresses that they came from
     */
    record Vector(
            String name,
            OptionalInt protocol,
            CommonValues<Integer> sourcePorts,
            CommonValues<Integer> destinationPorts,
            CommonValues<Integer> tcpFlags,
            CommonValues<Integer> frameLengths,
            CommonValues<Integer> timesToLive,
            CommonValues<String> dnsNames,
            CommonValues<String> httpMethods,
            CommonValues<String> httpUris,
            CommonValues<String> httpUserAgents,
            long packets,
            double durationSeconds,
            List<IpAddress> sources) {
        Vector {
            sources = List.copyOf(sources);
        }

        /** Whether a service answers by UDP, so that its destination ports are whatever was forged. */
        boolean isReflection() {
            return sourcePorts.isRequired() && protocol.equals(OptionalInt.of(Protocols.UDP));
        }
    }
}
