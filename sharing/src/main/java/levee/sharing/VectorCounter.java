package levee.sharing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import levee.model.AttackVector;
import levee.model.IpAddress;
import levee.model.Protocols;

/** Counts what one vector of an attack consists of. */
final class VectorCounter {
    private static final int IPV4 = 4;
    private static final int IPV6 = 6;

    private final boolean carriesDns;
    private final boolean carriesNtp;

    private long packets;
    private long bytes;
    private long flows;
    private long packetRows;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;

    private final AddressTable sources;
    private long[] packetsOfSource = new long[16];

    final Tally protocols = new Tally();
    final Tally sourcePorts = new Tally();
    final Tally destinationPorts = new Tally();
    final Tally tcpFlags = new Tally();
    final Tally ipVersions = new Tally();
    final Tally frameLengths = new Tally();
    final Tally fragmentOffsets = new Tally();
    final Tally timesToLive = new Tally();
    final Tally icmpTypes = new Tally();
    final Tally dnsTypes = new Tally();
    final NameTally dnsNames;
    final NameTally httpMethods;
    final NameTally httpUris;
    final NameTally httpUserAgents;
    final Tally httpStatuses = new Tally();
    final Tally ntpRequestCodes = new Tally();

    /**
     * @param budget of source addresses
     * @param names of what is asked for and by which program
     */
    VectorCounter(AttackVector vector, EntryBudget budget, EntryBudget names) {
        carriesDns = switch (vector) {
            case DNS_REFLECTION, MDNS_REFLECTION, DNS_QUERY_FLOOD -> true;
            default -> false;
        };
        carriesNtp = vector == AttackVector.NTP_REFLECTION;
        sources = new AddressTable(budget);
        dnsNames = new NameTally(names);
        httpMethods = new NameTally(names);
        httpUris = new NameTally(names);
        httpUserAgents = new NameTally(names);
    }

    void add(Observation row) {
        long count = row.packets();
        packets += count;
        bytes += row.bytes();
        firstNanos = Math.min(firstNanos, row.firstNanos());
        lastNanos = Math.max(lastNanos, row.lastNanos());
        int source = sources.add(row.sourceHigh(), row.sourceLow());
        if (source != AddressTable.ABSENT) {
            if (source == packetsOfSource.length) {
                packetsOfSource = Arrays.copyOf(packetsOfSource, 2 * source);
            }
            packetsOfSource[source] += count;
        }
        int protocol = row.protocol();
        protocols.add(protocol, count);
        ipVersions.add(IpAddress.isIpv4(row.sourceHigh(), row.sourceLow()) ? IPV4 : IPV6, count);
        switch (protocol) {
            case Protocols.TCP -> {
                ports(row, count);
                tcpFlags.add(row.tcpFlags(), count);
            }
            case Protocols.UDP -> ports(row, count);
            case Protocols.ICMP, Protocols.ICMPV6 -> icmpTypes.add(row.destinationPort() >>> 8, count);
            default -> {
                // other protocols have nothing that is told apart
            }
        }
        if (row.timeToLive() != 0) {
            timesToLive.add(row.timeToLive(), count);
        }
        if (row.isPacket()) {
            packet(row);
        } else {
            flows++;
        }
    }

    private void ports(Observation row, long count) {
        // A fragment whose first one was not seen has none.
        if (row.sourcePort() != 0 || row.destinationPort() != 0) {
            sourcePorts.add(row.sourcePort(), count);
            destinationPorts.add(row.destinationPort(), count);
        }
    }

    private void packet(Observation row) {
        packetRows++;
        if (row.frameLength() > 0) {
            frameLengths.add(row.frameLength(), 1);
            fragmentOffsets.add(row.fragmentOffset(), 1);
        }
        if (carriesDns && row.protocol() == Protocols.UDP && row.fragmentOffset() == 0 && row.readDnsQuestion()) {
            dnsNames.add(row.dnsName(), 1);
            dnsTypes.add(row.dnsType(), 1);
        }
        if (row.protocol() == Protocols.TCP && row.fragmentOffset() == 0 && row.readHttp()) {
            http(row);
        }
        if (carriesNtp && row.fragmentOffset() == 0 && row.ntpRequestCode() != Observation.NONE) {
            ntpRequestCodes.add(row.ntpRequestCode(), 1);
        }
    }

    private void http(Observation row) {
        if (row.httpStatus() != 0) {
            httpStatuses.add(row.httpStatus(), 1);
            return;
        }
        httpMethods.add(row.httpMethod(), 1);
        if (!row.httpUri().isEmpty()) {
            httpUris.add(row.httpUri(), 1);
        }
        if (!row.httpUserAgent().isEmpty()) {
            httpUserAgents.add(row.httpUserAgent(), 1);
        }
    }

    /** Takes one packet back that this row, of the same source, shows to be none of the attack's. */
    void takeBack(Observation row) {
        int source = sources.find(row.sourceHigh(), row.sourceLow());
        if (source == AddressTable.ABSENT || packetsOfSource[source] == 0) {
            return;
        }
        bytes -= bytes / packets;
        packets--;
        packetsOfSource[source]--;
    }

    long packets() {
        return packets;
    }

    long bytes() {
        return bytes;
    }

    /** Flow records; 0 where packets were counted. */
    long flows() {
        return flows;
    }

    boolean hasPackets() {
        return packetRows > 0;
    }

    boolean isEmpty() {
        return packets == 0;
    }

    long firstNanos() {
        return firstNanos;
    }

    long lastNanos() {
        return lastNanos;
    }

    /** How many different addresses it came from, as far as there was room to tell. */
    long sourceCount() {
        return sourceNumbers().count();
    }

    /** Whether there was room for all addresses. */
    boolean hasAllSources() {
        return !sources.refused();
    }

    /** The addresses that sent most, at most {@code limit}, in numerical order. */
    List<IpAddress> sources(int limit) {
        return sourceNumbers()
                .sorted(Comparator.comparingLong((Integer number) -> packetsOfSource[number])
                        .reversed()
                        .thenComparing(sources::address))
                .limit(limit)
                .map(sources::address)
                .sorted()
                .toList();
    }

    void addSourcesTo(AddressTable all) {
        sourceNumbers().map(sources::address).forEach(address -> all.add(address.high(), address.low()));
    }

    private Stream<Integer> sourceNumbers() {
        return IntStream.range(0, sources.size())
                .filter(number -> packetsOfSource[number] > 0)
                .boxed();
    }
}
