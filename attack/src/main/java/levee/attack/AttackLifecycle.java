package levee.attack;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import levee.detection.FlightRecorder;
import levee.detection.RowSample;
import levee.model.Attack;
import levee.model.Attack.Volume;
import levee.model.AttackVector;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.FindingId;
import levee.model.Prefix;

/**
 * The life of attacks, from tick to tick: has the {@link Judge} look at tracks that grew, opens an attack where the
 * evidence suffices, has wider targets take narrower ones in, reports changes, and ends what fell silent.
 */
final class AttackLifecycle {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long IDLE_NANOS = 30 * SECOND_NANOS;
    private static final long CHANGE_NANOS = 10 * SECOND_NANOS;

    /** A pause after which an attack that was cut off by the end of the input is called ended. */
    private static final long ENDED_NANOS = 10 * SECOND_NANOS;

    /** How far attacks may be apart that are one. */
    private static final long TOGETHER_NANOS = 10 * SECOND_NANOS;

    /** The part of a wider target's traffic that makes it the narrower one's attack. */
    private static final double EXPLAINED_SHARE = 0.8;

    /** The unanswered share from which on an episode may be the beginning of a flood of TCP that grows slowly. */
    private static final double BEGINNING_UNANSWERED = 0.8;

    /** How many times as long such an episode is; seconds are remembered for hardly longer. */
    private static final int BEGINNING_EPISODES = 2;

    private static final int QUIET_SECONDS = 5;

    /** Samples that should have come in a pause. */
    private static final int QUIET_SAMPLES = 10;

    private static final double START_SHARE_OF_MEAN = 0.05;

    private static final List<TargetLevel> LEVELS = List.of(TargetLevel.values());

    private final DetectionPolicy policy;
    private final Consumer<FindingEvent> listener;
    private final Judge judge;
    private final AttackAssembler assembler;
    private final TrackTable tracks;
    private final FlightRecorder recorder;
    private final LearnedRates learned;

    /** The targets that are under attack. */
    private final List<Target> attacked = new ArrayList<>();

    private long nowNanos;
    private long allPackets;
    private boolean seesAnswers;

    /**
     * @param recorder what targets' traffic was like before
     * @param learned takes what traffic reached that was no attack
     * @param exporters the address of an exporter by its index
     * @param listener is told of every attack that opens, changes and ends
     */
    AttackLifecycle(
            DetectionPolicy policy,
            DetectionSettings settings,
            TrackTable tracks,
            FlightRecorder recorder,
            LearnedRates learned,
            IntFunction<String> exporters,
            Consumer<FindingEvent> listener) {
        this.policy = policy;
        this.listener = listener;
        this.tracks = tracks;
        this.recorder = recorder;
        this.learned = learned;
        judge = new Judge(policy, settings);
        assembler = new AttackAssembler(settings, judge, exporters);
    }

    /** Takes over what the operator changed. Attacks that are open stay so. */
    void apply(DetectionSettings settings) {
        judge.apply(settings);
        assembler.apply(settings);
    }

    /**
     * Judges what grew, ends what fell silent. Called when event time enters another slot.
     *
     * @param packets all that were seen, of whatever target
     * @param bothDirections whether both directions of conversations are seen
     * @param atEnd whether no more rows will come, so that there is no use in waiting for answers
     */
    void tick(long now, long packets, boolean bothDirections, boolean atEnd) {
        nowNanos = now;
        seesAnswers = bothDirections;
        allPackets = packets;
        // The narrower targets first: what they explain is no wider target's.
        for (TargetLevel level : LEVELS) {
            for (Track track : tracks.active()) {
                boolean ripe = atEnd || nowNanos - beganNanos(track) >= policy.patienceNanos();
                if (!track.proven && ripe && TargetLevel.of(track.target) == level) {
                    judge(track);
                }
            }
        }
        for (int i = tracks.active().size() - 1; i >= 0; i--) {
            Track track = tracks.active().get(i);
            if (!track.proven && isOver(track)) {
                endEpisode(track);
            }
        }
        for (Target target : List.copyOf(attacked)) {
            target.notePeak();
            goOnWithoutWider(target);
            if (nowNanos - target.lastActiveNanos() > policy.quietNanos()) {
                end(target, Attack.State.ENDED);
            } else if (target.hasProvenTrack()
                    && (nowNanos - target.lastReportNanos >= CHANGE_NANOS
                            || target.provenTracks().size() != target.reportedVectors)) {
                report(target, Change.CHANGED);
            }
        }
    }

    /** What came since the last call and is part of attacks that are open now, by vector; nothing for those that rest. */
    Map<AttackVector, Volume> takeVolumes() {
        Map<AttackVector, Volume> volumes = new EnumMap<>(AttackVector.class);
        for (Target target : attacked) {
            // What a wider target's attack explains is told of there alone.
            if (target.hasProvenTrack()) {
                for (AttackAssembler.Part part : AttackAssembler.parts(target)) {
                    volumes.merge(part.track().vector, part.untold(), Volume::plus);
                }
            }
        }
        // Of all, so that an attack which opens now is told of with all of its first second, and with no more.
        for (Track track : tracks.active()) {
            track.noteTold();
        }
        return volumes;
    }

    /** Judges what is there and ends everything. */
    void finish(long now, long packets, boolean bothDirections) {
        tick(now, packets, bothDirections, true);
        for (Target target : List.copyOf(attacked)) {
            boolean ended = nowNanos - target.lastActiveNanos() > ENDED_NANOS;
            end(target, ended ? Attack.State.ENDED : Attack.State.OPEN);
        }
        List.copyOf(tracks.active()).forEach(tracks::end);
    }

    private boolean isOver(Track track) {
        // An episode begins with its first packet.
        boolean isLong = track.packets > 0 && nowNanos - beganNanos(track) > episodeNanos(track);
        return isIdle(track) || isLong && !track.isCumulative();
    }

    /** Flow records tell of what is long past, and more of it comes after them. */
    private static long beganNanos(Track track) {
        return track.packetRows ? track.firstNanos : Math.max(track.firstNanos, track.begunNanos);
    }

    /** What was hardly taken up may be how an attack begins; the rates of a live network are learned evenly instead. */
    private long episodeNanos(Track track) {
        boolean mayBegin = track.vector.family() == AttackVector.Family.TCP_FLOOD
                && track.unansweredShare() >= BEGINNING_UNANSWERED;
        return mayBegin && !policy.live() ? BEGINNING_EPISODES * policy.episodeNanos() : policy.episodeNanos();
    }

    private boolean isIdle(Track track) {
        return nowNanos - Math.max(track.lastNanos, track.arrivedNanos)
                > (track.isCumulative() ? policy.quietNanos() : IDLE_NANOS);
    }

    private void endEpisode(Track track) {
        if (policy.live() && !track.target.attacked) {
            long peak = track.peakPackets();
            if (track.packets > 0) {
                track.baseline.observe(peak);
            }
            learned.note(track, peak, isIdle(track), nowNanos);
        }
        if (!isIdle(track)) {
            track.target.setAside(track);
            track.restart();
            return;
        }
        if (!track.target.attacked) {
            tracks.end(track);
        }
        // Otherwise it goes with the attack, of whose other traffic it may be part.
    }

    private void judge(Track track) {
        if (!judge.isWorthJudging(track)) {
            return;
        }
        track.nextJudgement = track.packets + track.packets / 4 + 1;
        Target target = track.target;
        Judge.Judgement judgement = judge.judge(track, target.hasProvenTrack(), seesAnswers);
        if (!judgement.attack() || isExplained(track)) {
            return;
        }
        track.proven = true;
        track.noticedNanos = nowNanos;
        track.confidence = judgement.confidence();
        track.activeRate = judgement.activeRate();
        track.startNanos = track.isCumulative() ? track.firstNanos : startOf(track);
        track.lastActiveNanos = lastActiveOf(track);
        track.explained = isExplainedByWider(track);
        if (!target.attacked) {
            target.attacked = true;
            attacked.add(target);
            if (target.isHost()) {
                recorder.replay(target.hash, target.ordinaryRows);
            }
        }
        if (track.explained) {
            return;
        }
        boolean isFirst = target.provenTracks().size() == 1;
        boolean takesIn = takeInNarrower(track);
        if (isFirst) {
            open(target, takesIn);
        }
    }

    /** Whether most of a network's traffic goes to a prefix in it that is under attack already. */
    private boolean isExplained(Track track) {
        RowSample sample = track.sample;
        for (Target inner : attacked) {
            if (!inner.isHost() && track.target.contains(inner)) {
                Prefix prefix = inner.prefix();
                int within = 0;
                for (int i = 0; i < sample.size(); i++) {
                    if (prefix.contains(sample.destinationHigh(i), sample.destinationLow(i))) {
                        within++;
                    }
                }
                if (within >= EXPLAINED_SHARE * sample.size()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** When the traffic began that goes on now, be the track older. */
    private long startOf(Track track) {
        long last = Math.floorDiv(track.lastNanos, SECOND_NANOS);
        double lasted = Math.max(1, (track.lastNanos - track.firstNanos) / 1e9);
        long floor = Math.max(1, Math.round(START_SHARE_OF_MEAN * track.packets / lasted));
        int quiet = QUIET_SECONDS;
        if (track.isSampled()) {
            // Samples come now and then; a pause must be longer than chance makes it.
            quiet = (int) Math.clamp(QUIET_SAMPLES * lasted / Math.max(1, track.rawSamples), quiet, IDLE_NANOS / 1e9);
        }
        long begin = track.history.beginOfActivity(last, floor, quiet) * SECOND_NANOS;
        long start = Long.MAX_VALUE;
        for (int i = 0; i < track.sample.size(); i++) {
            if (track.sample.nanos(i) >= begin) {
                start = Math.min(start, track.sample.nanos(i));
            }
        }
        return start == Long.MAX_VALUE ? Math.max(begin, track.firstNanos) : start;
    }

    /** When the traffic was last more than a trickle, before it was known to be an attack. */
    private static long lastActiveOf(Track track) {
        long latest = Math.floorDiv(track.lastNanos, SECOND_NANOS);
        long second = latest;
        while (second > Math.floorDiv(track.startNanos, SECOND_NANOS)
                && track.history.packetsIn(second) < track.activeRate) {
            second--;
        }
        if (second == latest) {
            return track.lastNanos;
        }
        long last = track.startNanos;
        for (int i = 0; i < track.sample.size(); i++) {
            long nanos = track.sample.lastNanos(i);
            if (Math.floorDiv(nanos, SECOND_NANOS) <= second) {
                last = Math.max(last, nanos);
            }
        }
        return last;
    }

    /** @param keepsId whether the target has the id of a narrower one whose attack became this one */
    private void open(Target target, boolean keepsId) {
        if (!keepsId) {
            Instant start = Instant.ofEpochMilli(target.attackStartNanos() / 1_000_000);
            target.id = FindingId.of("attack", target.prefix().toString(), start);
        }
        report(target, Change.OPENED);
    }

    /**
     * Takes in what narrower targets have of this vector at this time. An attack on one of them of which nothing is left
     * is absorbed, and its id goes on.
     *
     * @return whether one was absorbed
     */
    private boolean takeInNarrower(Track track) {
        boolean absorbed = false;
        for (Target inner : attacked) {
            for (Track narrower : inner.tracks) {
                if (narrower.isOwnAttack() && isPartOf(narrower, track)) {
                    track.target.takenInNanos = Math.min(track.target.takenInNanos, narrower.startNanos);
                    if (inner.provenTracks().size() == 1) {
                        report(inner, Change.ABSORBED);
                        track.target.id = inner.id;
                        absorbed = true;
                    }
                    narrower.explained = true;
                }
            }
        }
        return absorbed;
    }

    private boolean isExplainedByWider(Track track) {
        for (Target wider : attacked) {
            for (Track other : wider.tracks) {
                if (other.isOwnAttack() && isPartOf(track, other)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a vector is the narrower view of another target's: of the same class, at the same time. */
    private static boolean isPartOf(Track narrower, Track wider) {
        return narrower.trafficClass == wider.trafficClass
                && wider.target.contains(narrower.target)
                && wider.lastActiveNanos >= narrower.startNanos - TOGETHER_NANOS
                && narrower.lastActiveNanos <= wider.lastActiveNanos + TOGETHER_NANOS;
    }

    /** When a wider target's attack with the same vector was last active, if there is one. */
    private long endOfWider(Track track) {
        long end = Long.MIN_VALUE;
        for (Target wider : attacked) {
            for (Track other : wider.tracks) {
                if (other.isOwnAttack() && other.trafficClass == track.trafficClass && wider.contains(track.target)) {
                    end = Math.max(end, other.lastActiveNanos);
                }
            }
        }
        return end;
    }

    /** Lets vectors that outlast the wider target's attack be the target's own again. */
    private void goOnWithoutWider(Target target) {
        for (Track track : target.tracks) {
            boolean isActive = nowNanos - track.lastActiveNanos < TOGETHER_NANOS;
            if (track.explained && isActive && !isExplainedByWider(track)) {
                track.explained = false;
                track.startNanos = Math.max(track.startNanos, endOfWider(track));
                if (target.provenTracks().size() == 1) {
                    open(target, false);
                }
            }
        }
    }

    private void report(Target target, Change change) {
        target.lastReportNanos = nowNanos;
        target.reportedVectors = target.provenTracks().size();
        Attack.State state = change == Change.ENDED ? Attack.State.ENDED : Attack.State.OPEN;
        listener.accept(new FindingEvent(change, assembler.assemble(target, state, dominates(target), seesAnswers)));
    }

    /** Whether more than half of all packets seen were the target's. */
    private boolean dominates(Target target) {
        long own = target.ordinaryPackets;
        for (Track track : target.tracks) {
            own += track.packets;
        }
        return own * 2 > allPackets;
    }

    private void end(Target target, Attack.State state) {
        if (target.hasProvenTrack()) {
            report(target, state == Attack.State.ENDED ? Change.ENDED : Change.CHANGED);
        }
        target.attacked = false;
        attacked.remove(target);
        List.copyOf(target.tracks).forEach(tracks::end);
    }
}
