package levee.testing;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system in memory; only the administrator of a system may make one. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Skips the test where it may not be made. */
    public static SmallDisk mount(Path folder, int kibibytes) {
        Assumptions.assumeTrue(
                Programs.succeeds("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", folder.toString()),
                "a small disk can be made by root only");
        return new SmallDisk(folder);
    }

    public void makeReadOnly(boolean readOnly) throws IOException {
        if (!Programs.succeeds("mount", "-o", "remount," + (readOnly ? "ro" : "rw"), folder.toString())) {
            throw new IOException("cannot remount " + folder);
        }
    }

    public Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        if (!Programs.succeeds("umount", folder.toString())) {
            throw new IOException("cannot unmount " + folder);
        }
    }
}
