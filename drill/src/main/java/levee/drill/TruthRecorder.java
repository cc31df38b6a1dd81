package levee.drill;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import levee.model.AttackVector;
import levee.model.Prefix;
import levee.model.Truth;
import levee.model.Truth.TrueAttack;
import levee.model.Truth.TrueVector;

/** Counts what is sent, exactly. */
final class TruthRecorder {
    private final Scenario scenario;
    private final Cast cast;
    private final OwnHosts hosts;
    private final BitSet hostsSeen = new BitSet();
    private final List<AttackCount> attacks = new ArrayList<>();
    private final Count all = new Count();
    private final FlowCounter flows;

    TruthRecorder(Scenario scenario, Cast cast) {
        this.scenario = scenario;
        this.cast = cast;
        hosts = cast.hosts();
        flows = new FlowCounter(scenario.seed(), FlowCounter.MOST_SLOTS);
        for (Cast.Played attack : cast.attacks()) {
            attacks.add(new AttackCount(attack));
        }
    }

    void record(Packet packet, int length, Stage stage) {
        all.add(packet.nanos, length);
        flows.add(packet);
        see(packet.sourceHigh, packet.sourceLow);
        see(packet.destinationHigh, packet.destinationLow);
        if (stage.isAttack()) {
            AttackCount attack = attacks.get(stage.attack());
            attack.vectors[stage.vector()].add(packet.nanos, length);
            attack.sources.set(stage.source());
        }
    }

    private void see(long high, long low) {
        int host = hosts.indexOf(high, low);
        if (host >= 0) {
            hostsSeen.set(host);
        }
    }

    Truth truth() {
        Instant start = all.packets == 0 ? scenario.start() : instant(all.first);
        Instant end = all.packets == 0 ? scenario.start() : instant(all.last);
        return new Truth(
                scenario.name(),
                start,
                end,
                Scenario.networks(),
                hostsSeen.cardinality(),
                all.packets,
                all.bytes,
                flows.counts(),
                attacks.stream()
                        .filter(a -> a.sum().packets > 0)
                        .map(AttackCount::truth)
                        .toList(),
                cast.infectedHosts(),
                cast.commandServers(),
                cast.lookAlikes(end));
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }

    private static final class Count {
        long packets;
        long bytes;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;

        void add(long nanos, int length) {
            packets++;
            bytes += length;
            first = Math.min(first, nanos);
            last = nanos;
        }

        void add(Count other) {
            packets += other.packets;
            bytes += other.bytes;
            first = Math.min(first, other.first);
            last = Math.max(last, other.last);
        }
    }

    private static final class AttackCount {
        final Prefix target;
        final List<AttackVector> names;
        final boolean forged;
        final Count[] vectors;
        final BitSet sources = new BitSet();

        AttackCount(Cast.Played attack) {
            target = attack.target();
            names = attack.vectors();
            forged = attack.forged();
            vectors = new Count[names.size()];
            for (int i = 0; i < vectors.length; i++) {
                vectors[i] = new Count();
            }
        }

        Count sum() {
            Count sum = new Count();
            for (Count vector : vectors) {
                sum.add(vector);
            }
            return sum;
        }

        TrueAttack truth() {
            List<TrueVector> played = new ArrayList<>();
            for (int i = 0; i < vectors.length; i++) {
                Count count = vectors[i];
                if (count.packets > 0) {
                    played.add(new TrueVector(
                            names.get(i), instant(count.first), instant(count.last), count.packets, count.bytes));
                }
            }
            played.sort(Comparator.comparingLong(TrueVector::packets).reversed());
            Count sum = sum();
            return new TrueAttack(
                    target,
                    played,
                    instant(sum.first),
                    instant(sum.last),
                    sum.packets,
                    sum.bytes,
                    sources.cardinality(),
                    forged);
        }
    }
}
