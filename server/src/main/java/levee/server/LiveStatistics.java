package levee.server;

import java.util.Map;
import java.util.Optional;

/**
 * The running detection at a glance. Totals count from the start of the process on and never decrease; rates are of
 * now, scaled up where traffic is sampled.
 *
 * @param datagrams export datagrams received
 * @param flows records or samples that became rows
 * @param packets that the rows stand for
 * @param bytes that the rows stand for, IP length
 * @param flowsPerSecond records or samples a second
 * @param packetsPerSecond packets a second
 * @param bitsPerSecond bits a second, of IP packets
 * @param kernelDrops datagrams that the operating system dropped because nobody fetched them in time
 * @param shed records or samples that were given up because the detectors fell behind; those that were kept stand for
 *     them
 * @param queueLength datagrams that wait for the detectors
 * @param queueCapacity datagrams that can wait at most
 * @param rejected what could not be used, by reason, such as {@code truncated}
 * @param evicted entries that were dropped because a table was full
 * @param openAttacks attacks that go on
 * @param archive of flows, where they are kept
 */
public record LiveStatistics(
        long datagrams,
        long flows,
        long packets,
        long bytes,
        double flowsPerSecond,
        double packetsPerSecond,
        double bitsPerSecond,
        long kernelDrops,
        long shed,
        long queueLength,
        long queueCapacity,
        Map<String, Long> rejected,
        long evicted,
        int openAttacks,
        Optional<Archive> archive) {
    public LiveStatistics {
        rejected = Map.copyOf(rejected);
    }

    /**
     * The archive of flows.
     *
     * @param flows that were kept
     * @param dropped flows that were not, since the disk was behind, full or gone
     * @param bytes of all its files now
     */
    public record Archive(long flows, long dropped, long bytes) {}
}
