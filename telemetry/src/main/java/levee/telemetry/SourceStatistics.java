package levee.telemetry;

import java.util.Optional;
import levee.model.InputSummary.Damage;

/** What a {@link BatchSource} has read. Written by the thread that reads. */
public final class SourceStatistics {
    /** Packets read, used or not. */
    public long packets;

    /** Flow or connection records read, used or not. */
    public long flows;

    /** Records of what applications said, read from a log of its own, used or not. */
    public long events;

    /** Bytes read, after decompression. */
    public long bytes;

    /** Earliest and latest time used, in nanoseconds since 1970; meaningless while {@link #anyTime} is false. */
    public long firstNanos;

    public long lastNanos;
    public boolean anyTime;

    public final Rejections rejections = new Rejections();

    private Optional<Damage> damage = Optional.empty();

    /** Notes a time that was used. */
    public void time(long nanos) {
        if (!anyTime) {
            anyTime = true;
            firstNanos = nanos;
            lastNanos = nanos;
        } else if (nanos > lastNanos) {
            lastNanos = nanos;
        } else if (nanos < firstNanos) {
            firstNanos = nanos;
        }
    }

    /** Notes damage; only the first is kept. */
    public void damaged(long offset, String reason) {
        if (damage.isEmpty()) {
            damage = Optional.of(new Damage(offset, reason));
        }
    }

    public Optional<Damage> damage() {
        return damage;
    }
}
