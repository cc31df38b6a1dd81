package levee.cli;

import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** The arguments of a command, told apart. */
final class Arguments {
    private Arguments() {}

    /**
     * Tells options from what else is given.
     *
     * @param options all with long names
     * @throws UsageException if there is an option that is not among {@code options}, or one without its value
     */
    static CommandLine parse(Options options, List<String> arguments) throws UsageException {
        try {
            return DefaultParser.builder()
                    .setAllowPartialMatching(false)
                    .get()
                    .parse(options, arguments.toArray(String[]::new));
        } catch (UnrecognizedOptionException e) {
            List<String> known = options.getOptions().stream()
                    .map(o -> "--" + o.getLongOpt())
                    .toList();
            throw new UsageException(
                    "there is no option '" + e.getOption() + "'." + Suggestion.among(e.getOption(), known));
        } catch (ParseException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** @throws UsageException that names all problems, if there are any */
    static void refuse(List<String> problems) throws UsageException {
        if (!problems.isEmpty()) {
            throw new UsageException(String.join("; ", problems));
        }
    }
}
