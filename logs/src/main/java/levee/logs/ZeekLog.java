package levee.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import levee.telemetry.SourceStatistics;

/**
 * A log of Zeek in a folder of them, by what its beginning tells.
 *
 * @param name of the file, for messages
 * @param isSnapshot whether it tells of connections that are still open, of which {@code conn.log} will tell
 * @param first its first record, absent where its beginning has none
 * @param firstNanos when its first lines were written, in nanoseconds since 1970, as well as that can be told
 */
public record ZeekLog(
        String name, LogType type, boolean isSnapshot, Optional<FirstRecord> first, long firstNanos, Opener opener) {

    /** How many bytes from the beginning of a log {@link #of} needs at the most. */
    public static final int HEAD_BYTES = 16 * 1024;

    /** How scripts that log open connections name their logs, in headers and in members. */
    private static final List<String> SNAPSHOTS =
            List.of("#path\topen_conn", "#path\tconn_long", "\"_path\":\"open_conn\"", "\"_path\":\"conn_long\"");

    /** Opens a log once more, from its beginning and decompressed. */
    public interface Opener {
        InputStream open() throws IOException;
    }

    /**
     * Looks at the beginning of a file.
     *
     * @param head the first bytes, decompressed
     * @param length how many of them there are
     * @return absent if it is no log of Zeek that is read
     */
    public static Optional<ZeekLog> of(String name, byte[] head, int length, Opener opener) {
        return LogType.detect(head, length)
                .filter(LogType::isZeek)
                .map(type -> ofHead(name, type, head, Math.min(length, HEAD_BYTES), opener));
    }

    private static ZeekLog ofHead(String name, LogType type, byte[] head, int length, Opener opener) {
        String text = new String(head, 0, length, ISO_8859_1);
        boolean snapshot = name.startsWith("open_conn")
                || name.startsWith("conn_long")
                || SNAPSHOTS.stream().anyMatch(text::contains);
        Optional<FirstRecord> first = Optional.empty();
        long earliest = Long.MAX_VALUE;
        LogLines lines = new LogLines(new ByteArrayInputStream(head, 0, length), type, new SourceStatistics());
        try {
            while (lines.advance()) {
                first = first.or(() -> Optional.of(lines.record().identity()));
                // Zeek writes a connection at its end, but logs are often sorted by its start: the earliest end fits
                // both.
                earliest = Math.min(earliest, lines.record().endNanos());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
        return new ZeekLog(name, type, snapshot, first, first.isPresent() ? earliest : 0, opener);
    }

    /** The same log, opened in another way. */
    public ZeekLog openedBy(Opener other) {
        return new ZeekLog(name, type, isSnapshot, first, firstNanos, other);
    }

    /** Whether another log tells of the same: both begin with the same record. */
    boolean repeats(ZeekLog other) {
        return type.kind() == other.type.kind() && first.isPresent() && first.equals(other.first);
    }
}
