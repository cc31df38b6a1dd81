package levee.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of the archive. Its name begins with a number that grows from file to file, so that their order is that of
 * receipt even where the clock was wrong, and goes on with the time when it was begun.
 *
 * @param number from 1 on
 * @param begun by the clock of the receiver
 */
record ArchiveFile(Path path, long number, Instant begun) {
    private static final Pattern NAME = Pattern.compile("(\\d{12})-(\\d{8}T\\d{6}Z)\\.flows");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    static ArchiveFile of(Path folder, long number, Instant begun) {
        String name = String.format(Locale.ROOT, "%012d-%s.flows", number, TIME.format(begun));
        return new ArchiveFile(folder.resolve(name), number, begun);
    }

    private static Optional<ArchiveFile> parse(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        if (!name.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ArchiveFile(path, Long.parseLong(name.group(1)), TIME.parse(name.group(2), Instant::from)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** All files in a folder, those received first first; none where there is no such folder. */
    static List<ArchiveFile> in(Path folder) throws IOException {
        List<ArchiveFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(folder)) {
            paths.forEach(path -> parse(path).ifPresent(files::add));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return files;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        files.sort(Comparator.comparingLong(ArchiveFile::number).thenComparing(ArchiveFile::path));
        return files;
    }
}
