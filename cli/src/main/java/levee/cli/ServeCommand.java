package levee.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code levee serve}: guards a network by what its routers export. */
final class ServeCommand implements Command {
    private static final int EXIT_FAILED = 1;

    private static final String HELP = """
        Usage: levee serve [OPTION...]
        Receives NetFlow v5 and v9, IPFIX and sFlow from routers, looks for attacks and infected hosts in them, and
        serves what it finds over HTTP. Without any option it listens on this machine only: for flows on 127.0.0.1:2055, for browsers and
        programs on http://127.0.0.1:8080. Stop it with Ctrl-C. At the signal SIGHUP it reads its settings again.

        Options:
              --config FILE      settings as YAML; examples/levee.yaml explains each. Options come before it.
              --data DIR         folder for what must survive a restart; default: ~/.local/state/levee
              --web HOST:PORT    where the HTTP interface listens; default: 127.0.0.1:8080
              --flows HOST:PORT  where exporters send to, all formats on one port; again for each;
                                 default: 127.0.0.1:2055. Beyond this machine the exporters must be listed.
              --capture INPUT    packets besides, as pcap or pcapng: a FIFO, which is opened again when its writer ends,
                                 or - for standard input; again for each
              --networks CIDR[,CIDR...]
                                 the own networks, by which inbound is told from outbound; default: private ranges
              --drill [SCENARIO] guard a network that is made up, on this machine only: three routers export its
                                 traffic and the attacks on it, in real time, and each attack is announced.
                                 SCENARIO is a file as of levee drill --scenario, or day or outbreak, which go on for
                                 ever; outbreak infects own hosts; default: day. Data are deleted at the end, unless --data names a folder for them.
                                 Does not go with --config, --capture and --networks.
          -h, --help             show this

        Exit codes:
          1         it could not start, or had to stop
          2         the command was called wrongly
          130, 143  it was stopped by Ctrl-C, or by a signal

        Examples:
          levee serve
          levee serve --drill
          levee serve --config /etc/levee.yaml
          levee serve --flows 127.0.0.1:2055 --flows 127.0.0.1:6343 --networks 192.0.2.0/24,2001:db8::/32
          tcpdump -i eth0 -U -w - | levee serve --capture -
          curl 'http://127.0.0.1:8080/api/v1/findings?state=open'
        """;

    private static final Options OPTIONS = new Options()
            .addOption(Option.builder().longOpt("config").hasArg().get())
            .addOption(Option.builder()
                    .longOpt(DrillSettings.OPTION)
                    .optionalArg(true)
                    .hasArg()
                    .get())
            .addOption(Option.builder().longOpt("data").hasArg().get())
            .addOption(Option.builder().longOpt("web").hasArg().get())
            .addOption(Option.builder().longOpt("flows").hasArg().get())
            .addOption(Option.builder().longOpt("capture").hasArg().get())
            .addOption(Option.builder().longOpt("networks").hasArg().get());

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String help() {
        return HELP;
    }

    @Override
    public int run(List<String> arguments) throws UsageException {
        CommandLine line = line(arguments);
        return line.hasOption(DrillSettings.OPTION) ? drill(DrillSettings.of(line)) : serve(arguments);
    }

    private static int serve(List<String> arguments) throws UsageException {
        ServeSettingsBuilder builder = builder(line(arguments));
        ServeSettings settings = builder.build();
        Arguments.refuse(builder.problems());
        builder.notes().forEach(ServeCommand::say);
        try {
            LiveService service = LiveService.start(settings, ServeCommand::say);
            Reload reload = new Reload(() -> again(arguments), service, ServeCommand::say);
            HangUp.listen(reload::run);
            Runtime.getRuntime().addShutdownHook(new Thread(service::close));
            service.awaitFailure().ifPresent(ServeCommand::say);
            service.close();
        } catch (StartException e) {
            say(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return EXIT_FAILED;
    }

    private static int drill(DrillSettings settings) {
        try {
            DrillService service = DrillService.start(settings, System.err::println);
            Runtime.getRuntime().addShutdownHook(new Thread(service::close));
            service.awaitFailure().ifPresent(ServeCommand::say);
            service.close();
        } catch (StartException e) {
            say(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return EXIT_FAILED;
    }

    private static void say(String line) {
        System.err.println("levee: " + line);
    }

    /** What was right once about the options still is. */
    private static ServeSettingsBuilder again(List<String> arguments) {
        try {
            return builder(line(arguments));
        } catch (UsageException e) {
            throw new IllegalStateException(e);
        }
    }

    static CommandLine line(List<String> arguments) throws UsageException {
        CommandLine line = Arguments.parse(OPTIONS, arguments);
        if (!line.getArgList().isEmpty()) {
            throw new UsageException("'" + line.getArgList().get(0) + "' belongs to no option");
        }
        return line;
    }

    private static ServeSettingsBuilder builder(CommandLine line) {
        ServeSettingsBuilder builder = new ServeSettingsBuilder();
        Optional.ofNullable(line.getOptionValue("config")).map(Path::of).ifPresent(builder::read);
        Optional.ofNullable(line.getOptionValue("data")).ifPresent(builder::data);
        Optional.ofNullable(line.getOptionValue("web")).ifPresent(builder::web);
        Optional.ofNullable(line.getOptionValue("networks")).ifPresent(builder::networks);
        Optional.ofNullable(line.getOptionValues("flows")).map(List::of).ifPresent(builder::flows);
        Optional.ofNullable(line.getOptionValues("capture")).map(List::of).ifPresent(builder::captures);
        return builder;
    }
}
