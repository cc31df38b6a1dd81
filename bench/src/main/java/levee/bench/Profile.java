package levee.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** The kinds of capture. */
enum Profile {
    /** Two-way traffic of mixed sizes, about 350 bytes on average. */
    MIXED,
    /** The same connections, but every frame has 64 bytes. */
    SMALL,
    /** Packets from random sources without replies. */
    ONE_WAY,
    /** As mixed, with a SYN flood in the middle third. */
    FLOOD;

    static final int SHORTEST_FRAME = 60;
    static final int SMALL_FRAME = 64;

    static Profile named(String name) {
        for (Profile profile : values()) {
            if (profile.toString().equals(name)) {
                return profile;
            }
        }
        throw new IllegalArgumentException("unknown profile " + name + ", expected one of "
                + Arrays.stream(values()).map(Profile::toString).collect(Collectors.joining(", ")));
    }

    Traffic traffic(long seed, int connections, long fileLength) {
        SplittableRandom random = new SplittableRandom(seed);
        return switch (this) {
            case MIXED -> new Conversations(random, connections, PcapWriter.MAXIMUM_FRAME);
            case SMALL -> new Conversations(random, connections, SMALL_FRAME);
            case ONE_WAY -> new OneWay(random);
            case FLOOD ->
                new SynFlood(
                        random.split(), new Conversations(random, connections, PcapWriter.MAXIMUM_FRAME), fileLength);
        };
    }

    int minimumFrame() {
        return this == SMALL ? SMALL_FRAME : SHORTEST_FRAME;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
