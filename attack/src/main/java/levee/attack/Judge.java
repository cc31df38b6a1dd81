package levee.attack;

import java.util.ArrayList;
import java.util.List;
import levee.attack.EvidenceRules.Proof;
import levee.detection.RowSample;
import levee.model.Amounts;
import levee.model.AttackVector;
import levee.model.Evidence;
import levee.model.OwnNetworks;

/** Decides whether what a track has seen is an attack, and how sure that is. */
final class Judge {
    /** Raw samples below which nothing is called an attack, however high the sampling rate. */
    private static final long LEAST_RAW_SAMPLES = 30;

    /** Connections from a few sources that are no speed test: those use a handful. */
    private static final long MANY_CONNECTIONS = 50;

    /** Destination ports that a flood from few sources is aimed at; a scan tries many. */
    private static final int AIMED_PORTS = 4;

    private static final double AIMED_SHARE = 0.8;

    /** Mean length in bytes from which on answers are amplified. */
    private static final double AMPLIFIED_LENGTH = 400;

    /** A rate at which random ports and lengths excuse nothing. */
    private static final double OVERWHELMING_RATE = 2_000;

    private static final double CONFIRMED_SHARE = 0.5;

    /** The share of answers without a question that are certainly unasked: a few may be late. */
    private static final double UNASKED_SHARE = 0.95;

    /** The part of a reflection that comes to the port in whose name the requests were forged. */
    private static final double ONE_PORT_SHARE = 0.9;

    /** Mean length in bytes of answers that are longer than questions. */
    private static final double ANSWER_LENGTH = 200;

    /** Of many sources, one that sends most makes the others a coincidence. */
    private static final double DOMINANT_SOURCE = 0.5;

    /** How long few sources must keep up their rate: any application has bursts. */
    private static final double FEW_SOURCES_SECONDS = 0.5;

    /** An attack goes on above this part of the rate that it is detected at. */
    private static final double ACTIVE_SHARE = 0.1;

    private static final double ABOVE_NORMAL = 1.5;

    /** Packets per second of one connection that hardly any application needs. */
    private static final double SESSION_RATE = 500;

    /** A rate of unanswered packets that is an attack whatever it is. */
    private static final double HOPELESS_RATE = 20_000;

    /** Echo replies per second that one host sends to those that ask it often. */
    private static final double REPLIES_PER_SOURCE = 10;

    /** Requests per echo reply from which on the replies are what was asked for. */
    private static final double ASKED_SHARE = 0.2;

    /** Samples of each source from which on hardly any source has none. */
    private static final long SAMPLES_OF_SOURCE = 3;

    /** Errors by which a target shows that it wants nothing of what it gets; hosts limit their rate to a few. */
    private static final long REFUSALS = 5;

    /** Of all IPv4 addresses, those that no host has; see {@link SpoofingTest#impossibleShare}. */
    private static final double IMPOSSIBLE_OF_FORGED = 34.0 / 256;

    /** The part of the sources that must be forged for the target's answers to count for nothing. */
    private static final double FORGED_SHARE = 0.5;

    /** Of a few samples one or two may be strays. */
    private static final long IMPOSSIBLE_SAMPLES = 5;

    /** SYNs of one attempt to connect, within the seconds that users wait. */
    private static final int TRIES = 3;

    /** Own hosts that flood something outside together, in packets per second, and how many at the least. */
    private static final double FLOOD_FROM_INSIDE_RATE = 2_000;

    private static final long FLOODERS_INSIDE = 3;

    /** The rate from which on a few own hosts, whose answers would be seen, flood somebody outside. */
    private static final double FEW_INSIDE_RATE = 1_000;

    /** How much more evidence a prefix needs than a host. */
    private static final int PREFIX_FACTOR = 2;

    private static final int PREFIX_FACTOR_ONE_WAY = 5;

    /** Packets per second that each vector of an attack on a prefix has at the least. */
    private static final double LEAST_PREFIX_RATE = 1_000;

    private static final double LEAST_REFLECTION_RATE = 100;

    /** The part of a network's traffic that makes it the traffic of one prefix in it. */
    private static final double ONE_PREFIX_SHARE = 0.8;

    /** Packets per second that each host of an attacked prefix gets; scans and stray packets are thinner. */
    private static final double RATE_PER_TARGET = 5;

    /** Packets per second that any host of the IPv4 Internet gets unasked: most are SYNs of scanners. */
    private static final double SYNS_PER_HOST = 0.2;

    private static final double STRAYS_PER_HOST = 0.005;

    /** The part of an acknowledgement flood's packets that open a connection that nobody knows. */
    private static final double OUT_OF_PLACE_SHARE = 0.3;

    private final DetectionPolicy policy;
    private OwnNetworks networks;
    private Situated situated;

    Judge(DetectionPolicy policy, DetectionSettings settings) {
        this.policy = policy;
        networks = settings.networks();
        situated = new Situated(settings);
    }

    /** Takes over what the operator changed; what is proven already stays so. */
    void apply(DetectionSettings settings) {
        networks = settings.networks();
        situated = new Situated(settings);
    }

    /**
     * @param confidence 0 where it is no attack
     * @param activeRate packets per second from which on the attack goes on
     */
    record Judgement(boolean attack, double confidence, double activeRate) {
        static final Judgement NO = new Judgement(false, 0, 0);
    }

    /** Whether a look at the sample could be worth it. */
    boolean isWorthJudging(Track track) {
        return track.packets >= track.nextJudgement && track.packets >= 20 && track.rawSamples >= LEAST_RAW_SAMPLES;
    }

    /**
     * @param further whether the target is known to be under attack already
     * @param seesAnswers whether both directions of conversations are seen
     */
    Judgement judge(Track track, boolean further, boolean seesAnswers) {
        // The sample is only looked at where the numbers could suffice.
        EvidenceRule least = rule(EvidenceRules.least(track.vector), track, further, seesAnswers);
        if (track.packets < least.packets()
                || !isFastEnough(track, least, 1)
                || track.unansweredShare() < least.unanswered() && !isForged(track)) {
            return Judgement.NO;
        }
        SampleProfile profile = SampleProfile.of(track.sample, track.vector);
        if (track.isSampled() && !isDecidable(track, profile, seesAnswers)) {
            return Judgement.NO;
        }
        EvidenceRule rule = rule(
                ruleForHost(track, profile, seesAnswers), track, further && !isLikeScans(track, profile), seesAnswers);
        double counted = countedShare(track);
        if (track.recentPackets() < rule.packets() || !isFastEnough(track, rule, 1)) {
            return Judgement.NO;
        }
        long sources = track.sources.value();
        boolean distributed = sources >= rule.sources()
                && profile.topSourceShare() < DOMINANT_SOURCE
                && isFastEnough(track, rule, counted)
                && track.recentPackets() * counted >= rule.packets();
        boolean fromInside = seesAnswers && isFloodFromInside(track, profile);
        if (!distributed && !fromInside && !isEnoughFromFew(track, profile, rule, seesAnswers)) {
            return Judgement.NO;
        }
        if (!fromInside && !hasShape(track, profile, rule) || isDiscovery(track)) {
            return Judgement.NO;
        }
        if (!track.target.isHost() && !isSpread(track, profile)) {
            return Judgement.NO;
        }
        return new Judgement(true, confidence(track, profile, rule, distributed), activeRate(track, rule));
    }

    /**
     * Whether most of the sources are forged, so that what the target answers to them says nothing of them. Only what
     * needs no handshake can be answered and forged.
     */
    private static boolean isForged(Track track) {
        boolean needsNoHandshake =
                track.vector.family() == AttackVector.Family.UDP_FLOOD || track.isSampled() && isLoneSegments(track);
        double impossible = SpoofingTest.impossibleShare(track.sample);
        return needsNoHandshake
                && impossible >= FORGED_SHARE * IMPOSSIBLE_OF_FORGED
                && (!track.isSampled() || impossible * track.sample.size() >= IMPOSSIBLE_SAMPLES);
    }

    private static boolean isLoneSegments(Track track) {
        return switch (track.vector) {
            case TCP_ACK_FLOOD, TCP_RST_FLOOD, TCP_FIN_FLOOD, GRE_FLOOD, IP_PROTOCOL_FLOOD -> true;
            default -> false;
        };
    }

    /**
     * Whether samples can tell the traffic from an innocent one: whether it is answered, where both directions are seen;
     * else by what it consists of.
     */
    private static boolean isDecidable(Track track, SampleProfile profile, boolean seesAnswers) {
        if (seesAnswers || track.target.sentPackets > 0) {
            return true;
        }
        return switch (track.vector) {
            case TCP_ACK_FLOOD -> isForged(track);
            case TCP_RST_FLOOD, TCP_FIN_FLOOD, UDP_FLOOD, QUIC_FLOOD, DNS_QUERY_FLOOD, GRE_FLOOD, IP_PROTOCOL_FLOOD ->
                isForged(track) || track.rate() >= HOPELESS_RATE;
            default -> !isAmongPeers(track.vector) || isConfirmed(profile);
        };
    }

    /** An attack is over when the rate is back at a small part of what alarms, or at what is normal here. */
    private double activeRate(Track track, EvidenceRule rule) {
        double normal = policy.live() ? ABOVE_NORMAL * track.baseline.packetsPerSecond() : 0;
        return Math.max(Math.max(1, ACTIVE_SHARE * rateNeeded(rule, track)), normal);
    }

    /** The part of the packets that counts: of connection attempts each counts once, however often it is repeated. */
    private static double countedShare(Track track) {
        if (track.isSampled()) {
            // Which are repetitions is not known.
            return track.vector == AttackVector.TCP_SYN_FLOOD ? 1.0 / TRIES : 1;
        }
        return switch (track.vector) {
            case TCP_SYN_FLOOD, TCP_CONNECTION_FLOOD -> Math.min(1, (double) track.opened / Math.max(1, track.packets));
            default -> 1;
        };
    }

    private static EvidenceRule ruleForHost(Track track, SampleProfile profile, boolean seesAnswers) {
        boolean isAnswer = isConfirmed(profile) || isAmplified(track, profile);
        if (seesAnswers && isUnasked(track) && isAnswer) {
            return EvidenceRules.of(track.vector, Proof.NOT_ASKED);
        }
        return EvidenceRules.of(track.vector, isConfirmed(profile) ? Proof.PAYLOAD : Proof.PORT);
    }

    /**
     * Whether it is plain that the target did not ask: both directions are seen, and hardly any of the answers has a
     * question. Not for services whose clients talk to each other, too.
     */
    private static boolean isUnasked(Track track) {
        return track.vector.family() == AttackVector.Family.UDP_REFLECTION
                && !isAmongPeers(track.vector)
                && track.target.isHost()
                && track.target.sentPackets > 0
                && track.unansweredShare() >= UNASKED_SHARE;
    }

    /** Whether, without a look at payloads, nearly all comes to one port and is longer than questions. */
    private static boolean isAmplified(Track track, SampleProfile profile) {
        return profile.destinationPorts().topShare(1) >= ONE_PORT_SHARE && meanLength(track) >= ANSWER_LENGTH;
    }

    /** Services whose port is that of peers, who send to each other without being asked by the same port. */
    private static boolean isAmongPeers(AttackVector vector) {
        return switch (vector) {
            case QUIC_REFLECTION,
                    DTLS_REFLECTION,
                    OPENVPN_REFLECTION,
                    STUN_REFLECTION,
                    IPSEC_NAT_T_REFLECTION,
                    SIP_REFLECTION,
                    DHT_REFLECTION,
                    STEAM_REFLECTION,
                    QUAKE3_REFLECTION,
                    FIVEM_REFLECTION -> true;
            default -> false;
        };
    }

    /** Whether SYNs try many ports, as the scans do that reach every host, be it under attack or not. */
    private static boolean isLikeScans(Track track, SampleProfile profile) {
        return track.vector == AttackVector.TCP_SYN_FLOOD
                && profile.destinationPorts().topShare(AIMED_PORTS) < AIMED_SHARE;
    }

    private EvidenceRule rule(EvidenceRule usual, Track track, boolean further, boolean seesAnswers) {
        EvidenceRule forHost = situated.withFloor(usual, track);
        EvidenceRule rule = track.target.isHost() ? forHost : forPrefix(forHost, track, seesAnswers);
        return further ? rule.asFurtherVector() : rule;
    }

    /** Where both directions are seen, there is less that only looks unanswered, and nothing that only looks unasked. */
    private static EvidenceRule forPrefix(EvidenceRule forHost, Track track, boolean seesAnswers) {
        if (!seesAnswers) {
            return forHost.forPrefix(PREFIX_FACTOR_ONE_WAY, LEAST_PREFIX_RATE, EvidenceRule.USUAL_LIVE_FACTOR);
        }
        return track.vector.family() == AttackVector.Family.UDP_REFLECTION
                ? forHost.forPrefix(PREFIX_FACTOR, LEAST_REFLECTION_RATE, 1)
                : forHost.forPrefix(PREFIX_FACTOR, LEAST_PREFIX_RATE, EvidenceRule.USUAL_LIVE_FACTOR);
    }

    private static boolean isConfirmed(SampleProfile profile) {
        return profile.confirmedShare() >= CONFIRMED_SHARE;
    }

    private double rateNeeded(EvidenceRule rule, Track track) {
        if (!policy.live()) {
            return rule.rate();
        }
        if (rule.isOperators()) {
            return Math.max(rule.rate(), rule.liveRate());
        }
        return Math.max(rule.liveRate(), policy.baselineFactor() * track.baseline.packetsPerSecond());
    }

    /**
     * A floor may be passed within a part of a second; what is usual is known by the second.
     *
     * @param counted the part of the packets that counts
     */
    private boolean isFastEnough(Track track, EvidenceRule rule, double counted) {
        if (!policy.live()) {
            return track.rate() * counted >= rule.rate();
        }
        if (rule.isOperators()) {
            return soonestRate(track) * counted >= rateNeeded(rule, track);
        }
        return track.rate() * counted >= policy.baselineFactor() * track.baseline.packetsPerSecond()
                && soonestRate(track) * counted >= rule.liveRate();
    }

    /** Packets per second, on a live network as soon as they can be told. */
    private double soonestRate(Track track) {
        return policy.live() ? track.steadyRate() : track.rate();
    }

    /** The rate that a live network must see at the least, where it is the only thing that is missing. */
    static double liveRateNeeded(AttackVector vector, boolean isHost, double usualPacketsPerSecond) {
        EvidenceRule forHost = EvidenceRules.of(vector, Proof.PAYLOAD);
        EvidenceRule rule =
                isHost ? forHost : forHost.forPrefix(PREFIX_FACTOR, LEAST_PREFIX_RATE, EvidenceRule.USUAL_LIVE_FACTOR);
        return Math.max(rule.liveRate(), DetectionPolicy.liveNetwork().baselineFactor() * usualPacketsPerSecond);
    }

    private boolean isEnoughFromFew(Track track, SampleProfile profile, EvidenceRule rule, boolean seesAnswers) {
        double rate = seesAnswers && isFromInside(track)
                ? Math.min(rule.fewSourcesRate(), FEW_INSIDE_RATE)
                : rule.fewSourcesRate();
        double needed = rate * track.packetsEach;
        // Errors from one host are its answers to what it was sent.
        return track.trafficClass != TrafficClass.ICMP_ERROR
                && soonestRate(track) * (track.isSampled() ? countedShare(track) : 1) >= needed
                && track.packets >= FEW_SOURCES_SECONDS * needed
                && isAimed(track, profile);
    }

    /**
     * Whether own hosts send to one outside. What it does not take up is their doing alone, but for the queries of a
     * resolver to a server that is gone.
     */
    private boolean isFromInside(Track track) {
        return track.vector != AttackVector.DNS_QUERY_FLOOD
                && !networks.contains(track.target.high, track.target.low)
                && SampleProfile.shareFrom(networks, track.sample) > 0.5;
    }

    /**
     * Whether several own hosts send to one outside, by a protocol without ports, what is never answered: tunnels have
     * two directions, and mirrored traffic stays inside.
     */
    private boolean isFloodFromInside(Track track, SampleProfile profile) {
        boolean isTunnel = track.vector == AttackVector.GRE_FLOOD || track.vector == AttackVector.IP_PROTOCOL_FLOOD;
        return isTunnel
                && !track.isSampled()
                && track.rate() >= FLOOD_FROM_INSIDE_RATE
                && track.sources.value() >= FLOODERS_INSIDE
                && profile.topSourceShare() < DOMINANT_SOURCE
                && track.target.sentPackets == 0
                && isFromInside(track);
    }

    /**
     * A few sources flood one service over many connections, or go on though it refuses them; scans try ports, with
     * little to say to each, and speed tests use few connections.
     */
    private static boolean isAimed(Track track, SampleProfile profile) {
        boolean fewPorts = profile.destinationPorts().topShare(AIMED_PORTS) >= AIMED_SHARE;
        // Which samples open connections is not known; each has a port of its own.
        boolean manyConnections =
                (track.isSampled() ? profile.sourcePorts().distinct() : track.opened) >= MANY_CONNECTIONS;
        return switch (track.vector.family()) {
            case TCP_FLOOD -> manyConnections && fewPorts;
            case UDP_FLOOD -> fewPorts ? manyConnections || track.refusals >= REFUSALS : isTooLongForScan(track);
            case UDP_REFLECTION, TCP_REFLECTION, OTHER_FLOOD -> true;
        };
    }

    /** Whether long datagrams go to ever new ports: scans send short ones, and what is for somebody comes again. */
    private static boolean isTooLongForScan(Track track) {
        return !track.isSampled()
                && track.opened >= OUT_OF_PLACE_SHARE * track.rawSamples
                && meanLength(track) >= AMPLIFIED_LENGTH;
    }

    private static boolean hasShape(Track track, SampleProfile profile, EvidenceRule rule) {
        boolean overwhelming = track.rate() >= OVERWHELMING_RATE;
        return switch (track.vector.family()) {
            case UDP_REFLECTION -> profile.sameness() >= rule.sameness() || meanLength(track) >= AMPLIFIED_LENGTH;
            case UDP_FLOOD ->
                (profile.sameness() >= rule.sameness() || overwhelming)
                        && (track.vector == AttackVector.UDP_FRAGMENT_FLOOD || isUnlikeSessions(track));
            case TCP_FLOOD ->
                track.vector != AttackVector.TCP_ACK_FLOOD
                        || track.isSampled()
                        || track.opened >= OUT_OF_PLACE_SHARE * track.rawSamples;
            case OTHER_FLOOD ->
                switch (track.vector) {
                    // Without ports a peer is a connection: many of them are more than anybody's tunnels.
                    case GRE_FLOOD, IP_PROTOCOL_FLOOD ->
                        track.sources.value() >= MANY_CONNECTIONS || isUnlikeSessions(track);
                    case ICMP_FLOOD, ICMPV6_FLOOD -> isUnlikeMonitoring(track, profile);
                    default -> true;
                };
            case TCP_REFLECTION -> true;
        };
    }

    /**
     * Where the target's answers are not seen, sessions of many users look unanswered: few packets each second, over
     * connections that last. A flood opens new ones all the time, or fills each.
     */
    private static boolean isUnlikeSessions(Track track) {
        return track.isSampled()
                || track.target.sentPackets > 0
                || track.opened >= OUT_OF_PLACE_SHARE * track.rawSamples
                || track.rate() >= SESSION_RATE * Math.max(1, track.opened)
                || track.rate() >= HOPELESS_RATE;
    }

    /**
     * Where the target's requests are not seen, echo replies look unasked: a monitor gets one from each of many hosts
     * now and then. In a flood each source sends many.
     */
    private static boolean isUnlikeMonitoring(Track track, SampleProfile profile) {
        boolean isUnasked = track.isSampled()
                ? track.target.sentPackets > 0 && Track.atMost(track.sentBack) < ASKED_SHARE * track.rawSamples
                : track.target.sentPackets > 0;
        return isUnasked
                || profile.echoReplyShare() < CONFIRMED_SHARE
                || sendsMuch(track)
                || track.rate() >= HOPELESS_RATE;
    }

    /** Whether each source sends more than hosts do that are asked now and then. */
    private static boolean sendsMuch(Track track) {
        // Of samples there is no source from which none came, so that their rate by source says little.
        return track.isSampled()
                ? track.rawSamples >= SAMPLES_OF_SOURCE * track.sources.value()
                        && track.rate() >= REPLIES_PER_SOURCE * track.sources.value()
                : track.rate() >= REPLIES_PER_SOURCE * track.sources.value();
    }

    /** Devices answer a multicast search one by one, which looks like answers that nobody asked for. */
    private static boolean isDiscovery(Track track) {
        return switch (track.vector) {
            case SSDP_REFLECTION, MDNS_REFLECTION, WSD_REFLECTION, NETBIOS_REFLECTION -> {
                RowSample sample = track.sample;
                int local = 0;
                for (int i = 0; i < sample.size(); i++) {
                    if (OwnNetworks.isPrivate(sample.sourceHigh(i), sample.sourceLow(i))) {
                        local++;
                    }
                }
                yield local * 2 > sample.size();
            }
            default -> false;
        };
    }

    /** One finding for a prefix only where no few hosts explain most of it, and no few sources scan it. */
    private static boolean isSpread(Track track, SampleProfile profile) {
        return profile.topTargetsShare() < 0.8
                && (isUnlikeScan(track) || track.rate() >= rateOfScans(track, profile.targets()))
                && profile.targets() >= 2 * SampleProfile.FEW_TARGETS
                && !isOnOnePrefix(track)
                && profile.topSourceShare() < 0.2;
    }

    /**
     * What scanners and strays may send to so many hosts together. A few hosts may be looked for by many; all hosts of
     * the IPv4 Internet get some packets a minute, those of IPv6 are too many to be looked for.
     */
    private static double rateOfScans(Track track, long targets) {
        long wanted = Math.min(targets, Track.SAMPLE_ROWS);
        double each = track.vector == AttackVector.TCP_SYN_FLOOD ? SYNS_PER_HOST : STRAYS_PER_HOST;
        return RATE_PER_TARGET * wanted + (track.target.address().isIpv4() ? each * (targets - wanted) : 0);
    }

    /** Whether it is the traffic of one prefix, of which alone is to be told. */
    private static boolean isOnOnePrefix(Track track) {
        return TargetLevel.of(track.target) == TargetLevel.NETWORK
                && SampleProfile.topPrefixShare(track.sample) >= ONE_PREFIX_SHARE;
    }

    /** Many scan and stray into a network, but no many servers answer hosts of it that never asked. */
    private static boolean isUnlikeScan(Track track) {
        return switch (track.vector.family()) {
            case UDP_REFLECTION, TCP_REFLECTION -> true;
            case TCP_FLOOD, UDP_FLOOD, OTHER_FLOOD -> false;
        };
    }

    static double meanLength(Track track) {
        return track.packets == 0 ? 0 : (double) track.bytes / track.packets;
    }

    /**
     * From 0.5 at the least evidence to 0.99: each of packets, rate and sources counts by how often it holds what was
     * needed, on a logarithmic scale, and the rest by how clear it is.
     */
    private static double confidence(Track track, SampleProfile profile, EvidenceRule rule, boolean distributed) {
        // Of samples that many packets must have been seen as there must be without sampling.
        double packets = margin(track.isSampled() ? track.rawSamples : track.packets, rule.packets());
        double rate = margin(track.rate(), rule.rate());
        double sources = distributed ? margin(track.sources.value(), rule.sources()) : 0.3;
        double shape = Math.max(profile.sameness(), isConfirmed(profile) ? 1 : 0);
        double unanswered = track.unansweredShare();
        double strength = 0.25 * packets + 0.2 * rate + 0.25 * sources + 0.15 * shape + 0.15 * unanswered;
        return Math.min(0.99, 0.5 + 0.6 * strength);
    }

    /** 0 at the threshold, 1 at sixteen times it. */
    private static double margin(double value, double threshold) {
        if (threshold <= 0) {
            return 1;
        }
        return Math.clamp(Math.log(value / threshold) / Math.log(16), 0, 1);
    }

    /** What the judgement on a proven track rests on, in words. */
    List<Evidence> evidence(Track track, boolean seesAnswers) {
        SampleProfile profile = SampleProfile.of(track.sample, track.vector);
        EvidenceRule rule = rule(ruleForHost(track, profile, seesAnswers), track, false, seesAnswers);
        String name = track.vector.label();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence(
                name + ": " + Amounts.count(track.packets, "packet"),
                track.packets,
                rule.packets(),
                "packets counted"));
        evidence.add(new Evidence(
                "%s: %s%s; the busiest sent %s"
                        .formatted(
                                name,
                                track.isSampled() ? "at least " : "",
                                Amounts.count(track.sources.value(), "distinct source"),
                                Amounts.percent(profile.topSourceShare())),
                track.sources.value(),
                rule.sources(),
                track.isSampled() ? "distinct source addresses of samples" : "distinct source addresses"));
        evidence.add(new Evidence(
                name + ": up to " + Amounts.count(Math.round(track.rate()), "packet") + "/s",
                Math.round(track.rate()),
                rateNeeded(rule, track),
                track.isSampled()
                        ? "fullest time with enough samples"
                        : "fullest second, or the whole of a shorter burst"));
        boolean forged = isForged(track);
        if (forged) {
            double impossible = SpoofingTest.impossibleShare(track.sample);
            evidence.add(new Evidence(
                    "%s: %s of the packets come from addresses that no host has"
                            .formatted(name, Amounts.percent(impossible)),
                    impossible,
                    FORGED_SHARE * IMPOSSIBLE_OF_FORGED,
                    "source addresses of sampled packets, by RFC 6890"));
        }
        if (track.vector.family() == AttackVector.Family.UDP_FLOOD && track.refusals >= REFUSALS) {
            evidence.add(new Evidence(
                    name + ": the target refused it with " + Amounts.count(track.refusals, "ICMP error"),
                    track.refusals,
                    REFUSALS,
                    "errors counted"));
        }
        if (track.isSampled()) {
            evidence.add(new Evidence(
                    name + ": 1 in " + track.highestSamplingRate + " packets was seen: "
                            + Amounts.count(track.rawSamples, "sample"),
                    track.rawSamples,
                    LEAST_RAW_SAMPLES,
                    "samples counted"));
            if (track.vector.family() != AttackVector.Family.OTHER_FLOOD && !forged) {
                evidence.add(new Evidence(
                        "%s: at least %s of it was not answered: %s of the target's own went the other way"
                                .formatted(
                                        name,
                                        Amounts.percent(track.unansweredShare()),
                                        Amounts.count(track.sentBack, "sample")),
                        track.unansweredShare(),
                        rule.unanswered(),
                        "samples of both directions compared"));
            }
        } else if (track.vector.family() != AttackVector.Family.OTHER_FLOOD && !forged) {
            evidence.add(new Evidence(
                    "%s: %s of %s not taken up by the target"
                            .formatted(
                                    name,
                                    Amounts.percent(track.unansweredShare()),
                                    Amounts.count(track.opened, "connection was", "connections were")),
                    track.unansweredShare(),
                    rule.unanswered(),
                    "connections tracked"));
        }
        if (track.vector.family() == AttackVector.Family.UDP_REFLECTION) {
            evidence.add(new Evidence(
                    "%s: %s of the payloads are answers of the service that nobody asked for"
                            .formatted(name, Amounts.percent(profile.confirmedShare())),
                    profile.confirmedShare(),
                    CONFIRMED_SHARE,
                    "payload headers of sampled packets"));
        }
        return evidence;
    }
}
