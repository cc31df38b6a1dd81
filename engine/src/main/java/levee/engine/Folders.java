package levee.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import levee.engine.Analyzer.Location;
import levee.logs.ZeekLog;

/** What there is to read in a folder. */
public final class Folders {
    private Folders() {}

    /**
     * The inputs in a folder and the folders in it, in the order of their names: each file one, but all logs of Zeek in one
     * folder together. Looks at the beginning of each file to tell.
     *
     * @throws IOException if a folder cannot be read; what is wrong with a file is found out when it is read
     */
    public static List<Location> inputsIn(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        }
        List<Location> inputs = new ArrayList<>();
        Map<Path, List<ZeekLog>> logsByFolder = new HashMap<>();
        for (Path file : files) {
            Optional<ZeekLog> log = zeekLog(file);
            if (log.isEmpty()) {
                inputs.add(new Location.File(file, true));
                continue;
            }
            Path place = Optional.ofNullable(file.getParent()).orElse(folder);
            List<ZeekLog> logs = logsByFolder.computeIfAbsent(place, first -> {
                List<ZeekLog> all = new ArrayList<>();
                inputs.add(new Location.ZeekLogs(first, all));
                return all;
            });
            logs.add(log.get());
        }
        return List.copyOf(inputs);
    }

    private static Optional<ZeekLog> zeekLog(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            PrefixedChannel whole = PrefixedChannel.of(channel, ZeekLog.HEAD_BYTES, (head, length) -> false);
            Compression compression = Compression.detect(whole.head(), whole.headLength());
            PrefixedChannel plain = compression == Compression.NONE
                    ? whole
                    : PrefixedChannel.of(compression.open(whole), ZeekLog.HEAD_BYTES, (head, length) -> false);
            String name = String.valueOf(file.getFileName());
            return ZeekLog.of(name, plain.head(), plain.headLength(), () -> PlainInput.open(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
