package levee.sharing;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import levee.model.Attack.Volume;
import levee.model.Protocols;
import levee.sharing.FingerprintMatch.Agreement;
import levee.sharing.FingerprintMatch.Property;
import levee.sharing.FingerprintMatch.VectorMatch;

/** Compares rows with one vector of a fingerprint. */
final class VectorMatcher {
    private static final Property[] PROPERTIES = Property.values();
    private static final int TOP_DESTINATIONS = 5;

    /** This part of the attack's own rate is enough: others may be hit less. */
    private static final double ENOUGH_OF_RATE = 0.1;

    /** Fewer packets within a second are no attack, however small the fingerprint's was. */
    private static final long LEAST_PER_SECOND = 20;

    private static final int ETHERNET_HEADER = 14;
    private static final int SHORTEST_FRAME = 60;

    /** A tag of IEEE 802.1Q or a frame check sequence more or less. */
    private static final int LENGTH_TOLERANCE = 4;

    private final SharedFingerprint.Vector vector;
    private final OptionalInt protocol;

    // The values of the fingerprint, to compare without an object for each row.
    private final int[] sourcePorts;
    private final int[] destinationPorts;
    private final int[] tcpFlags;
    private final int[] frameLengths;
    private final int[] timesToLive;
    private final List<String> dnsNames;
    private final List<String> httpMethods;
    private final List<String> httpUris;
    private final List<String> httpUserAgents;
    private final boolean[] required = new boolean[PROPERTIES.length];
    private final long[] compared = new long[PROPERTIES.length];
    private final long[] agreed = new long[PROPERTIES.length];
    private final DestinationTable destinations;
    private long candidates;
    private long packets;
    private long bytes;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;

    VectorMatcher(SharedFingerprint.Vector vector, EntryBudget budget) {
        this.vector = vector;
        protocol = vector.protocol();
        sourcePorts = sorted(vector.sourcePorts());
        destinationPorts = sorted(vector.destinationPorts());
        tcpFlags = sorted(vector.tcpFlags());
        frameLengths = sorted(vector.frameLengths());
        timesToLive = sorted(vector.timesToLive());
        dnsNames = List.copyOf(vector.dnsNames().values());
        httpMethods = List.copyOf(vector.httpMethods().values());
        httpUris = List.copyOf(vector.httpUris().values());
        httpUserAgents = List.copyOf(vector.httpUserAgents().values());
        destinations = new DestinationTable(budget);
        required[Property.TCP_FLAGS.ordinal()] = vector.tcpFlags().isRequired();
        // What is reflected goes to whatever port was forged for that victim.
        required[Property.DESTINATION_PORT.ordinal()] =
                vector.destinationPorts().isRequired() && !vector.isReflection();
        required[Property.LENGTH.ordinal()] = vector.frameLengths().isRequired();
        required[Property.DNS_NAME.ordinal()] = vector.dnsNames().isRequired();
        required[Property.HTTP_METHOD.ordinal()] = vector.httpMethods().isRequired();
        // Another victim has other pages.
        required[Property.HTTP_URI.ordinal()] = false;
        required[Property.HTTP_USER_AGENT.ordinal()] = vector.httpUserAgents().isRequired();
        // TTLs tell the way to the target as much as the sender.
        required[Property.TIME_TO_LIVE.ordinal()] = false;
    }

    private static int[] sorted(CommonValues<Integer> values) {
        return values.values().stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private static boolean contains(int[] sorted, int value) {
        return Arrays.binarySearch(sorted, value) >= 0;
    }

    /** Whether the row matches, which is then counted. */
    boolean add(Observation row) {
        if (protocol.isPresent() && protocol.getAsInt() != row.protocol()) {
            return false;
        }
        if (vector.sourcePorts().isRequired() && !contains(sourcePorts, row.sourcePort())) {
            return false;
        }
        candidates += row.packets();
        boolean matches = true;
        for (Property property : PROPERTIES) {
            int at = property.ordinal();
            if (isKnown(property, row)) {
                compared[at] += row.packets();
                if (agrees(property, row)) {
                    agreed[at] += row.packets();
                } else if (required[at]) {
                    matches = false;
                }
            }
        }
        if (matches) {
            packets += row.packets();
            bytes += row.bytes();
            firstNanos = Math.min(firstNanos, row.firstNanos());
            lastNanos = Math.max(lastNanos, row.lastNanos());
            destinations.add(row);
        }
        return matches;
    }

    /** Whether both sides say something of the property. */
    private boolean isKnown(Property property, Observation row) {
        return switch (property) {
            // A flow record adds the flags of its packets up.
            case TCP_FLAGS -> tcpFlags.length > 0 && row.protocol() == Protocols.TCP && row.isPacket();
            case DESTINATION_PORT -> destinationPorts.length > 0 && (row.sourcePort() | row.destinationPort()) != 0;
            case LENGTH -> frameLengths.length > 0 && row.packets() == 1 && row.bytes() > 0;
            case DNS_NAME -> !dnsNames.isEmpty() && row.fragmentOffset() == 0 && row.readDnsQuestion();
            case HTTP_METHOD -> isKnown(httpMethods, row) && !row.httpMethod().isEmpty();
            case HTTP_URI -> isKnown(httpUris, row) && !row.httpUri().isEmpty();
            case HTTP_USER_AGENT ->
                isKnown(httpUserAgents, row) && !row.httpUserAgent().isEmpty();
            case TIME_TO_LIVE -> timesToLive.length > 0 && row.timeToLive() > 0;
        };
    }

    private static boolean isKnown(List<String> values, Observation row) {
        return !values.isEmpty() && row.protocol() == Protocols.TCP && row.fragmentOffset() == 0 && row.readHttp();
    }

    private boolean agrees(Property property, Observation row) {
        return switch (property) {
            case TCP_FLAGS -> contains(tcpFlags, row.tcpFlags());
            case DESTINATION_PORT -> contains(destinationPorts, row.destinationPort());
            case LENGTH -> hasLength(row);
            case DNS_NAME -> contains(dnsNames, row.dnsName());
            case HTTP_METHOD -> contains(httpMethods, row.httpMethod());
            case HTTP_URI -> contains(httpUris, row.httpUri());
            case HTTP_USER_AGENT -> contains(httpUserAgents, row.httpUserAgent());
            case TIME_TO_LIVE -> contains(timesToLive, row.timeToLive());
        };
    }

    private boolean hasLength(Observation row) {
        long frame = Math.max(SHORTEST_FRAME, row.bytes() + ETHERNET_HEADER);
        for (int length : frameLengths) {
            if (Math.abs(Math.max(SHORTEST_FRAME, length) - frame) <= LENGTH_TOLERANCE) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(List<String> values, CharSequence value) {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).contentEquals(value)) {
                return true;
            }
        }
        return false;
    }

    /** Packets within one second to one destination that make it seen. */
    private long neededPerSecond() {
        double rate = vector.packets() / Math.max(1, vector.durationSeconds());
        return Math.max(LEAST_PER_SECOND, Math.round(rate * ENOUGH_OF_RATE));
    }

    VectorMatch result() {
        Map<Property, Agreement> agreements = new EnumMap<>(Property.class);
        for (Property property : PROPERTIES) {
            int at = property.ordinal();
            if (compared[at] > 0) {
                agreements.put(property, new Agreement(required[at], compared[at], agreed[at]));
            }
        }
        long busiest = destinations.busiestSecond();
        boolean any = packets > 0;
        return new VectorMatch(
                vector.name(),
                busiest >= neededPerSecond(),
                candidates,
                agreements,
                new Volume(packets, bytes),
                neededPerSecond(),
                busiest,
                any ? Optional.of(Instant.ofEpochSecond(0, firstNanos)) : Optional.empty(),
                any ? Optional.of(Instant.ofEpochSecond(0, lastNanos)) : Optional.empty(),
                destinations.top(TOP_DESTINATIONS),
                destinations.size());
    }
}
