package levee.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import levee.detection.RowSample;
import levee.model.Amounts;
import levee.model.Attack.Spoofing;
import levee.model.Attack.Spoofing.Verdict;
import levee.model.IpAddress;
import levee.model.Protocols;

/** Whether the sources of a vector are forged. Each test says what it saw; two that agree are believed. */
final class SpoofingTest {
    private static final int LEAST_ROWS = 100;

    /** Packets per source below which hardly any source shows up twice. */
    private static final double SINGLE_PACKET = 1.2;

    /** Hosts all over the Internet are many different numbers of hops away. */
    private static final int SIMILAR_HOPS = 4;

    private static final double LEAST_IMPOSSIBLE_SHARE = 0.005;

    /** Half of what would be impossible if all were forged at random. */
    private static final double LIKELY_IMPOSSIBLE_SHARE = 0.066;

    private SpoofingTest() {}

    static Spoofing of(Track track) {
        if (track.vector.isReflection()) {
            return new Spoofing(
                    Verdict.UNLIKELY,
                    List.of("the sources are reflectors that answer; the requests to them were forged in the target's"
                            + " name"));
        }
        RowSample sample = track.sample;
        int size = sample.size();
        if (size < LEAST_ROWS) {
            return new Spoofing(Verdict.UNKNOWN, List.of("too few packets to tell"));
        }
        List<String> forged = new ArrayList<>();
        List<String> real = new ArrayList<>();
        double packetsPerSource = (double) track.rawSamples / Math.max(1, track.sources.value());
        // Of a sampled source hardly ever more than one packet is seen.
        boolean single = !track.isSampled() && packetsPerSource < SINGLE_PACKET;
        if (single) {
            forged.add("%s came from %s, so that hardly any sent twice"
                    .formatted(
                            Amounts.count(track.rawSamples, "packet"), Amounts.count(track.sources.value(), "source")));
        } else if (packetsPerSource > 5) {
            real.add(String.format(Locale.ROOT, "the sources come again: %.1f packets each", packetsPerSource));
        }
        double impossible = impossibleShare(sample);
        if (impossible >= LEAST_IMPOSSIBLE_SHARE) {
            forged.add(Amounts.percent(impossible, 1) + " of the source addresses can not send");
        }
        int hops = spreadOfHops(sample);
        if (single && hops >= 0 && hops <= SIMILAR_HOPS) {
            forged.add("the sources lie all over the address space, but within " + Amounts.count(hops, "hop")
                    + " of distance");
        }
        int blocks = Distribution.of(size, i -> (int) (sample.sourceLow(i) >>> 24 & 0xff))
                .distinct();
        if (single && isAllIpv4(sample) && blocks > 180) {
            forged.add("the sources are spread over " + blocks + " of 256 first octets");
        }
        // Over TCP alone is it the source that completes; a datagram from a forged one is answered as well.
        if (track.vector.protocol() == Protocols.TCP && track.answered > 0 && track.unansweredShare() < 0.5) {
            real.add("most connections were completed, which a forged source can not do");
        }
        boolean mostImpossible = track.isSampled() && impossible >= LIKELY_IMPOSSIBLE_SHARE;
        if ((forged.size() >= 2 || mostImpossible) && real.isEmpty()) {
            return new Spoofing(Verdict.LIKELY, forged);
        }
        if (!real.isEmpty() && forged.isEmpty()) {
            return new Spoofing(Verdict.UNLIKELY, real);
        }
        List<String> reasons = new ArrayList<>(forged);
        reasons.addAll(real);
        return new Spoofing(Verdict.UNKNOWN, reasons);
    }

    private static boolean isAllIpv4(RowSample sample) {
        for (int i = 0; i < sample.size(); i++) {
            if (!IpAddress.isIpv4(sample.sourceHigh(i), sample.sourceLow(i))) {
                return false;
            }
        }
        return true;
    }

    /** The share of sources that no host on the Internet has: 0/8, 127/8, 224/3 (RFC 6890); 0 of IPv6. */
    static double impossibleShare(RowSample sample) {
        int impossible = 0;
        for (int i = 0; i < sample.size(); i++) {
            if (IpAddress.isIpv4(sample.sourceHigh(i), sample.sourceLow(i))) {
                int first = (int) (sample.sourceLow(i) >>> 24 & 0xff);
                if (first == 0 || first == 127 || first >= 224) {
                    impossible++;
                }
            }
        }
        return (double) impossible / Math.max(1, sample.size());
    }

    /**
     * The width of the middle nine tenths of the distances in hops, told from the TTL and the next usual initial value;
     * -1 where TTLs are not known.
     */
    private static int spreadOfHops(RowSample sample) {
        int[] hops = new int[sample.size()];
        for (int i = 0; i < hops.length; i++) {
            int ttl = sample.timeToLive(i);
            if (ttl == 0) {
                return -1;
            }
            int initial = ttl <= 64 ? 64 : ttl <= 128 ? 128 : 255;
            hops[i] = initial - ttl;
        }
        Arrays.sort(hops);
        return hops[hops.length * 95 / 100] - hops[hops.length * 5 / 100];
    }
}
