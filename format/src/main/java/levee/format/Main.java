package levee.format;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks the format of every Java file of the build, or rewrites the files that differ. */
public final class Main {
    private final Path root;
    private final boolean apply;

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    private Main(Path root, boolean apply) {
        this.root = root;
        this.apply = apply;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2 || !List.of("check", "apply").contains(arguments[0])) {
            System.err.println("Usage: check|apply <root of the build>");
            System.exit(2);
        }
        Main main = new Main(Path.of(arguments[1]).normalize(), arguments[0].equals("apply"));
        List<String> complaints =
                main.sources().parallelStream().flatMap(main::complaint).toList();
        if (!complaints.isEmpty()) {
            complaints.forEach(System.err::println);
            System.err.println("Format the files with: mvn -q -pl format verify -Dlevee.format=apply");
            System.exit(1);
        }
    }

    private List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path folder : modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList()) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .sorted()
                            .forEach(sources::add);
                }
            }
        }
        return sources;
    }

    private Stream<String> complaint(Path file) {
        try {
            String source = Files.readString(file);
            String formatted = formatter.formatSourceAndFixImports(source);
            if (formatted.equals(source)) {
                return Stream.empty();
            }
            if (apply) {
                Files.writeString(file, formatted);
                return Stream.empty();
            }
            return Stream.of("Not formatted: " + root.relativize(file));
        } catch (FormatterException failure) {
            return Stream.of("Cannot be parsed: " + root.relativize(file) + ": " + failure.getMessage());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
