package levee.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import levee.engine.PlainInput;
import levee.model.IpAddress;
import levee.origin.OriginImporter;
import levee.origin.OriginTable;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code levee asn}: which autonomous systems addresses belong to. */
final class AsnCommand implements Command {
    private static final int EXIT_FAILED = 1;
    private static final int EXIT_EMPTY = 3;

    private static final String HELP = """
        Usage: levee asn import FILE... [--data DIR]
               levee asn show ADDRESS [--data DIR]
        Tells findings which autonomous systems attacks come from. import makes one compact table of the free ones of
        others, plain or compressed with gzip, xz or zstd, and puts it into the folder for data, where levee serve
        uses it. Files of one kind for IPv4 and IPv6 are given together. Kinds, told by each line:
          start TAB end TAB number TAB country TAB name    iptoasn
          prefix TAB length TAB number                     pfx2as of CAIDA and RouteViews
          network,number,"name"                            GeoLite2 ASN as CSV
        show says which system an address belongs to.

        Options:
              --data DIR    the folder; default: ~/.local/state/levee, as for levee serve
          -h, --help        show this

        Exit codes:
          0  it was done
          1  a file could not be read, or the table could not be written
          2  the command was called wrongly
          3  there was no range in the files; the table stays as it was. Or: the address belongs to no system

        Examples:
          levee asn import ip2asn-combined.tsv.gz
          levee asn show 192.0.2.1
        """;

    private static final Options OPTIONS =
            new Options().addOption(Option.builder().longOpt("data").hasArg().get());

    @Override
    public String name() {
        return "asn";
    }

    @Override
    public String help() {
        return HELP;
    }

    @Override
    public int run(List<String> arguments) throws UsageException {
        CommandLine line = Arguments.parse(OPTIONS, arguments);
        List<String> words = new ArrayList<>(line.getArgList());
        String action = words.isEmpty() ? "" : words.removeFirst();
        Path data = Path.of(line.getOptionValue("data", ServeSettingsBuilder.usualFolder()));
        return switch (action) {
            case "import" -> {
                if (words.isEmpty()) {
                    throw new UsageException("no FILE is given");
                }
                yield load(words.stream().map(Path::of).toList(), data);
            }
            case "show" -> {
                if (words.size() != 1) {
                    throw new UsageException("give one ADDRESS");
                }
                yield show(words.getFirst(), data);
            }
            default -> throw new UsageException("it is import or show, not '" + action + "'");
        };
    }

    private static int load(List<Path> files, Path data) {
        OriginImporter importer = new OriginImporter();
        StatusLine status = new StatusLine(System.err, System::nanoTime);
        status.begin();
        for (Path file : files) {
            try (InputStream in = PlainInput.open(file)) {
                importer.read(in, lines -> {
                    if (Terminal.showsProgress()) {
                        status.due().ifPresent(seconds -> status.show(count(lines) + " lines of " + file));
                    }
                });
            } catch (IOException e) {
                status.erase();
                System.err.println("levee asn: cannot read " + file + ": "
                        + (e instanceof NoSuchFileException ? "there is no such file" : e.getMessage()));
                return EXIT_FAILED;
            }
        }
        status.erase();
        if (importer.damaged() > 0) {
            System.err.println("levee asn: of " + count(importer.lines()) + " lines, " + count(importer.damaged())
                    + " say nothing that is known here; the first is: " + importer.firstDamage());
        }
        if (importer.ranges() == 0) {
            System.err.println("levee asn: the files hold no range of addresses; the table stays as it was");
            return EXIT_EMPTY;
        }
        OriginTable table = importer.build();
        try {
            OriginFile.save(table, data);
        } catch (IOException e) {
            System.err.println(Output.message(OriginFile.in(data).toString(), e));
            return EXIT_FAILED;
        }
        System.out.println(count(importer.ranges()) + " ranges of " + count(table.systems())
                + " autonomous systems are in " + OriginFile.in(data));
        return 0;
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static int show(String text, Path data) throws UsageException {
        IpAddress address;
        try {
            address = IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        try {
            OriginTable table = OriginFile.load(data);
            if (table.isEmpty()) {
                System.err.println("levee asn: there is no table in " + data + "; make one with levee asn import");
                return EXIT_FAILED;
            }
            int system = table.find(address.high(), address.low());
            if (system == OriginTable.NONE) {
                System.out.println(address + " belongs to no autonomous system that is known here");
                return EXIT_EMPTY;
            }
            System.out.println(address + " AS" + table.number(system) + " " + table.name(system));
            return 0;
        } catch (IOException e) {
            System.err.println("levee asn: cannot use " + OriginFile.in(data) + ": " + e.getMessage());
            return EXIT_FAILED;
        }
    }
}
