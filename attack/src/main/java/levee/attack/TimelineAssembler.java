package levee.attack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import levee.detection.Timeline;
import levee.model.Attack;
import levee.model.Attack.Volume;
import levee.model.AttackVector;

/** Lays the timelines of an attack's vectors and of the target's other traffic over each other. */
final class TimelineAssembler {
    private final Timeline all = new Timeline();
    private final Map<AttackVector, Timeline> vectors = new LinkedHashMap<>();
    private final Timeline other = new Timeline();

    private TimelineAssembler() {}

    static Attack.Timeline assemble(Target target, List<AttackAssembler.Part> parts) {
        TimelineAssembler assembler = new TimelineAssembler();
        Set<Track> ofAttack = new HashSet<>();
        for (AttackAssembler.Part part : parts) {
            assembler.add(part);
            ofAttack.addAll(part.all());
        }
        assembler.other.addAll(target.ordinaryTimeline);
        for (Track track : target.tracks) {
            if (!ofAttack.contains(track)) {
                assembler.other.addAll(track.timeline);
            }
        }
        return assembler.result();
    }

    private void add(AttackAssembler.Part part) {
        Timeline vector = vectors.computeIfAbsent(part.track().vector, v -> new Timeline());
        Timeline main = part.track().timeline;
        double ordinary = part.ordinaryShare();
        long packets = 0;
        long bytes = 0;
        for (int slot = 0; slot < main.size(); slot++) {
            // Differences of rounded sums, so that the slots add up to the whole.
            long ordinaryPackets = -Math.round(ordinary * packets);
            long ordinaryBytes = -Math.round(ordinary * bytes);
            packets += main.packets(slot);
            bytes += main.bytes(slot);
            ordinaryPackets += Math.round(ordinary * packets);
            ordinaryBytes += Math.round(ordinary * bytes);
            long time = main.startNanos() + slot * main.slotNanos();
            vector.add(time, main.packets(slot) - ordinaryPackets, main.bytes(slot) - ordinaryBytes);
            other.add(time, ordinaryPackets, ordinaryBytes);
        }
        part.companions().forEach(companion -> vector.addAll(companion.timeline));
    }

    private Attack.Timeline result() {
        vectors.values().forEach(all::addAll);
        all.addAll(other);
        Map<AttackVector, List<Volume>> volumes = new LinkedHashMap<>();
        vectors.forEach((vector, timeline) -> volumes.put(vector, volumes(timeline)));
        return new Attack.Timeline(
                Instant.ofEpochSecond(0, all.startNanos()), Duration.ofNanos(all.slotNanos()), volumes, volumes(other));
    }

    /** The volumes by slots of {@link #all}, which are at least as long. */
    private List<Volume> volumes(Timeline timeline) {
        long[] packets = new long[all.size()];
        long[] bytes = new long[all.size()];
        for (int slot = 0; slot < timeline.size(); slot++) {
            if (timeline.packets(slot) == 0 && timeline.bytes(slot) == 0) {
                continue;
            }
            long time = timeline.startNanos() + slot * timeline.slotNanos();
            int at = (int) ((time - all.startNanos()) / all.slotNanos());
            packets[at] += timeline.packets(slot);
            bytes[at] += timeline.bytes(slot);
        }
        List<Volume> volumes = new ArrayList<>(packets.length);
        for (int slot = 0; slot < packets.length; slot++) {
            // Rows that were first taken for ordinary ones are taken back to the slot, not to the packet.
            volumes.add(new Volume(Math.max(0, packets[slot]), Math.max(0, bytes[slot])));
        }
        return volumes;
    }
}
