package levee.bench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes captures for benchmarks. The same options give the same bytes on the same version of Java.
 *
 * <pre>
 * java levee.bench.CaptureGenerator --profile mixed --size 1GiB --seed 1 --output FILE
 * </pre>
 *
 * <p>Options: {@code --profile mixed|small|one-way|flood}, {@code --size} in bytes or with KiB, MiB or GiB,
 * {@code --seed} (1), {@code --connections} alive at a time (100000), {@code --output}. The file appears under its name
 * only when it is complete.
 */
public final class CaptureGenerator {
    private static final int CONNECTIONS = 100_000;
    private static final Map<String, Integer> UNITS = Map.of("KiB", 10, "MiB", 20, "GiB", 30);

    private CaptureGenerator() {}

    public static void main(String[] arguments) throws IOException {
        try {
            run(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("CaptureGenerator: " + e.getMessage());
            System.exit(2);
        }
    }

    /** Writes a capture of at least {@code length} bytes that ends with the packet that reaches it. */
    static void generate(Profile profile, long length, long seed, int connections, Path output) throws IOException {
        Traffic traffic = profile.traffic(seed, connections, length);
        FileChannel channel = FileChannel.open(
                output, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        try (PcapWriter writer = new PcapWriter(channel, profile.minimumFrame())) {
            while (writer.length() < length) {
                traffic.send(writer);
            }
        }
    }

    static long parseSize(String text) {
        int shift = 0;
        String number = text;
        for (Map.Entry<String, Integer> unit : UNITS.entrySet()) {
            if (text.endsWith(unit.getKey())) {
                shift = unit.getValue();
                number = text.substring(0, text.length() - unit.getKey().length());
            }
        }
        long size = Math.multiplyExact(Long.parseLong(number), 1L << shift);
        if (size <= 0) {
            throw new IllegalArgumentException("the size is not positive: " + text);
        }
        return size;
    }

    private static void run(String[] arguments) throws IOException {
        Map<String, String> options = new TreeMap<>(Map.of(
                "--seed", "1",
                "--connections", Integer.toString(CONNECTIONS),
                "--profile", "",
                "--size", "",
                "--output", ""));
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length || options.replace(arguments[i], arguments[i + 1]) == null) {
                throw new IllegalArgumentException("unknown option or no value: " + arguments[i]);
            }
        }
        Profile profile = Profile.named(option(options, "--profile"));
        long size = parseSize(option(options, "--size"));
        long seed = Long.parseLong(option(options, "--seed"));
        int connections = Integer.parseInt(option(options, "--connections"));
        Path output = Path.of(option(options, "--output")).toAbsolutePath();
        Path partial = output.resolveSibling(output.getFileName() + ".part");
        generate(profile, size, seed, connections, partial);
        Files.move(partial, output, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String option(Map<String, String> options, String name) {
        String value = options.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("missing option " + name);
        }
        return value;
    }
}
