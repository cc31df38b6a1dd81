package levee.cli;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import levee.drill.EdgeRouters;
import levee.drill.ExportingRouter;
import levee.drill.Packet;
import levee.drill.Scenario;
import levee.flowexport.ExportFormat;

/** The routers of a live drill: each sends its datagrams from a loopback address of its own. */
final class DrillRouters implements AutoCloseable {
    /** @param samplingRate one in how many packets it looks at */
    private record Router(String address, ExportFormat format, int samplingRate) {
        @Override
        public String toString() {
            return address + " (" + format.label() + (samplingRate == 1 ? "" : ", 1 in " + samplingRate + " packets")
                    + ")";
        }
    }

    private static final List<Router> ROUTERS = List.of(
            new Router("127.0.0.11", ExportFormat.NETFLOW_V9, 1),
            new Router("127.0.0.12", ExportFormat.IPFIX, 1),
            new Router("127.0.0.13", ExportFormat.SFLOW, 10));

    private final Map<String, DatagramSocket> sockets = new HashMap<>();
    private EdgeRouters routers = new EdgeRouters(List.of());
    private final AtomicLong unsent = new AtomicLong();

    /** @throws StartException if one of their addresses cannot be used */
    DrillRouters(InetSocketAddress collector) throws StartException {
        for (Router router : ROUTERS) {
            open(router, collector);
        }
    }

    private void open(Router router, InetSocketAddress collector) throws StartException {
        try {
            DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName(router.address()));
            sockets.put(router.address(), socket);
            socket.connect(collector);
        } catch (IOException e) {
            close();
            throw new StartException(
                    "the made-up router " + router.address() + " cannot send: " + e.getMessage()
                            + "; where 127.0.0.1 is the only address of loopback, as on macOS, add it: sudo ifconfig"
                            + " lo0 alias " + router.address(),
                    e);
        }
    }

    /** Switches them on, with nothing seen so far. */
    void begin(Scenario scenario) {
        routers = routers(scenario, address -> {
            DatagramSocket socket = Objects.requireNonNull(sockets.get(address));
            return (nanos, datagram, length) -> send(socket, datagram, length);
        });
    }

    /** @param sinks by the address of a router, where it sends to */
    static EdgeRouters routers(Scenario scenario, Function<String, ExportingRouter.Sink> sinks) {
        return new EdgeRouters(ROUTERS.stream()
                .map(router -> new ExportingRouter(
                        scenario,
                        router.format(),
                        router.samplingRate(),
                        ExportingRouter.Timeouts.SHORT,
                        sinks.apply(router.address())))
                .toList());
    }

    /** What they are, for people. */
    static String description() {
        return ROUTERS.stream().map(Router::toString).collect(Collectors.joining(", "));
    }

    /** {@code exporters} of the settings of who receives what they tell. */
    static String exporters() {
        return ROUTERS.stream()
                .map(router ->
                        "  - {address: " + router.address() + ", edge-interfaces: [" + ExportingRouter.OUTSIDE + "]}\n")
                .collect(Collectors.joining("", "exporters:\n", ""));
    }

    /** Shows a packet to the router that it passes. */
    void see(Packet packet) {
        routers.see(packet);
    }

    void advance(long nanos) {
        routers.advance(nanos);
    }

    /** Datagrams that the machine did not take. */
    long unsent() {
        return unsent.get();
    }

    private void send(DatagramSocket socket, byte[] datagram, int length) {
        try {
            socket.send(new DatagramPacket(datagram, length));
        } catch (IOException e) {
            unsent.incrementAndGet();
        }
    }

    @Override
    public void close() {
        sockets.values().forEach(DatagramSocket::close);
    }
}
