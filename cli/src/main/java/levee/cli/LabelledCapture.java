package levee.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import levee.engine.PlainInput;
import levee.evaluation.HostTruth;
import levee.evaluation.KnownHost.Condition;
import levee.evaluation.LabelledHosts;
import levee.logs.LabelledFlow;
import levee.logs.LabelledFlows;
import levee.logs.LabelledFlows.Count;
import levee.model.Endpoint;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Protocols;

/** Truth about hosts from logs whose flows are labelled: a file, or a folder of them. */
final class LabelledCapture {
    private final LabelledHosts hosts;
    private long labelled;
    private long unlabelled;

    private LabelledCapture(LabelledHosts hosts) {
        this.hosts = hosts;
    }

    /**
     * Reads what is there; empty where it is no log of connections.
     *
     * @param networks the own ones
     * @throws IOException if it cannot be read, or is a log without labels; the message says so
     */
    static Optional<HostTruth> read(Path path, List<Prefix> networks) throws IOException {
        String name = path.toAbsolutePath().normalize().getFileName().toString();
        LabelledCapture capture = new LabelledCapture(new LabelledHosts(name, networks));
        for (Path file : files(path)) {
            capture.add(file);
        }
        if (capture.labelled > 0) {
            return Optional.of(capture.hosts.truth());
        }
        if (capture.unlabelled > 0) {
            throw new IOException("none of its flows has a label");
        }
        if (Files.isDirectory(path)) {
            throw new IOException("there is no log of connections with labels in this folder");
        }
        return Optional.empty();
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void add(Path file) throws IOException {
        try (InputStream in = PlainInput.open(file)) {
            Count count = LabelledFlows.read(in, this::add);
            labelled += count.labelled();
            unlabelled += count.unlabelled();
        }
    }

    private void add(LabelledFlow flow) {
        hosts.flow(
                flow.startNanos,
                new IpAddress(flow.initiatorHigh, flow.initiatorLow),
                switch (flow.label.verdict()) {
                    case MALICIOUS -> Condition.INFECTED;
                    case NORMAL -> Condition.BENIGN;
                    case UNKNOWN -> Condition.UNKNOWN;
                },
                flow.label.behaviour(),
                flow.label.toCommandServer()
                        ? Optional.of(new Endpoint(
                                new IpAddress(flow.responderHigh, flow.responderLow),
                                flow.responderPort,
                                Protocols.name(flow.protocol)))
                        : Optional.empty());
    }
}
