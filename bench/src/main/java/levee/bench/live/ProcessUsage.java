package levee.bench.live;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of processes and sockets. */
final class ProcessUsage {
    /** The unit of processor time in {@code /proc}, the same on all machines of today. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int LOCAL_ADDRESS = 1;
    private static final int DROPS = 12;

    private ProcessUsage() {}

    /** Processor time, of user and system. */
    record Usage(double cpuSeconds) {
        double secondsSince(Usage before) {
            return cpuSeconds - before.cpuSeconds;
        }
    }

    static Usage ofThisThread() {
        return new Usage(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9);
    }

    /** Of a process that runs, with all its threads. */
    static Usage of(Process process) throws IOException {
        String line = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        // The name before it may hold blanks.
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return new Usage(
                (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) / TICKS_PER_SECOND);
    }

    /** Datagrams that the kernel dropped at the sockets of a port, since they are open. */
    static long drops(int port) throws IOException {
        long drops = 0;
        for (String line : Files.readAllLines(Path.of("/proc/net/udp"))) {
            String[] columns = line.trim().split("\\s+");
            if (columns.length > DROPS && columns[LOCAL_ADDRESS].endsWith(String.format(":%04X", port))) {
                drops += Long.parseLong(columns[DROPS]);
            }
        }
        return drops;
    }
}
