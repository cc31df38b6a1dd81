package levee.sharing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import levee.model.Amounts;
import levee.model.Attack.Volume;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.sharing.FingerprintMatch.SourceMatch;
import levee.sharing.FingerprintMatch.VectorMatch;
import levee.sharing.FingerprintMatch.Verdict;

/**
 * Looks for a fingerprint in traffic, row by row. A vector is seen where one destination gets, within a second, a tenth
 * of the rate that the fingerprint tells of, of packets that agree with it in all properties that hardly any of its
 * packets lacks.
 */
public final class FingerprintMatcher {
    /** Destinations of all vectors together that are told apart. */
    private static final int MOST_DESTINATIONS = 500_000;

    /** Ports that got or sent less of what the sources sent are told by nobody. */
    private static final double LEAST_SERVICE_SHARE = 0.05;

    private final SharedFingerprint fingerprint;
    private final List<VectorMatcher> vectors;
    private final AddressTable sources = new AddressTable(new EntryBudget(Integer.MAX_VALUE));
    private final boolean[] sourceSeen;

    // Protocol and port of what the sources sent; port 0 where there is none.
    private final Tally sentFrom = new Tally();
    private final Tally sentTo = new Tally();
    private long sentPackets;
    private long sentBytes;
    private long matchedPackets;
    private long matchedBytes;

    public FingerprintMatcher(SharedFingerprint fingerprint) {
        this.fingerprint = fingerprint;
        EntryBudget budget = new EntryBudget(MOST_DESTINATIONS);
        vectors = fingerprint.vectors().stream()
                .map(vector -> new VectorMatcher(vector, budget))
                .toList();
        for (SharedFingerprint.Vector vector : fingerprint.vectors()) {
            for (IpAddress source : vector.sources()) {
                sources.add(source.high(), source.low());
            }
        }
        sourceSeen = new boolean[sources.size()];
    }

    public void add(Observation row) {
        boolean matches = false;
        for (VectorMatcher vector : vectors) {
            matches |= vector.add(row);
        }
        int source = sources.find(row.sourceHigh(), row.sourceLow());
        if (source == AddressTable.ABSENT) {
            return;
        }
        sourceSeen[source] = true;
        sentPackets += row.packets();
        sentBytes += row.bytes();
        boolean hasPorts = row.protocol() == Protocols.TCP || row.protocol() == Protocols.UDP;
        sentFrom.add(row.protocol() << 16 | (hasPorts ? row.sourcePort() : 0), row.packets());
        sentTo.add(row.protocol() << 16 | (hasPorts ? row.destinationPort() : 0), row.packets());
        if (matches) {
            matchedPackets += row.packets();
            matchedBytes += row.bytes();
        }
    }

    public FingerprintMatch result() {
        List<VectorMatch> matches = vectors.stream().map(VectorMatcher::result).toList();
        SourceMatch sourceMatch = sources();
        boolean seen = matches.stream().anyMatch(VectorMatch::seen);
        Verdict verdict = seen ? Verdict.SEEN : sourceMatch.seen() > 0 ? Verdict.SOURCES_SEEN : Verdict.NOT_SEEN;
        return new FingerprintMatch(fingerprint.key(), verdict, reasons(matches, sourceMatch), matches, sourceMatch);
    }

    private SourceMatch sources() {
        long seen = 0;
        for (boolean one : sourceSeen) {
            seen += one ? 1 : 0;
        }
        Map<String, Long> services = new LinkedHashMap<>();
        putServices(sentFrom, " from port ", services);
        putServices(sentTo, " to port ", services);
        return new SourceMatch(
                sources.size(),
                seen,
                new Volume(sentPackets, sentBytes),
                new Volume(matchedPackets, matchedBytes),
                services);
    }

    private static void putServices(Tally tally, String direction, Map<String, Long> services) {
        for (Tally.Entry entry : tally.atLeast(LEAST_SERVICE_SHARE)) {
            String protocol = Protocols.name((int) entry.value() >>> 16);
            int port = (int) entry.value() & 0xffff;
            services.put(port == 0 ? protocol : protocol + direction + port, entry.count());
        }
    }

    private static List<String> reasons(List<VectorMatch> vectors, SourceMatch sources) {
        List<String> reasons = new ArrayList<>();
        for (VectorMatch vector : vectors) {
            reasons.add("%s: %s %s within a second (needed: %s)"
                    .formatted(
                            vector.name(),
                            vector.seen() ? "one destination got" : "no destination got more than",
                            Amounts.count(vector.busiestSecond(), "matching packet"),
                            Amounts.count(vector.neededPerSecond())));
        }
        reasons.add(
                sources.listed() == 0
                        ? "the fingerprint lists no source addresses"
                        : Amounts.count(sources.seen()) + " of its "
                                + Amounts.count(sources.listed(), "source address was", "source addresses were")
                                + " seen");
        return reasons;
    }
}
