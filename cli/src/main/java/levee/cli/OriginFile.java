package levee.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import levee.engine.PlainInput;
import levee.origin.OriginImporter;
import levee.origin.OriginTable;

/** The table of origins in the folder for data, and tables of others. */
final class OriginFile {
    private static final String NAME = "origins.table";
    private static final byte[] MAGIC = {'L', 'V', 'A', 'S'};

    private OriginFile() {}

    static Path in(Path data) {
        return data.resolve(NAME);
    }

    /** The table in the folder; empty where there is none. */
    static OriginTable load(Path data) throws IOException {
        Path file = in(data);
        if (!Files.exists(file)) {
            return OriginTable.EMPTY;
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return OriginTable.read(stream);
        }
    }

    /** Writes the table so that who reads it meets the old one or the new one, whole. */
    static void save(OriginTable table, Path data) throws IOException {
        Files.createDirectories(data);
        WholeFile.write(in(data), table::write);
    }

    /** A table that was imported, or one of others, which takes longer. */
    static OriginTable read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(PlainInput.open(file))) {
            in.mark(MAGIC.length);
            boolean isImported = Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
            in.reset();
            if (isImported) {
                return OriginTable.read(in);
            }
            OriginImporter importer = new OriginImporter();
            importer.read(in, lines -> {});
            if (importer.ranges() == 0) {
                throw new IOException("it is no table of origins");
            }
            return importer.build();
        }
    }
}
