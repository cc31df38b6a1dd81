package levee.bench.live;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** A collector that is measured. */
interface Peer extends AutoCloseable {
    String name();

    /** UDP port on loopback that it receives a load at. */
    int port();

    default InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
    }

    /** Before each step. */
    void begin() throws IOException, InterruptedException;

    /** After each step, when all is sent: waits until it is done with it, and says what it received since the beginning. */
    Received end() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;

    /**
     * What a collector received in a step.
     *
     * @param datagrams by its own count, where it counts them
     * @param lost datagrams that it says are missing, by their sequence numbers, where it looks at them
     * @param kernelDrops datagrams that the kernel dropped at its socket
     */
    record Received(OptionalLong datagrams, long flows, OptionalLong lost, long kernelDrops, double cpuSeconds) {}

    /** Why it cannot be measured here, if so. */
    static Optional<String> missing(String program) {
        for (String folder : (System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return Optional.empty();
            }
        }
        return Optional.of(program + " is not installed");
    }
}
