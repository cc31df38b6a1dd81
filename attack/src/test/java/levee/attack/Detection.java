package levee.attack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import levee.model.Attack;
import levee.model.Attack.Volume;
import levee.model.AttackVector;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.OwnNetworks;
import levee.telemetry.ConnectionTable;
import levee.telemetry.FlowBatch;

/** The detector under test, and what it says. */
final class Detection {
    private static final int CONNECTIONS = 1 << 19;
    private static final long SEED = 0x0bad_5eed_0bad_5eedL;

    final List<FindingEvent> events = new ArrayList<>();
    private final ConnectionTable connections = new ConnectionTable(CONNECTIONS, SEED);
    private final AttackDetector detector;
    private final FlowBatch batch = new FlowBatch(1_024);

    Detection(DetectionPolicy policy, OwnNetworks networks) {
        this(policy, DetectionSettings.of(networks));
    }

    Detection(DetectionPolicy policy, OwnNetworks networks, LearnedRates learned) {
        this(policy, DetectionSettings.of(networks), learned, index -> "router" + index);
    }

    Detection(DetectionPolicy policy, DetectionSettings settings) {
        this(policy, settings, index -> "router" + index);
    }

    Detection(DetectionPolicy policy, DetectionSettings settings, IntFunction<String> exporters) {
        this(policy, settings, LearnedRates.none(), exporters);
    }

    private Detection(
            DetectionPolicy policy, DetectionSettings settings, LearnedRates learned, IntFunction<String> exporters) {
        detector = new AttackDetector(policy, settings, SEED, learned, exporters, events::add);
    }

    /** What is found in all of the packets, as if they were a file. */
    static Detection analyse(List<Packet> packets) {
        return analyse(packets, AddressFamily.ownNetworks());
    }

    static Detection analyse(List<Packet> packets, OwnNetworks networks) {
        Detection detection = new Detection(DetectionPolicy.analysis(), networks);
        detection.play(packets);
        detection.finish();
        return detection;
    }

    void play(List<Packet> packets) {
        int count = 0;
        boolean areSampled = !packets.isEmpty() && packets.get(0).weight() > 1;
        FlowBatch.Rows rows = areSampled ? FlowBatch.Rows.SAMPLES : FlowBatch.Rows.PACKETS;
        batch.rows = rows;
        for (Packet packet : packets) {
            if (batch.isFull()) {
                flush();
                batch.clear(rows);
            }
            packet.write(batch, count++);
        }
        flush();
    }

    /** What is found in what a sensor tells of the packets. */
    static Detection analyse(List<Packet> packets, Sensor... sensors) {
        Detection detection = new Detection(DetectionPolicy.analysis(), AddressFamily.ownNetworks());
        detection.play(packets, sensors);
        detection.finish();
        return detection;
    }

    /** Plays what sensors of one kind tell of the same packets. */
    void play(List<Packet> packets, Sensor... sensors) {
        List<Sensor.Told> told = new ArrayList<>();
        for (Sensor sensor : sensors) {
            told.addAll(sensor.told(packets));
        }
        play(told, sensors[0]);
    }

    /** Plays what sensors like this one told. */
    void play(List<Sensor.Told> told, Sensor sensor) {
        told.sort(Comparator.comparingLong(Sensor.Told::nanos));
        batch.clear(sensor.rows());
        for (Sensor.Told row : told) {
            if (batch.isFull()) {
                flush();
                batch.clear(sensor.rows());
            }
            row.write(batch, sensor.rate());
        }
        flush();
    }

    private void flush() {
        connections.hash(batch);
        connections.annotate(batch);
        detector.process(batch);
        batch.clear(FlowBatch.Rows.PACKETS);
    }

    /** The clock jumps before the next packet, as where captures were merged. */
    void restart() {
        batch.restart = true;
    }

    void apply(DetectionSettings settings) {
        detector.apply(settings);
    }

    void tick(long nanos) {
        detector.tick(nanos);
    }

    Map<AttackVector, Volume> takeVolumes() {
        return detector.takeVolumes();
    }

    void finish() {
        detector.finish();
    }

    /** The last state of every attack that did not become part of a wider one. */
    List<Attack> attacks() {
        Map<String, FindingEvent> last = new LinkedHashMap<>();
        for (FindingEvent event : events) {
            last.put(event.finding().id(), event);
        }
        List<Attack> attacks = new ArrayList<>();
        for (FindingEvent event : last.values()) {
            if (event.change() != Change.ABSORBED && event.finding() instanceof Attack attack) {
                attacks.add(attack);
            }
        }
        return attacks;
    }
}
