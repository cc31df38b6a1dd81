package levee.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Datagrams that Linux dropped because nobody fetched them in time, from {@code /proc/net/udp}. */
final class KernelDrops {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));
    private static final int LOCAL_ADDRESS = 1;
    private static final int DROPS = 12;

    private KernelDrops() {}

    /** The drops of all sockets on these ports; 0 where the kernel does not tell. */
    static long of(Set<Integer> ports) {
        long drops = 0;
        for (Path table : TABLES) {
            try {
                drops += of(ports, Files.readAllLines(table));
            } catch (IOException e) {
                // No Linux, or no such protocol: nothing is known.
            }
        }
        return drops;
    }

    /** @param lines of a table; its first one names the columns */
    static long of(Set<Integer> ports, List<String> lines) {
        long drops = 0;
        for (String line : lines) {
            String[] columns = line.trim().split("\\s+");
            if (columns.length > DROPS && columns[LOCAL_ADDRESS].contains(":") && !columns[DROPS].equals("drops")) {
                String port = columns[LOCAL_ADDRESS].substring(columns[LOCAL_ADDRESS].lastIndexOf(':') + 1);
                if (ports.contains(Integer.parseInt(port, 16))) {
                    drops += Long.parseLong(columns[DROPS]);
                }
            }
        }
        return drops;
    }
}
