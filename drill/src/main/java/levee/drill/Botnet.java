package levee.drill;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.model.Truth.Behaviour;
import levee.model.Endpoint;
import levee.model.Truth.InfectedHost;
import levee.telemetry.TcpFlags;

/**
 * The life of infected own hosts, as Mirai lives (Antonakakis et al., "Understanding the Mirai Botnet", 2017): each
 * loads a program, scans for telnet with the destination as sequence number, and reports to a command server about once
 * a minute. The flood that they are told to send is an attack like others.
 */
final class Botnet {
    static final String SCANNING = "scanning";
    static final String SCAN_TOOL_FINGERPRINT = "scan-tool-fingerprint";
    static final String BEACONING = "beaconing";
    static final String FLOODING = "flooding";

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long SECOND = 1_000_000_000L;
    private static final long BEACON_NANOS = 60 * SECOND;
    private static final double PROBES_PER_SECOND = 40;
    private static final int COMMAND_PORT = 48_101;
    private static final int PROGRAM_BYTES = 60_000;

    private final Conversations conversations;
    private final OwnHosts hosts;
    private final int[] infected;
    private final int commandServer;
    private final List<TreeMap<String, Times>> behaviours = new ArrayList<>();
    private boolean beaconed;

    private static final class Times {
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        void add(long nanos) {
            first = Math.min(first, nanos);
            last = Math.max(last, nanos);
        }
    }

    Botnet(Conversations conversations, int[] infected, int commandServer) {
        this.conversations = conversations;
        this.infected = infected;
        this.commandServer = commandServer;
        hosts = conversations.hosts();
        for (int i = 0; i < infected.length; i++) {
            behaviours.add(new TreeMap<>());
        }
    }

    void enter(Stage stage, long startNanos, SplittableRandom random) {
        int loader = commandServer + 1;
        for (int i = 0; i < infected.length; i++) {
            long begin = startNanos + (long) (random.nextDouble() * 5 * SECOND);
            Ends loading = conversations.outward(infected[i], Ports.tcp(random), loader, 80, false);
            stage.add(
                    begin,
                    new TcpFlow(loading, TcpScript.HTTP, TcpFlow.Outcome.ESTABLISHED, random.split())
                            .sending(1, Payloads.HTTP_REQUEST.length(), PROGRAM_BYTES));
            stage.add(begin + 2 * SECOND, new Scan(i, random.split()));
            stage.add(begin + 3 * SECOND, new Beacons(i, random.split()));
        }
    }

    /** Notes that a host floods. */
    void floods(int number, long nanos) {
        note(number, FLOODING, nanos);
    }

    private void note(int number, String behaviour, long nanos) {
        behaviours.get(number).computeIfAbsent(behaviour, name -> new Times()).add(nanos);
    }

    List<InfectedHost> infectedHosts() {
        List<InfectedHost> list = new ArrayList<>();
        for (int i = 0; i < infected.length; i++) {
            List<Behaviour> shown = new ArrayList<>();
            behaviours
                    .get(i)
                    .forEach((name, times) -> shown.add(new Behaviour(
                            name, Instant.ofEpochSecond(0, times.first), Instant.ofEpochSecond(0, times.last))));
            if (!shown.isEmpty()) {
                list.add(new InfectedHost(hosts.address(infected[i], false), shown));
            }
        }
        return list;
    }

    List<Endpoint> commandServers() {
        IpAddress address = conversations.address(commandServer);
        return beaconed ? List.of(new Endpoint(address, COMMAND_PORT, "tcp")) : List.of();
    }

    /** Looks for telnet everywhere; one in a hundred hosts is there, a few refuse. */
    private final class Scan implements Actor {
        private final int number;
        private final SplittableRandom random;
        private final int port;

        Scan(int number, SplittableRandom random) {
            this.number = number;
            this.random = random;
            port = Ports.tcp(random);
        }

        @Override
        public long act(Stage stage) {
            Packet packet = stage.packet;
            int service = random.nextInt(10) == 0 ? 2_323 : 23;
            Ends ends = conversations.outward(infected[number], port, Conversations.visitor(random), service, false);
            int fate = random.nextInt(100);
            if (fate < 5) {
                TcpFlow.Outcome outcome = fate == 0 ? TcpFlow.Outcome.ESTABLISHED : TcpFlow.Outcome.REFUSED;
                stage.add(
                        stage.now,
                        new TcpFlow(ends, TcpScript.OTHER, outcome, random.split())
                                .sending(1, 0, 0)
                                .startingAt((int) ends.serverLow()));
            } else {
                ends.begin(packet, true, Protocols.TCP, random.nextInt());
                packet.tcpFlags = TcpFlags.SYN;
                packet.tcpSequence = (int) ends.serverLow();
                packet.tcpWindow = random.nextInt(1 << 16);
                stage.send();
                note(number, SCANNING, stage.now);
                note(number, SCAN_TOOL_FINGERPRINT, stage.now);
            }
            return stage.now + (long) (random.nextExponential() * NANOS_PER_SECOND / PROBES_PER_SECOND);
        }
    }

    /** Reports to the command server. */
    private final class Beacons implements Actor {
        private final int number;
        private final SplittableRandom random;

        Beacons(int number, SplittableRandom random) {
            this.number = number;
            this.random = random;
        }

        @Override
        public long act(Stage stage) {
            Ends ends = conversations.outward(infected[number], Ports.tcp(random), commandServer, COMMAND_PORT, false);
            stage.add(
                    stage.now,
                    new TcpFlow(ends, TcpScript.OTHER, TcpFlow.Outcome.ESTABLISHED, random.split()).sending(1, 40, 60));
            note(number, BEACONING, stage.now);
            beaconed = true;
            return stage.now + (long) (BEACON_NANOS * (0.95 + 0.1 * random.nextDouble()));
        }
    }
}
