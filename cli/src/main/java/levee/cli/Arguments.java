package levee.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import levee.model.Suggestion;
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

    /** The file or folder that an option names, where it is given. */
    static Optional<Path> path(CommandLine line, String option) {
        return Optional.ofNullable(line.getOptionValue(option)).map(Path::of);
    }

    /**
     * The whole number that an option gives, where it is given.
     *
     * @param problems is told if it is none, or out of range
     */
    static Optional<Long> number(CommandLine line, String option, long least, long most, List<String> problems) {
        String text = line.getOptionValue(option);
        if (text == null) {
            return Optional.empty();
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return Optional.of(number);
            }
        } catch (NumberFormatException e) {
            // It is no better than one that is out of range.
        }
        problems.add("--" + option + ": '" + text + "' is not a whole number from " + least + " to " + most);
        return Optional.empty();
    }

    /** The constant that a text names, in capitals or not, with a hyphen between words. */
    static <E extends Enum<E>> Optional<E> constant(Class<E> kind, String text) {
        return Arrays.stream(kind.getEnumConstants())
                .filter(constant -> constant.name().replace('_', '-').equalsIgnoreCase(text))
                .findFirst();
    }

    /**
     * What the option {@code --format} asks for; the first of the formats where it is not given.
     *
     * @param problems is told if there is no such format
     */
    static <E extends Enum<E>> E format(CommandLine line, Class<E> formats, List<String> problems) {
        E first = formats.getEnumConstants()[0];
        String text = line.getOptionValue("format", first.name());
        return constant(formats, text).orElseGet(() -> {
            List<String> names = Arrays.stream(formats.getEnumConstants())
                    .map(format -> format.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .toList();
            int last = names.size() - 1;
            problems.add("there is no format '" + text + "'; there are " + String.join(", ", names.subList(0, last))
                    + " and " + names.get(last));
            return first;
        });
    }
}
