package levee.engine;

import java.lang.invoke.VarHandle;
import levee.detection.HeavyTable;
import levee.detection.ThresholdSampler;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.PrefixIndex;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.Hashing;

/**
 * Who sent and received how much within some seconds. One thread counts. Afterwards others may read, as long as {@link
 * #isStill} says that it was not used again meanwhile.
 */
final class TalkerSlice {
    static final int HOSTS = 1 << 11;
    static final int NETWORKS = 1 << 10;
    static final int SERVICES = 1 << 8;
    static final int HOST_SERVICES = 1 << 10;

    /** The length of the prefixes that remote hosts are put together by. */
    static final int IPV4_BITS = 24;

    static final int IPV6_BITS = 48;

    /**
     * The bytes that a packet weighs besides its own. By what keys weigh it is decided which are remembered; so those with
     * many small packets are, as well as those with many bytes.
     */
    static final long PACKET_WEIGHT = 500;

    /** What a flow weighs at the most, whatever its exporter says: sums stay far from overflowing. */
    private static final long MOST_WEIGHT = 1L << 44;

    // The counters of a network or service; of a host there are as many for each protocol, and its peers.
    static final int RECEIVED = 0;
    static final int SENT = 2;
    static final int COUNTERS = 4;
    static final int PEERS = COUNTERS * TrafficMeter.KINDS;
    static final int HOST_COUNTERS = PEERS + PeerSketch.WORDS;

    private static final long NETWORK_SEED = 0x6b1d_39f2_04c7_e85aL;
    private static final long SERVICE_SEED = 0x2e90_c4a7_71d3_5b16L;

    // A service as a number: 8 bits of protocol, 16 of port, and the end at which it is.
    private static final int PROTOCOL_SHIFT = 17;
    private static final int PORT_SHIFT = 1;
    private static final int REMOTE = 1;

    final HeavyTable hosts = new HeavyTable(HOSTS, HOST_COUNTERS);
    final HeavyTable networks = new HeavyTable(NETWORKS, COUNTERS);
    final HeavyTable services = new HeavyTable(SERVICES, COUNTERS);
    final HeavyTable hostServices = new HeavyTable(HOST_SERVICES, COUNTERS);

    private final long networkSeed;
    private final long serviceSeed;
    private volatile int version;

    // Made anew each time.
    private TalkerAreas areas;
    private long[] networkSums = {};
    private long[] groupSums = {};

    private long startNanos;
    private long foreignPackets;
    private long foreignBytes;

    /** The highest of all rows. */
    private long threshold;

    /** @param seed of hashes, secret */
    TalkerSlice(long seed, TalkerAreas areas) {
        networkSeed = Hashing.hash(seed, NETWORK_SEED, 0);
        serviceSeed = Hashing.hash(seed, SERVICE_SEED, 0);
        this.areas = areas;
    }

    /**
     * A slice that is over, to be read by others.
     *
     * @param networkSums {@link TalkerAreas#COUNTERS} for each prefix
     * @param groupSums likewise for each group
     * @param threshold below which not every row was counted; see {@link ThresholdSampler}
     */
    record Finished(
            TalkerSlice slice,
            int version,
            long startNanos,
            long endNanos,
            TalkerAreas areas,
            long[] networkSums,
            long[] groupSums,
            long foreignPackets,
            long foreignBytes,
            long threshold) {
        /** Whether all that was read of it until now was this slice's. */
        boolean isStill() {
            VarHandle.acquireFence();
            return slice.version == version;
        }
    }

    /** Forgets everything, and begins. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // Only one thread writes.
    void begin(long nanos, TalkerAreas now) {
        version++;
        // Whoever sees any of what follows sees that the version is another.
        VarHandle.fullFence();
        startNanos = nanos;
        areas = now;
        networkSums = new long[now.prefixes().size() * TalkerAreas.COUNTERS];
        groupSums = new long[now.groups().size() * TalkerAreas.COUNTERS];
        hosts.clear();
        networks.clear();
        services.clear();
        hostServices.clear();
        foreignPackets = 0;
        foreignBytes = 0;
        threshold = 0;
    }

    Finished finish(long endNanos) {
        return new Finished(
                this,
                version,
                startNanos,
                endNanos,
                areas,
                networkSums,
                groupSums,
                foreignPackets,
                foreignBytes,
                threshold);
    }

    void count(FlowBatch batch, ThresholdSampler sampler) {
        int size = batch.size;
        threshold = Math.max(threshold, sampler.threshold());
        for (int row = 0; row < size; row++) {
            long packets = batch.packets[row];
            long bytes = batch.bytes[row];
            long weight = Math.clamp(bytes + PACKET_WEIGHT * packets, 1, MOST_WEIGHT);
            double scale = sampler.scale(weight);
            if (scale == 1) {
                count(batch, row, packets, bytes, weight);
            } else if (scale > 0) {
                count(
                        batch,
                        row,
                        sampler.scaled(packets, scale),
                        sampler.scaled(bytes, scale),
                        Math.max(1, sampler.scaled(weight, scale)));
            }
        }
    }

    private void count(FlowBatch batch, int row, long packets, long bytes, long weight) {
        long sourceHigh = batch.sourceHigh[row];
        long sourceLow = batch.sourceLow[row];
        long destinationHigh = batch.destinationHigh[row];
        long destinationLow = batch.destinationLow[row];
        int to = areas.find(destinationHigh, destinationLow);
        int from = areas.find(sourceHigh, sourceLow);
        boolean isIn = to != PrefixIndex.NONE;
        boolean isOut = from != PrefixIndex.NONE;
        if (!isIn && !isOut) {
            foreignPackets += packets;
            foreignBytes += bytes;
            return;
        }
        areas.count(to, from, packets, bytes, networkSums, groupSums);
        int protocol = batch.protocol[row] & 0xff;
        boolean hasPorts = Protocols.hasPorts(protocol);
        int sourcePort = hasPorts ? batch.sourcePort[row] : 0;
        int destinationPort = hasPorts ? batch.destinationPort[row] : 0;
        int port = Math.min(sourcePort, destinationPort);
        // Between equal ports, at an own host.
        boolean isAtDestination = destinationPort < sourcePort || destinationPort == sourcePort && isIn;
        int service = protocol << PROTOCOL_SHIFT | port << PORT_SHIFT;
        int kind = TrafficMeter.kind(protocol) * COUNTERS;
        long sourceHash = batch.sourceHash[row];
        long destinationHash = batch.destinationHash[row];
        if (isIn && isOut) {
            host(destinationHash, destinationHigh, destinationLow, sourceHash, kind + RECEIVED, packets, bytes, weight);
            host(sourceHash, sourceHigh, sourceLow, destinationHash, kind + SENT, packets, bytes, weight);
            int ofSource = isAtDestination ? service | REMOTE : service;
            int ofDestination = isAtDestination ? service : service | REMOTE;
            hostService(
                    destinationHash, destinationHigh, destinationLow, ofDestination, RECEIVED, packets, bytes, weight);
            hostService(sourceHash, sourceHigh, sourceLow, ofSource, SENT, packets, bytes, weight);
            service(service, isAtDestination ? RECEIVED : SENT, packets, bytes, weight);
            return;
        }
        // Which way it goes is hard to foresee; so it is chosen between values and not between ways to go on.
        int direction = isIn ? RECEIVED : SENT;
        long ownHash = isIn ? destinationHash : sourceHash;
        long ownHigh = isIn ? destinationHigh : sourceHigh;
        long ownLow = isIn ? destinationLow : sourceLow;
        long remoteHash = isIn ? sourceHash : destinationHash;
        long remoteHigh = isIn ? sourceHigh : destinationHigh;
        long remoteLow = isIn ? sourceLow : destinationLow;
        int sided = isIn == isAtDestination ? service : service | REMOTE;
        host(ownHash, ownHigh, ownLow, remoteHash, kind + direction, packets, bytes, weight);
        network(remoteHigh, remoteLow, direction, packets, bytes, weight);
        service(sided, direction, packets, bytes, weight);
        hostService(ownHash, ownHigh, ownLow, sided, direction, packets, bytes, weight);
    }

    private void host(
            long hash, long high, long low, long peerHash, int counter, long packets, long bytes, long weight) {
        int at = hosts.count(hash, high, low, 0, weight);
        add(hosts, at + counter, packets, bytes);
        PeerSketch.add(hosts, at + PEERS, peerHash);
    }

    private void service(int service, int direction, long packets, long bytes, long weight) {
        int at = services.count(Hashing.hash(serviceSeed, service, 0), 0, 0, service, weight);
        add(services, at + direction, packets, bytes);
    }

    private void network(long high, long low, int direction, long packets, long bytes, long weight) {
        int bits = IpAddress.isIpv4(high, low) ? 128 - 32 + IPV4_BITS : IPV6_BITS;
        long networkHigh = high & Prefix.highMask(bits);
        long networkLow = low & Prefix.lowMask(bits);
        long hash = Hashing.hash(networkSeed, networkLow, networkHigh);
        add(networks, networks.count(hash, networkHigh, networkLow, 0, weight) + direction, packets, bytes);
    }

    private void hostService(
            long hostHash, long high, long low, int service, int direction, long packets, long bytes, long weight) {
        long hash = Hashing.hash(serviceSeed, hostHash, service);
        add(hostServices, hostServices.count(hash, high, low, service, weight) + direction, packets, bytes);
    }

    private static void add(HeavyTable table, int at, long packets, long bytes) {
        table.add(at, packets);
        table.add(at + 1, bytes);
    }

    static int protocolOf(long service) {
        return (int) (service >>> PROTOCOL_SHIFT);
    }

    static int portOf(long service) {
        return (int) (service >>> PORT_SHIFT) & 0xffff;
    }

    /** Whether the service is at the own host. */
    static boolean isOwn(long service) {
        return (service & REMOTE) == 0;
    }
}
