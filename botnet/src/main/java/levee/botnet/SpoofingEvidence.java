package levee.botnet;

import java.util.ArrayList;
import java.util.List;
import levee.botnet.ForeignTraffic.ForgedRequests;
import levee.model.Amounts;
import levee.model.Evidence;
import levee.model.Prefix;

/** Says why the sources of a place are thought to be forged. */
final class SpoofingEvidence {
    private SpoofingEvidence() {}

    /**
     * @param isSpread whether sources are as if drawn at random
     * @param forged of the network in whose name most services are asked, if there is one
     * @param share of the packets that is from networks that also receive
     * @param missing networks that send and receive
     */
    static List<Evidence> of(
            Place place, boolean isSpread, List<ForgedRequests> forged, double share, List<Prefix> missing) {
        List<Evidence> evidence = new ArrayList<>();
        if (isSpread) {
            evidence.add(new Evidence(
                    "%s that are not own sent packets out of the network; they are spread over %d of 256 parts of the address space"
                            .formatted(Amounts.count(place.sources(), "source", "sources"), place.parts()),
                    place.parts(),
                    SpoofedSources.SPREAD,
                    "distinct first octets (IPv6: hashes of the first 16 bits) of sources outside the own networks"));
        }
        for (ForgedRequests requests : forged) {
            evidence.add(new Evidence(
                    "In the name of %s %s went to services that can be abused, on about %s, and none answered there"
                            .formatted(
                                    requests.network(),
                                    Amounts.count(requests.requests(), "request"),
                                    Amounts.count(requests.reflectors(), "address", "addresses")),
                    requests.requests(),
                    SpoofedSources.REQUESTS,
                    "UDP packets of one foreign network to ports of services that amplify"));
        }
        evidence.add(new Evidence(
                "%s of the packets are from networks that also received some here".formatted(Amounts.percent(share)),
                share,
                SpoofedSources.ANSWERED,
                "packets of source networks (/24, /48) that were destinations, too"));
        evidence.add(whyInside(place));
        if (place.martianPackets > 0) {
            evidence.add(new Evidence(
                    "%s had sources that no host of the Internet has"
                            .formatted(Amounts.count(place.martianPackets, "packet")),
                    place.martianPackets,
                    0,
                    "packets from loopback, multicast and reserved addresses (RFC 6890)"));
        }
        if (place.privatePackets > 0) {
            evidence.add(new Evidence(
                    "Besides, %s left with private sources, which are not counted: leaks of address translation"
                            .formatted(Amounts.count(place.privatePackets, "packet")),
                    place.privatePackets,
                    0,
                    "packets from RFC 1918 and local addresses to routable ones"));
        }
        if (!missing.isEmpty()) {
            evidence.add(new Evidence(
                    "Not counted as forged are sources in %s, which also receive traffic: perhaps an own prefix is missing in the settings"
                            .formatted(missing.get(0)),
                    missing.size(),
                    0,
                    "foreign networks that send from inside and receive"));
        }
        return evidence;
    }

    private static Evidence whyInside(Place place) {
        return switch (place.side) {
            case INSIDE ->
                new Evidence(
                        "By the settings traffic does not enter from outside at this interface",
                        1,
                        1,
                        "configured edges");
            case CAPTURE -> {
                double near = (double) place.nearRows / Math.max(1, place.rows);
                yield new Evidence(
                        "%s of them have a TTL with which own packets leave: they come from as near"
                                .formatted(Amounts.percent(near)),
                        near,
                        SpoofedSources.NEAR,
                        "rows with a TTL that at least 1 % of the rows of own sources have");
            }
            case UNKNOWN, LEARNED_INSIDE, EDGE ->
                new Evidence(
                        "Own hosts sent %s into this interface, and %s came from there to own hosts: it is inside"
                                .formatted(
                                        Amounts.count(place.ownPackets, "packet"), Amounts.count(place.toOwnPackets)),
                        (double) place.toOwnPackets / Math.max(1, place.ownPackets),
                        SpoofedSources.INSIDE_SHARE,
                        "packets to own hosts for each packet of own sources");
        };
    }
}
