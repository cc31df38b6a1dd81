package levee.bench.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import levee.bench.live.Peer.Received;
import levee.bench.live.Sender.Sent;
import levee.flowexport.ExportFormat;

/** What {@code bench/ingest} runs: it sends the same load to one collector after another, and prints a table. */
final class IngestRun {
    private static final double WARM_UP_SECONDS = 5;

    private final List<String> peers;
    private final List<String> loads;
    private final List<Integer> rates;
    private final List<Integer> sampleRates;
    private final double seconds;
    private final Path launcher;
    private final Optional<Path> configuration;
    private final Path folder;

    private IngestRun(Options options, Path folder) {
        this.folder = folder;
        peers = options.list("--peers", "sink,levee,nfcapd,fastnetmon");
        loads = options.list("--loads", "v9-1,v9-8,sflow-1");
        boolean quick = options.has("--quick");
        rates = numbers(options.list("--rates", quick ? "500000,2000000" : "250000,500000,1000000,2000000,4000000"));
        sampleRates = numbers(options.list("--sample-rates", quick ? "100000,500000" : "100000,250000,500000,1000000"));
        seconds = Double.parseDouble(options.value("--seconds").orElse(quick ? "2" : "10"));
        launcher = Path.of(options.value("--launcher").orElseThrow());
        configuration = options.value("--config").map(Path::of);
    }

    public static void main(String[] arguments) throws Exception {
        try (Scratch scratch = new Scratch()) {
            new IngestRun(new Options(arguments), scratch.folder()).run();
        }
    }

    private static List<Integer> numbers(List<String> texts) {
        return texts.stream().map(Integer::parseInt).toList();
    }

    private void run() throws IOException, InterruptedException {
        print("| load | collector | flows/s offered | datagrams/s offered | flows/s received | flows lost"
                + " | datagrams lost, by its count | kernel dropped | CPU s | cores |");
        print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (String name : loads) {
            String[] parts = name.split("-");
            ExportFormat format = switch (parts[0]) {
                case "v9" -> ExportFormat.NETFLOW_V9;
                case "sflow" -> ExportFormat.SFLOW;
                default -> throw new IllegalArgumentException("there is no load '" + name + "'");
            };
            int ports = Integer.parseInt(parts[1]);
            Load load = new Load(format);
            for (String peerName : peers) {
                Optional<String> missing = missing(peerName, format);
                if (missing.isPresent()) {
                    System.err.println(missing.get() + ": left out");
                } else {
                    measure(name, format, load, ports, peerName);
                }
            }
        }
    }

    private static Optional<String> missing(String peer, ExportFormat format) {
        return switch (peer) {
            case "nfcapd" -> Peer.missing(capd(format));
            case "fastnetmon" -> Peer.missing(peer);
            default -> Optional.empty();
        };
    }

    private static String capd(ExportFormat format) {
        return format == ExportFormat.SFLOW ? "sfcapd" : "nfcapd";
    }

    private Peer open(String name, ExportFormat format, Load load) throws IOException, InterruptedException {
        return switch (name) {
            case "sink" -> new Sink(load.flowsPerDatagram());
            case "levee" -> new LeveePeer(launcher, configuration, folder);
            case "nfcapd" -> new NfcapdPeer(capd(format), folder);
            case "fastnetmon" -> new FastNetMonPeer(format, folder);
            default -> throw new IllegalArgumentException("there is no collector '" + name + "'");
        };
    }

    private void measure(String name, ExportFormat format, Load load, int ports, String peerName)
            throws IOException, InterruptedException {
        List<Integer> steps = format == ExportFormat.SFLOW ? sampleRates : rates;
        System.err.println(name + ": " + peerName);
        try (Peer peer = open(peerName, format, load)) {
            Sender sender = new Sender(load, peer.address(), ports);
            try (sender) {
                peer.begin();
                sender.send((double) steps.getFirst() / load.flowsPerDatagram(), WARM_UP_SECONDS);
                peer.end();
                for (int rate : steps) {
                    peer.begin();
                    Sent sent = sender.send((double) rate / load.flowsPerDatagram(), seconds);
                    print(row(name, peer.name(), sent, peer.end()));
                    if (peerName.equals("sink")) {
                        System.err.printf(
                                Locale.ROOT,
                                "  the sender used %.2f cores at %,.0f flows/s%n",
                                sent.cpuSeconds() / sent.seconds(),
                                sent.flows() / sent.seconds());
                    }
                }
            }
        }
    }

    private static String row(String load, String peer, Sent sent, Received received) {
        // The sink cannot tell templates from flows.
        long lost = Math.max(0, sent.flows() - received.flows());
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,.0f | %,.0f | %,.0f | %.4f %% | %s | %,d | %.1f | %.2f |",
                load,
                peer,
                sent.flows() / sent.seconds(),
                sent.datagrams() / sent.seconds(),
                received.flows() / sent.seconds(),
                100.0 * lost / sent.flows(),
                text(received.lost()),
                received.kernelDrops(),
                received.cpuSeconds(),
                received.cpuSeconds() / sent.seconds());
    }

    private static String text(OptionalLong number) {
        return number.isPresent() ? String.format(Locale.ROOT, "%,d", number.getAsLong()) : "-";
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
