package levee.drill;

import java.util.List;
import levee.model.EpochNanos;
import levee.model.Truth;

/**
 * A scenario played packet by packet, in the order of time, on a link of 100 Gbit/s. Memory holds the connections that
 * are open, never the whole.
 */
public final class Drill {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** So that the link is in the middle of things when the first packet is seen. */
    private static final long WARM_UP_NANOS = 20 * NANOS_PER_SECOND;

    /** Preamble, frame check and gap of Ethernet, and its header. */
    private static final int FRAME_OVERHEAD = 38;

    private final Stage stage = new Stage();
    private final Packet packet = stage.packet;
    private final TruthRecorder recorder;
    private final List<Scene> programme;
    private final long startNanos;
    private final long endNanos;

    /** When the link is free again. */
    private long freeNanos;

    /** The whole length of the datagram that is sent in fragments; 0 where none is. */
    private int fragmented;

    public Drill(Scenario scenario) {
        startNanos = EpochNanos.of(scenario.start());
        endNanos = startNanos + scenario.duration().toNanos();
        Cast cast = new Cast(scenario, startNanos);
        stage.now = startNanos - WARM_UP_NANOS;
        cast.enter(stage);
        programme = cast.programme();
        recorder = new TruthRecorder(scenario, cast);
    }

    /** Goes on to the next packet; false at the end. */
    public boolean advance() {
        if (fragmented > 0) {
            nextFragment();
        } else if (!nextDatagram()) {
            return false;
        }
        packet.nanos = Math.max(packet.nanos, freeNanos);
        int length = packet.length();
        freeNanos = packet.nanos + (length + FRAME_OVERHEAD) * 8 / 100 + 1;
        recorder.record(packet, length, stage);
        return true;
    }

    /** The packet that {@link #advance} went on to, always the same object. */
    public Packet packet() {
        return packet;
    }

    /** What is played besides ordinary traffic, by the time when it begins. */
    public List<Scene> programme() {
        return programme;
    }

    /** What was played so far. */
    public Truth truth() {
        return recorder.truth();
    }

    /** The time of the drill that was played so far, 0 to 1. */
    public double progress() {
        return Math.clamp((double) (packet.nanos - startNanos) / (endNanos - startNanos), 0, 1);
    }

    private boolean nextDatagram() {
        Schedule schedule = stage.schedule;
        while (true) {
            long nanos = schedule.nextTime();
            if (nanos >= endNanos) {
                return false;
            }
            stage.begin(nanos);
            long again = schedule.next().act(stage);
            schedule.reschedule(again);
            if (stage.sent && nanos >= startNanos) {
                packet.nanos = nanos;
                if (!packet.isFragment() && packet.length() > Packet.MAXIMUM_LENGTH) {
                    beginFragments();
                }
                return true;
            }
        }
    }

    private void beginFragments() {
        fragmented = packet.segmentLength();
        packet.dontFragment = false;
        packet.fragmentOffset = 0;
        packet.moreFragments = true;
        packet.fragmentLength = Packet.MAXIMUM_LENGTH - packet.networkHeader() & ~7;
    }

    private void nextFragment() {
        packet.fragmentOffset += packet.fragmentLength;
        int rest = fragmented - packet.fragmentOffset;
        packet.moreFragments = rest > packet.fragmentLength;
        if (!packet.moreFragments) {
            packet.fragmentLength = rest;
            fragmented = 0;
        }
    }
}
