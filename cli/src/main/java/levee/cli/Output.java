package levee.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Where a command writes: the file of its option {@code --output}, or standard output. */
final class Output {
    static final int EXIT_WRITE_FAILED = 1;
    private static final int BUFFER = 1 << 16;

    private Output() {}

    static OutputStream open(Optional<Path> file) throws IOException {
        OutputStream out =
                file.isPresent() ? Files.newOutputStream(file.get()) : new FileOutputStream(FileDescriptor.out);
        return new BufferedOutputStream(out, BUFFER);
    }

    /**
     * Says that the file could not be written. A reader of standard output that goes away early, as head does, is no
     * news to anybody.
     *
     * @return the exit code for it
     */
    static int failed(Optional<Path> file, Exception e) {
        file.ifPresent(path -> System.err.println(message(path.toString(), e)));
        return EXIT_WRITE_FAILED;
    }

    /** What to say of a file that could not be written. */
    static String message(String file, Exception e) {
        String reason = e instanceof NoSuchFileException ? "there is no such folder" : e.getMessage();
        return "levee: cannot write " + file + ": " + reason;
    }
}
