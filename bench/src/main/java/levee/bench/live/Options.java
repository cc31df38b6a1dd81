package levee.bench.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Options with or without a value. */
final class Options {
    private final List<String> arguments;

    Options(String... arguments) {
        this.arguments = new ArrayList<>(Arrays.asList(arguments));
    }

    boolean has(String name) {
        return arguments.contains(name);
    }

    Optional<String> value(String name) {
        int at = arguments.lastIndexOf(name);
        return at < 0 || at + 1 == arguments.size() ? Optional.empty() : Optional.of(arguments.get(at + 1));
    }

    List<String> list(String name, String usual) {
        return List.of(value(name).orElse(usual).split(","));
    }
}
