package levee.attack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import levee.detection.DistinctCounter;
import levee.detection.MemoryBudget;
import levee.detection.RowSample;
import levee.model.Amounts;
import levee.model.Attack;
import levee.model.Attack.Companion;
import levee.model.Attack.Count;
import levee.model.Attack.Direction;
import levee.model.Attack.Origin;
import levee.model.Attack.Peak;
import levee.model.Attack.Sample;
import levee.model.Attack.SampledRow;
import levee.model.Attack.Sampling;
import levee.model.Attack.Sources;
import levee.model.Attack.Talker;
import levee.model.Attack.VectorShare;
import levee.model.Attack.Visibility;
import levee.model.Attack.Volume;
import levee.model.AttackVector;
import levee.model.Evidence;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.origin.OriginTable;

/** Puts a target's proven tracks together into the finding that is reported. */
final class AttackAssembler {
    /** What a peak is reckoned over. */
    private static final Duration FULLEST = Duration.ofSeconds(1);

    /** Of few samples, single seconds are full by chance. */
    private static final Duration FULLEST_OF_SAMPLES = Duration.ofSeconds(10);

    private static final int TOP_NETWORKS = 10;
    private static final int TOP_TARGETS = 10;
    private static final int TOP_ORIGINS = 10;
    private static final int TOP_VALUES = 8;

    /** Ports and lengths that make up less of the sample are noise. */
    private static final double LEAST_VALUE_SHARE = 0.02;

    /** Where a few destination ports take this share of a reflection, the attack is aimed at them alone. */
    private static final double DOMINANT_SHARE = 0.6;

    /** Fragments and ICMP errors belong to a vector where this share of their sources does. */
    private static final double SAME_SOURCES = 0.5;

    private OwnNetworks networks;
    private DetectionSettings settings;
    private Situated situated;
    private final Judge judge;
    private final IntFunction<String> exporters;

    /** @param exporters the address of an exporter by its index */
    AttackAssembler(DetectionSettings settings, Judge judge, IntFunction<String> exporters) {
        this.exporters = exporters;
        this.judge = judge;
        this.networks = settings.networks();
        this.settings = settings;
        this.situated = new Situated(settings);
    }

    void apply(DetectionSettings changed) {
        networks = changed.networks();
        settings = changed;
        situated = new Situated(changed);
    }

    /**
     * A vector and the traffic that is counted to it.
     *
     * @param ordinaryShare the share of the track that is the target's own conversations, 0 to 1
     */
    record Part(Track track, List<Track> companions, double ordinaryShare) {
        static Part of(Track track) {
            return new Part(track, new ArrayList<>(), ordinaryShare(track));
        }

        Volume volume() {
            return sum(Track::volume);
        }

        /** What came of late; see {@link Track#untold}. */
        Volume untold() {
            return sum(Track::untold);
        }

        private Volume sum(Function<Track, Volume> volume) {
            Volume sum = scaled(volume.apply(track), 1 - ordinaryShare);
            for (Track companion : companions) {
                sum = sum.plus(volume.apply(companion));
            }
            return sum;
        }

        /** What the track holds of the target's own conversations. */
        Volume ordinary() {
            return scaled(track.volume(), ordinaryShare);
        }

        private static double ordinaryShare(Track track) {
            if (track.vector == AttackVector.TCP_SYN_FLOOD) {
                // Each connection that was completed began with a SYN that was none of the attack's.
                return Math.min(1, (double) track.answered / Math.max(1, track.packets));
            }
            if (track.vector == AttackVector.TCP_CONNECTION_FLOOD && track.packetRows) {
                // Ordinary connections complete, too; then they carry data.
                return 1 - track.unansweredShare();
            }
            if (track.vector.family() != AttackVector.Family.UDP_REFLECTION) {
                return 0;
            }
            RowSample sample = track.sample;
            Distribution ports = Distribution.of(sample.size(), sample::destinationPort, sample::packets);
            return isAimed(ports) ? 1 - shareOfCommon(ports) : 0;
        }

        private static Volume scaled(Volume volume, double share) {
            return new Volume(Math.round(volume.packets() * share), Math.round(volume.bytes() * share));
        }

        List<Track> all() {
            List<Track> all = new ArrayList<>(companions);
            all.add(0, track);
            return all;
        }
    }

    /** Whether a reflection aims at its common destination ports alone, so that the others are none of its. */
    static boolean isAimed(Distribution destinationPorts) {
        return shareOfCommon(destinationPorts) >= DOMINANT_SHARE;
    }

    private static double shareOfCommon(Distribution values) {
        return values.topShare(values.top(TOP_VALUES, LEAST_VALUE_SHARE).size());
    }

    /**
     * @param targetDominates whether most of all traffic seen was the target's, which makes it an own host
     * @param seesAnswers whether both directions of conversations are seen
     */
    Attack assemble(Target target, Attack.State state, boolean targetDominates, boolean seesAnswers) {
        List<Part> parts = parts(target);
        Volume total = parts.stream().map(Part::volume).reduce(Volume.NONE, Volume::plus);
        List<Track> tracks = parts.stream().flatMap(p -> p.all().stream()).toList();
        Track main = parts.get(0).track();
        long rawSamples = tracks.stream().mapToLong(t -> t.rawSamples).sum();
        int rate = tracks.stream().mapToInt(t -> t.highestSamplingRate).max().orElse(1);
        Visibility visibility = visibility(target, tracks, rate);
        List<Evidence> evidence = new ArrayList<>();
        for (Part part : parts) {
            evidence.addAll(judge.evidence(part.track(), seesAnswers));
            evidence.addAll(companionEvidence(part));
        }
        Attack.Timeline timeline = TimelineAssembler.assemble(target, parts);
        return new Attack(
                target.id,
                state,
                direction(target, main, targetDominates),
                target.prefix(),
                target.isHost() ? List.of() : topTargets(tracks),
                Instant.ofEpochSecond(0, target.attackStartNanos()),
                Instant.ofEpochSecond(
                        0,
                        tracks.stream()
                                .filter(Track::isOwnAttack)
                                .mapToLong(t -> t.lastActiveNanos)
                                .max()
                                .orElse(main.lastNanos)),
                parts.stream().mapToDouble(p -> p.track().confidence).max().orElse(0),
                visibility,
                new Sampling(rate, rawSamples),
                IngressTally.of(tracks.stream().map(t -> t.ingress).toList(), exporters),
                peak(target, tracks, fullest(timeline, rate == 1 ? FULLEST : FULLEST_OF_SAMPLES)),
                total,
                otherTraffic(target, parts),
                new Sources(
                        distinctSources(tracks, rate > 1), SpoofingTest.of(main), topNetworks(tracks), origins(tracks)),
                shares(parts, total),
                timeline,
                sample(target.ordinaryRows),
                evidence,
                settings.groups().get(situated.group(main)));
    }

    /** Proven tracks, the largest first, each with the fragments and ICMP errors that belong to it. */
    static List<Part> parts(Target target) {
        List<Track> proven = new ArrayList<>(target.provenTracks());
        List<Part> parts = new ArrayList<>();
        proven.stream()
                .filter(t -> !isCompanion(t))
                .sorted(Comparator.comparingLong((Track t) -> t.packets).reversed())
                .forEach(t -> parts.add(Part.of(t)));
        for (Track track : target.tracks) {
            if (!isCompanion(track)) {
                continue;
            }
            parts.stream()
                    .filter(p -> belongs(track, p.track()))
                    .findFirst()
                    .ifPresentOrElse(p -> p.companions().add(track), () -> {
                        if (track.isOwnAttack()) {
                            parts.add(Part.of(track));
                        }
                    });
        }
        parts.sort(Comparator.comparingLong((Part p) -> p.volume().packets()).reversed());
        return parts;
    }

    /** Whether the track is of a kind that often comes along with another vector. */
    static boolean isCompanion(Track track) {
        return track.trafficClass == TrafficClass.ICMP_ERROR
                || track.vector == AttackVector.UDP_FRAGMENT_FLOOD
                || track.vector == AttackVector.IP_FRAGMENT_FLOOD;
    }

    private static boolean belongs(Track companion, Track main) {
        if (companion.trafficClass == TrafficClass.ICMP_ERROR) {
            // Requests that were forged in the target's name come back as errors from where no reflector is.
            return main.vector.isReflection();
        }
        if (main.vector.protocol() != Protocols.ANY
                && main.vector.protocol() != companion.vector.protocol()
                && companion.vector.protocol() != Protocols.ANY) {
            return false;
        }
        RowSample sample = companion.sample;
        int shared = 0;
        for (int i = 0; i < sample.size(); i++) {
            if (main.hasSource(sample.sourceHigh(i), sample.sourceLow(i))) {
                shared++;
            }
        }
        return shared >= SAME_SOURCES * sample.size();
    }

    private static List<Evidence> companionEvidence(Part part) {
        List<Evidence> evidence = new ArrayList<>();
        for (Track companion : part.companions()) {
            String what = companion.trafficClass == TrafficClass.ICMP_ERROR
                    ? Amounts.count(companion.packets, "ICMP error") + " about requests that the target never sent"
                    : Amounts.count(companion.packets, "fragment")
                            + " whose first one was not seen, from the same sources";
            evidence.add(new Evidence(part.track().vector.label() + ": " + what, companion.packets, 0, "inferred"));
        }
        return evidence;
    }

    private static Visibility visibility(Target target, List<Track> tracks, int rate) {
        if (rate > 1) {
            return Visibility.SAMPLED;
        }
        boolean answered = tracks.stream().anyMatch(t -> t.answered > 0);
        return target.sentPackets > 0 || answered ? Visibility.TWO_WAY : Visibility.ONE_WAY;
    }

    private Direction direction(Target target, Track main, boolean targetDominates) {
        if (networks.contains(target.high, target.low)) {
            return Direction.INBOUND;
        }
        if (SampleProfile.shareFrom(networks, main.sample) > 0.5) {
            return Direction.OUTBOUND;
        }
        if (networks.configured()) {
            return Direction.TRANSIT;
        }
        return targetDominates ? Direction.INBOUND : Direction.UNKNOWN;
    }

    /** @param fullest the mean over the fullest time of all vectors together, which no peak is below */
    private static Peak peak(Target target, List<Track> tracks, Peak fullest) {
        long packets = target.peakPackets;
        long bytes = target.peakBytes;
        for (Track track : tracks) {
            packets = Math.max(packets, track.peakPackets());
            bytes = Math.max(bytes, track.peakBytes());
        }
        return new Peak(Math.max(packets, fullest.packetsPerSecond()), Math.max(bytes * 8.0, fullest.bitsPerSecond()));
    }

    /** The mean over the fullest slots that are as long as {@code least} together. */
    static Peak fullest(Attack.Timeline timeline, Duration least) {
        long slotNanos = timeline.slot().toNanos();
        int slots =
                timeline.vectors().values().stream().mapToInt(List::size).max().orElse(0);
        if (slotNanos <= 0 || slots == 0) {
            return new Peak(0, 0);
        }
        long[] packets = new long[slots];
        long[] bytes = new long[slots];
        timeline.vectors().values().forEach(volumes -> {
            for (int slot = 0; slot < volumes.size(); slot++) {
                packets[slot] += volumes.get(slot).packets();
                bytes[slot] += volumes.get(slot).bytes();
            }
        });
        int together = (int) Math.min(Integer.MAX_VALUE, (least.toNanos() + slotNanos - 1) / slotNanos);
        double seconds = (double) together * slotNanos / Duration.ofSeconds(1).toNanos();
        return new Peak(fullest(packets, together) / seconds, fullest(bytes, together) * 8.0 / seconds);
    }

    private static long fullest(long[] slots, int together) {
        long sum = 0;
        long most = 0;
        for (int slot = 0; slot < slots.length; slot++) {
            sum += slots[slot] - (slot >= together ? slots[slot - together] : 0);
            most = Math.max(most, sum);
        }
        return most;
    }

    private static Volume otherTraffic(Target target, List<Part> parts) {
        Volume other = new Volume(target.ordinaryPackets, target.ordinaryBytes);
        Set<Track> attack = new HashSet<>();
        for (Part part : parts) {
            attack.addAll(part.all());
            other = other.plus(part.ordinary());
        }
        for (Track track : target.tracks) {
            if (!attack.contains(track) && !track.explained) {
                other = other.plus(track.volume());
            }
        }
        return new Volume(Math.max(0, other.packets()), Math.max(0, other.bytes()));
    }

    private static Count distinctSources(List<Track> tracks, boolean areSampled) {
        if (tracks.size() == 1) {
            return distinctSources(tracks.get(0).sources, areSampled);
        }
        DistinctCounter union = new DistinctCounter(new MemoryBudget(Long.MAX_VALUE));
        tracks.forEach(t -> union.addAll(t.sources));
        return distinctSources(union, areSampled);
    }

    /** Of samples there are more. */
    private static Count distinctSources(DistinctCounter counter, boolean areSampled) {
        return areSampled ? new Count(counter.value(), false) : counter.count();
    }

    private static List<Talker> topNetworks(List<Track> tracks) {
        Map<Prefix, double[]> volumes = new HashMap<>();
        for (Track track : tracks) {
            RowSample sample = track.sample;
            for (int i = 0; i < sample.size(); i++) {
                IpAddress source = new IpAddress(sample.sourceHigh(i), sample.sourceLow(i));
                add(volumes, new Prefix(source, source.isIpv4() ? 24 : 48), track, i);
            }
        }
        return top(volumes, TOP_NETWORKS);
    }

    private List<Origin> origins(List<Track> tracks) {
        OriginTable table = settings.origins();
        if (table.isEmpty()) {
            return List.of();
        }
        Map<Integer, Double> packets = new HashMap<>();
        double all = 0;
        for (Track track : tracks) {
            RowSample sample = track.sample;
            double weight = sample.weight() * track.packetsEach;
            for (int i = 0; i < sample.size(); i++) {
                double sent = weight * sample.packets(i);
                all += sent;
                int system = table.find(sample.sourceHigh(i), sample.sourceLow(i));
                if (system != OriginTable.NONE) {
                    packets.merge(system, sent, Double::sum);
                }
            }
        }
        double total = Math.max(1, all);
        return packets.entrySet().stream()
                .map(e -> new Origin(table.number(e.getKey()), table.name(e.getKey()), e.getValue() / total))
                .sorted(Comparator.comparingDouble(Origin::packetShare)
                        .reversed()
                        .thenComparing(Origin::number))
                .limit(TOP_ORIGINS)
                .toList();
    }

    private static List<Prefix> topTargets(List<Track> tracks) {
        Map<Prefix, double[]> volumes = new HashMap<>();
        for (Track track : tracks) {
            RowSample sample = track.sample;
            for (int i = 0; i < sample.size(); i++) {
                add(volumes, Prefix.host(new IpAddress(sample.destinationHigh(i), sample.destinationLow(i))), track, i);
            }
        }
        return top(volumes, TOP_TARGETS).stream().map(Talker::prefix).toList();
    }

    private static void add(Map<Prefix, double[]> volumes, Prefix prefix, Track track, int index) {
        RowSample sample = track.sample;
        double weight = sample.weight() * track.packetsEach;
        double[] volume = volumes.computeIfAbsent(prefix, p -> new double[2]);
        volume[0] += weight * sample.packets(index);
        volume[1] += weight * sample.bytes(index);
    }

    private static List<Talker> top(Map<Prefix, double[]> volumes, int limit) {
        return volumes.entrySet().stream()
                .map(e -> new Talker(e.getKey(), Math.round(e.getValue()[0]), Math.round(e.getValue()[1])))
                .sorted(Comparator.comparingLong(Talker::packets).reversed().thenComparing(Talker::prefix))
                .limit(limit)
                .toList();
    }

    private static List<VectorShare> shares(List<Part> parts, Volume total) {
        Map<AttackVector, List<Part>> byVector = new LinkedHashMap<>();
        for (Part part : parts) {
            byVector.computeIfAbsent(part.track().vector, v -> new ArrayList<>())
                    .add(part);
        }
        List<VectorShare> shares = new ArrayList<>();
        for (List<Part> same : byVector.values()) {
            Track track = same.get(0).track();
            Volume volume = same.stream().map(Part::volume).reduce(Volume.NONE, Volume::plus);
            SampleProfile profile = SampleProfile.of(track.sample, track.vector);
            shares.add(new VectorShare(
                    track.vector,
                    (double) volume.packets() / Math.max(1, total.packets()),
                    (double) volume.bytes() / Math.max(1, total.bytes()),
                    hasPorts(track.vector) ? profile.sourcePorts().top(TOP_VALUES, LEAST_VALUE_SHARE) : List.of(),
                    hasPorts(track.vector) ? profile.destinationPorts().top(TOP_VALUES, LEAST_VALUE_SHARE) : List.of(),
                    profile.packetLengths().top(TOP_VALUES, LEAST_VALUE_SHARE),
                    track.packetRows ? profile.timesToLive().top(TOP_VALUES, LEAST_VALUE_SHARE) : List.of(),
                    Instant.ofEpochSecond(0, track.startNanos),
                    Instant.ofEpochSecond(0, track.lastActiveNanos),
                    Instant.ofEpochSecond(0, track.noticedNanos),
                    track.confidence,
                    SpoofingTest.of(track),
                    companions(same),
                    sample(track.sample)));
        }
        return shares;
    }

    private static Set<Companion> companions(List<Part> parts) {
        Set<Companion> companions = EnumSet.noneOf(Companion.class);
        for (Part part : parts) {
            for (Track track : part.companions()) {
                companions.add(
                        track.trafficClass == TrafficClass.ICMP_ERROR ? Companion.ICMP_ERRORS : Companion.FRAGMENTS);
            }
            if (part.track().trafficClass == TrafficClass.ICMP_ERROR) {
                companions.add(Companion.ICMP_ERRORS);
            }
        }
        return companions;
    }

    private static Sample sample(RowSample rows) {
        List<SampledRow> sampled = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            sampled.add(new SampledRow(
                    Instant.ofEpochSecond(0, rows.nanos(i)),
                    new IpAddress(rows.sourceHigh(i), rows.sourceLow(i)),
                    rows.sourcePort(i),
                    new IpAddress(rows.destinationHigh(i), rows.destinationLow(i)),
                    rows.destinationPort(i),
                    rows.protocol(i),
                    rows.tcpFlags(i),
                    rows.timeToLive(i),
                    rows.packets(i),
                    rows.bytes(i)));
        }
        return new Sample(Math.max(1, rows.weight()), sampled);
    }

    private static boolean hasPorts(AttackVector vector) {
        return vector.protocol() == Protocols.UDP || vector.protocol() == Protocols.TCP;
    }
}
