package levee.cli;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import levee.drill.Scenario;
import levee.model.Prefix;
import org.apache.commons.cli.CommandLine;

/**
 * What {@code levee serve --drill} does.
 *
 * @param serve the settings of the service that receives the drill
 * @param isTemporary whether the folder of data is to be deleted at the end
 * @param notes what differs from what one would expect
 */
record DrillSettings(DrillScenarios scenarios, ServeSettings serve, boolean isTemporary, List<String> notes) {
    static final String OPTION = "drill";

    /** Marks a folder of data that holds nothing of a real network. */
    private static final String MARK = "drill";

    DrillSettings {
        notes = List.copyOf(notes);
    }

    /** @throws UsageException if it makes no sense */
    static DrillSettings of(CommandLine line) throws UsageException {
        List<String> problems = new ArrayList<>();
        refuse(line, "config", "the settings of a drill are its own", problems);
        refuse(line, "capture", "a drill must not mix with the traffic of a real network", problems);
        refuse(line, "networks", "the networks of a drill are its own", problems);
        List<String> notes = new ArrayList<>();
        Optional<DrillScenarios> scenarios = scenarios(line.getOptionValue(OPTION), problems, notes);
        Optional<Path> data = Arguments.path(line, "data");
        data.ifPresent(folder -> check(folder, problems));

        ServeSettingsBuilder builder = new ServeSettingsBuilder();
        builder.drill(yaml(), scenarios.map(DrillScenarios::name).orElse(""));
        builder.web(Optional.ofNullable(line.getOptionValue("web"))
                .orElseGet(() -> free(ServeSettingsBuilder.WEB, DrillSettings::isFreeForTcp, notes)));
        builder.flows(Optional.ofNullable(line.getOptionValues("flows"))
                .map(List::of)
                .orElseGet(() -> List.of(free(ServeSettingsBuilder.FLOWS, DrillSettings::isFreeForUdp, notes))));
        ServeSettings settings = builder.build();
        problems.addAll(builder.problems());
        check(settings, problems);
        Arguments.refuse(problems);

        Path folder = data.isPresent() ? data.get() : temporaryFolder();
        builder.data(folder.toString());
        return new DrillSettings(scenarios.orElseThrow(), builder.build(), data.isEmpty(), notes);
    }

    private static void refuse(CommandLine line, String option, String reason, List<String> problems) {
        if (line.hasOption(option)) {
            problems.add("--" + option + " does not go with --drill: " + reason);
        }
    }

    private static Optional<DrillScenarios> scenarios(String name, List<String> problems, List<String> notes) {
        if (name == null || name.equals(DrillScenarios.DAY)) {
            return Optional.of(DrillScenarios.days());
        }
        if (name.equals(DrillScenarios.OUTBREAK)) {
            return Optional.of(DrillScenarios.outbreaks());
        }
        ScenarioBuilder builder = new ScenarioBuilder();
        builder.read(Path.of(name));
        Optional<Scenario> scenario = builder.build(ScenarioBuilder.Drawn.NOTHING);
        problems.addAll(builder.problems());
        scenario.map(builder::unplayed).ifPresent(notes::addAll);
        return scenario.map(played -> DrillScenarios.file(Path.of(name), played));
    }

    /** Findings that are made up must not come among real ones. */
    private static void check(Path data, List<String> problems) {
        if (data.toAbsolutePath().normalize().equals(Path.of(ServeSettingsBuilder.usualFolder()))
                || Files.exists(data.resolve("levee.db")) && !Files.exists(data.resolve(MARK))) {
            problems.add("--data " + data + " is for a real network, whose findings must not mix with those of a drill;"
                    + " name another folder, or none");
        }
    }

    private static void check(ServeSettings settings, List<String> problems) {
        if (!settings.web().getAddress().isLoopbackAddress()) {
            problems.add("--web: a drill is shown on this machine only, such as on 127.0.0.1:8080");
        }
        if (settings.flows().size() != 1
                || !(settings.flows().getFirst().getAddress() instanceof Inet4Address address)
                || !address.isLoopbackAddress()) {
            problems.add("--flows: a drill sends to one port of 127.0.0.1, such as 127.0.0.1:2055");
        }
    }

    /** What a file of settings would say. */
    static String yaml() {
        return "networks: ["
                + String.join(
                        ", ",
                        Scenario.networks().stream()
                                .map(Prefix::toString)
                                .map(prefix -> '"' + prefix + '"')
                                .toList())
                + "]\n" + DrillScenarios.GROUPS + DrillRouters.exporters();
    }

    private interface Check {
        boolean isFree(InetAddress address, int port);
    }

    /** The usual port, or any that is free. */
    private static String free(String usual, Check check, List<String> notes) {
        int colon = usual.lastIndexOf(':');
        int port = Integer.parseInt(usual.substring(colon + 1));
        if (check.isFree(InetAddress.getLoopbackAddress(), port)) {
            return usual;
        }
        notes.add("port " + port + " is taken, so another one is used");
        return usual.substring(0, colon) + ":0";
    }

    private static boolean isFreeForTcp(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, address)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isFreeForUdp(InetAddress address, int port) {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, port))) {
            return socket.isBound();
        } catch (SocketException e) {
            return false;
        }
    }

    private static Path temporaryFolder() throws UsageException {
        try {
            return Files.createTempDirectory("levee-drill-");
        } catch (IOException e) {
            throw new UsageException(
                    "cannot make a temporary folder for data: " + e.getMessage() + "; name one with --data");
        }
    }

    /** Says in the folder of data that it is a drill's. */
    void mark() throws IOException {
        Files.createDirectories(serve.data());
        Files.writeString(serve.data().resolve(MARK), "What is kept here is of a drill: made-up traffic.\n");
    }
}
