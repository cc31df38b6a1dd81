package levee.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs that run as processes of their own. */
final class Processes {
    private Processes() {}

    /** Levee, as it was built just now. */
    static ProcessBuilder levee(String... arguments) {
        return java(Main.class, arguments);
    }

    /** A program, or what a test must do in a process of its own. */
    static ProcessBuilder java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
