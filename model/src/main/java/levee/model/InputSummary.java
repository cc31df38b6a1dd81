package levee.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was read from one input.
 *
 * @param name the file name, or {@code -} for standard input
 * @param format the container, such as {@code pcap}, {@code zeek-tsv} or {@code unknown}; {@code zeek-folder} is the
 *     logs of one folder
 * @param compression {@code none}, {@code gzip}, {@code xz} or {@code zstd}
 * @param carries what the container holds, such as {@code packets} or {@code connections}; {@code events} are what
 *     applications said
 * @param packets packets read, whether or not they could be used
 * @param flows flow or connection records read; where the input carries {@code events} and no more, records of those
 * @param bytes bytes of the input after decompression
 * @param first the earliest time used
 * @param last the latest time used
 * @param rejected packets or records that could not be used, by reason
 * @param damage where and why reading stopped or had to skip, if it did
 */
public record InputSummary(
        String name,
        String format,
        String compression,
        String carries,
        long packets,
        long flows,
        long bytes,
        Optional<Instant> first,
        Optional<Instant> last,
        Map<String, Long> rejected,
        Optional<Damage> damage) {

    public InputSummary {
        rejected = Map.copyOf(rejected);
    }

    /** The reasons in alphabetical order. */
    public Map<String, Long> rejectedInOrder() {
        return new TreeMap<>(rejected);
    }

    /** Whether nothing at all could be used. */
    public boolean isEmpty() {
        return packets == 0 && flows == 0;
    }

    /**
     * @param offset the byte, after decompression, where the first damage was found
     * @param reason what was wrong, in words
     */
    public record Damage(long offset, String reason) {}
}
