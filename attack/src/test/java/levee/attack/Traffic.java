package levee.attack;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import levee.model.AttackVector;
import levee.model.IpAddress;

/** Test traffic: generators add their packets in any order, and it is played in the order of time. */
final class Traffic {
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final double NANOS = 1e9;

    /** Which half of the traffic the sensor sees. */
    enum View implements Predicate<Packet> {
        BOTH_WAYS,
        INBOUND,
        OUTBOUND;

        @Override
        public boolean test(Packet packet) {
            return switch (this) {
                case BOTH_WAYS -> true;
                case INBOUND -> isOwn(packet.to().address());
                case OUTBOUND -> isOwn(packet.from().address());
            };
        }

        private static boolean isOwn(IpAddress address) {
            return AddressFamily.ownNetworks().contains(address.high(), address.low());
        }
    }

    final SplittableRandom random;
    private final List<Packet> packets = new ArrayList<>();
    private int weight = 1;

    Traffic(long seed) {
        random = new SplittableRandom(seed);
    }

    static long nanos(double second) {
        return BEGIN.getEpochSecond() * 1_000_000_000L + Math.round(second * NANOS);
    }

    /** Lets every packet that is added from now on stand for {@code packets}, as if it were sampled. */
    Traffic sampled(int packets) {
        weight = packets;
        return this;
    }

    /** Adds an innocent packet. */
    void add(double second, Packet packet) {
        packets.add(packet.at(nanos(second)).withWeight(weight));
    }

    /** Adds a packet of an attack. */
    void attack(double second, AttackVector vector, Packet packet) {
        packets.add(packet.at(nanos(second)).withWeight(weight).of(vector));
    }

    /** Calls {@code generator} {@code count} times, evenly spread with some jitter over the time. */
    void spread(double begin, double seconds, int count, Moment generator) {
        for (int i = 0; i < count; i++) {
            generator.at(begin + seconds * (i + random.nextDouble()) / count, i);
        }
    }

    /** Something that happens at a second, for the {@code index}-th time. */
    @FunctionalInterface
    interface Moment {
        void at(double second, int index);
    }

    int ephemeralPort() {
        return random.nextInt(32_768, 61_000);
    }

    <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** What the sensor sees, in the order of time. */
    List<Packet> seen(Predicate<Packet> view) {
        List<Packet> seen = new ArrayList<>(packets.size());
        for (Packet packet : packets) {
            if (view.test(packet)) {
                seen.add(packet);
            }
        }
        seen.sort(Comparator.comparingLong(Packet::nanos));
        return seen;
    }
}
