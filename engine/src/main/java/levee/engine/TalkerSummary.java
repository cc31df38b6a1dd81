package levee.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import levee.detection.HeavyTable;
import levee.engine.TalkerMeter.Published;
import levee.engine.TalkerSlice.Finished;
import levee.model.Group;
import levee.model.HostTraffic;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Talkers;
import levee.model.Talkers.Area;
import levee.model.Talkers.AreaKind;
import levee.model.Talkers.Exchange;
import levee.model.Talkers.Host;
import levee.model.Talkers.Missed;
import levee.model.Talkers.Network;
import levee.model.Talkers.Protocols;
import levee.model.Talkers.Rate;
import levee.model.Talkers.Service;
import levee.model.Talkers.Side;

/** Adds up the slices that a {@link TalkerMeter} hands over. */
final class TalkerSummary {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int BITS_PER_BYTE = 8;

    /** Told of a single host. */
    private static final int MOST_HOST_SERVICES = 50;

    private static final Function<TalkerSlice, HeavyTable> HOSTS = slice -> slice.hosts;
    private static final Function<TalkerSlice, HeavyTable> NETWORKS = slice -> slice.networks;
    private static final Function<TalkerSlice, HeavyTable> SERVICES = slice -> slice.services;
    private static final Function<TalkerSlice, HeavyTable> HOST_SERVICES = slice -> slice.hostServices;

    private final Published published;
    private final double seconds;

    TalkerSummary(Published published) {
        this.published = published;
        seconds = seconds(published.covered());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }

    /** What was counted for a key in all slices. */
    private static final class Sum {
        final long hash;
        final long high;
        final long low;
        final long tag;
        final long[] counters;

        Sum(HeavyTable table, int entry) {
            hash = table.hash(entry);
            high = table.high(entry);
            low = table.low(entry);
            tag = table.tag(entry);
            counters = new long[table.counters()];
        }

        void add(HeavyTable table, int entry) {
            int amounts = Math.min(counters.length, TalkerSlice.PEERS);
            for (int i = 0; i < amounts; i++) {
                counters[i] += table.value(entry, i);
            }
            for (int i = amounts; i < counters.length; i++) {
                counters[i] = PeerSketch.union(counters[i], table.value(entry, i));
            }
        }

        long weight() {
            long weight = 0;
            for (int i = 0; i < Math.min(counters.length, TalkerSlice.PEERS); i += 2) {
                weight += counters[i] * TalkerSlice.PACKET_WEIGHT + counters[i + 1];
            }
            return weight;
        }

        IpAddress address() {
            return new IpAddress(high, low);
        }

        long peers() {
            return PeerSketch.estimate(counters[TalkerSlice.PEERS], counters[TalkerSlice.PEERS + 1]);
        }
    }

    Talkers talkers() {
        List<Host> hosts = new ArrayList<>();
        for (Sum sum : busiest(sums(HOSTS).values(), Talkers.MOST_HOSTS)) {
            hosts.add(new Host(sum.address(), protocols(sum.counters, seconds), sum.peers(), missed(HOSTS, sum.hash)));
        }
        List<Network> networks = new ArrayList<>();
        for (Sum sum : busiest(sums(NETWORKS).values(), Talkers.MOST_NETWORKS)) {
            IpAddress address = sum.address();
            networks.add(new Network(
                    new Prefix(address, address.isIpv4() ? TalkerSlice.IPV4_BITS : TalkerSlice.IPV6_BITS),
                    exchange(sum.counters, 0, seconds),
                    missed(NETWORKS, sum.hash)));
        }
        long foreignPackets = 0;
        long foreignBytes = 0;
        for (Finished slice : published.slices()) {
            foreignPackets += slice.foreignPackets();
            foreignBytes += slice.foreignBytes();
        }
        return new Talkers(
                instant(published.sinceNanos()),
                instant(published.untilNanos()),
                published.covered(),
                published.areas().networks().configured(),
                rate(foreignPackets, foreignBytes, seconds),
                published.slices().stream().anyMatch(slice -> slice.threshold() > 0),
                hosts,
                networks,
                services(SERVICES, busiest(sums(SERVICES).values(), Talkers.MOST_SERVICES)),
                areas());
    }

    /** @param hash as rows have it */
    HostTraffic.Live host(IpAddress address, long hash) {
        long[] all = new long[TalkerSlice.HOST_COUNTERS];
        List<HostTraffic.Slice> slices = new ArrayList<>();
        for (Finished finished : published.slices().reversed()) {
            HeavyTable table = finished.slice().hosts;
            int entry = table.find(hash);
            long[] counters = new long[TalkerSlice.HOST_COUNTERS];
            if (entry != HeavyTable.NONE) {
                for (int i = 0; i < counters.length; i++) {
                    counters[i] = table.value(entry, i);
                    all[i] = i < TalkerSlice.PEERS ? all[i] + counters[i] : PeerSketch.union(all[i], counters[i]);
                }
            }
            Duration length = Duration.ofNanos(finished.endNanos() - finished.startNanos());
            slices.add(new HostTraffic.Slice(
                    instant(finished.startNanos()),
                    length,
                    protocols(counters, seconds(length)),
                    missed(missedWeight(table, hash), variance(finished, table, hash), seconds(length))));
        }
        Map<Long, Sum> services = sums(HOST_SERVICES);
        services.values().removeIf(sum -> sum.high != address.high() || sum.low != address.low());
        return new HostTraffic.Live(
                instant(published.sinceNanos()),
                instant(published.untilNanos()),
                published.covered(),
                protocols(all, seconds),
                PeerSketch.estimate(all[TalkerSlice.PEERS], all[TalkerSlice.PEERS + 1]),
                missed(HOSTS, hash),
                slices,
                services(HOST_SERVICES, busiest(services.values(), MOST_HOST_SERVICES)));
    }

    private Map<Long, Sum> sums(Function<TalkerSlice, HeavyTable> which) {
        Map<Long, Sum> sums = new HashMap<>();
        for (Finished finished : published.slices()) {
            HeavyTable table = which.apply(finished.slice());
            for (int entry = 0; entry < table.capacity(); entry++) {
                if (table.isUsed(entry)) {
                    Sum sum = sums.get(table.hash(entry));
                    if (sum == null) {
                        sum = new Sum(table, entry);
                        sums.put(sum.hash, sum);
                    }
                    sum.add(table, entry);
                }
            }
        }
        return sums;
    }

    private static List<Sum> busiest(Iterable<Sum> sums, int most) {
        List<Sum> sorted = new ArrayList<>();
        sums.forEach(sorted::add);
        sorted.sort(Comparator.comparingLong(Sum::weight)
                .reversed()
                .thenComparing(Sum::address)
                .thenComparingLong(sum -> sum.tag));
        return sorted.subList(0, Math.min(most, sorted.size()));
    }

    private List<Service> services(Function<TalkerSlice, HeavyTable> which, List<Sum> sums) {
        List<Service> services = new ArrayList<>();
        for (Sum sum : sums) {
            services.add(new Service(
                    TalkerSlice.protocolOf(sum.tag),
                    TalkerSlice.portOf(sum.tag),
                    TalkerSlice.isOwn(sum.tag) ? Side.OWN : Side.REMOTE,
                    exchange(sum.counters, 0, seconds),
                    missed(which, sum.hash)));
        }
        return services;
    }

    private Missed missed(Function<TalkerSlice, HeavyTable> which, long hash) {
        long weight = 0;
        double variance = 0;
        for (Finished finished : published.slices()) {
            HeavyTable table = which.apply(finished.slice());
            weight += missedWeight(table, hash);
            variance += variance(finished, table, hash);
        }
        return missed(weight, variance, seconds);
    }

    private static long missedWeight(HeavyTable table, long hash) {
        int entry = table.find(hash);
        return entry == HeavyTable.NONE ? table.leastOf(hash) : table.missed(entry);
    }

    private static double variance(Finished finished, HeavyTable table, long hash) {
        int entry = table.find(hash);
        return entry == HeavyTable.NONE ? 0 : (double) table.counted(entry) * finished.threshold();
    }

    /** All of the weight may be that of packets, or of bytes. */
    private static Missed missed(long weight, double variance, double seconds) {
        if (weight == 0 && variance == 0) {
            return Missed.NOTHING;
        }
        double deviation = Math.sqrt(variance);
        return new Missed(
                weight / seconds / TalkerSlice.PACKET_WEIGHT,
                weight / seconds * BITS_PER_BYTE,
                deviation / seconds / TalkerSlice.PACKET_WEIGHT,
                deviation / seconds * BITS_PER_BYTE);
    }

    private static Protocols protocols(long[] counters, double seconds) {
        return new Protocols(
                exchange(counters, 0, seconds),
                exchange(counters, TalkerSlice.COUNTERS, seconds),
                exchange(counters, 2 * TalkerSlice.COUNTERS, seconds),
                exchange(counters, 3 * TalkerSlice.COUNTERS, seconds));
    }

    private static Exchange exchange(long[] counters, int at, double seconds) {
        int received = at + TalkerSlice.RECEIVED;
        int sent = at + TalkerSlice.SENT;
        return new Exchange(
                rate(counters[received], counters[received + 1], seconds),
                rate(counters[sent], counters[sent + 1], seconds));
    }

    private static Rate rate(long packets, long bytes, double seconds) {
        return packets == 0 && bytes == 0
                ? Rate.NONE
                : new Rate(packets / seconds, (double) bytes * BITS_PER_BYTE / seconds);
    }

    /** Groups and networks may have changed between slices, so they are put together by their names. */
    private List<Area> areas() {
        Map<String, long[]> groups = new LinkedHashMap<>();
        Map<String, long[]> networks = new LinkedHashMap<>();
        for (Finished slice : published.slices()) {
            TalkerAreas areas = slice.areas();
            List<Group> known = areas.groups();
            for (int group = 0; group < known.size(); group++) {
                add(groups, known.get(group).name(), slice.groupSums(), group);
            }
            for (int prefix = 0; prefix < areas.prefixes().size(); prefix++) {
                if (areas.isNetwork(prefix)) {
                    add(networks, areas.prefixes().get(prefix).toString(), slice.networkSums(), prefix);
                }
            }
        }
        List<Area> areas = new ArrayList<>(areas(AreaKind.GROUP, groups));
        areas.addAll(areas(AreaKind.NETWORK, networks));
        return areas;
    }

    private static void add(Map<String, long[]> sums, String name, long[] slice, int number) {
        long[] sum = sums.computeIfAbsent(name, n -> new long[TalkerAreas.COUNTERS]);
        for (int i = 0; i < TalkerAreas.COUNTERS; i++) {
            sum[i] += slice[number * TalkerAreas.COUNTERS + i];
        }
    }

    private List<Area> areas(AreaKind kind, Map<String, long[]> sums) {
        return sums.entrySet().stream()
                .map(entry -> new Area(entry.getKey(), kind, exchange(entry.getValue(), 0, seconds)))
                .sorted(Comparator.comparingDouble(TalkerSummary::weight)
                        .reversed()
                        .thenComparing(Area::name))
                .limit(Talkers.MOST_AREAS)
                .toList();
    }

    private static double weight(Area area) {
        Rate both = area.traffic().both();
        return both.bitsPerSecond() / BITS_PER_BYTE + both.packetsPerSecond() * TalkerSlice.PACKET_WEIGHT;
    }
}
