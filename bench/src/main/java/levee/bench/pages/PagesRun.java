package levee.bench.pages;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What {@code bench/pages} measures; see there. */
final class PagesRun {
    private static final int FINDINGS = 1_000;
    private static final int CHANGES_A_SECOND = 100;

    private final PrintStream out = System.out;
    private final boolean isQuick;
    private final int viewers;
    private final Path folder;

    private PagesRun(boolean isQuick, int viewers, Path folder) {
        this.isQuick = isQuick;
        this.viewers = viewers;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> options = List.of(arguments);
        int at = options.indexOf("--viewers");
        int viewers = at < 0 ? 100 : Integer.parseInt(options.get(at + 1));
        Path folder = Files.createTempDirectory("levee-bench");
        try {
            new PagesRun(options.contains("--quick"), viewers, folder).run();
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private void run() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx1536m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PageServer.class.getName(),
                        folder.toString(),
                        String.valueOf(FINDINGS),
                        String.valueOf(CHANGES_A_SECOND))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
                OutputStream questions = process.getOutputStream()) {
            int port = Integer.parseInt(String.valueOf(answers.readLine()));
            out.println("| what | measured | aim |");
            out.println("| --- | ---: | ---: |");
            measureViewers(port, questions, answers);
            measureVisits(port);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private void measureViewers(int port, OutputStream questions, BufferedReader answers)
            throws IOException, InterruptedException {
        int seconds = isQuick ? 10 : 60;
        try (Viewers watching = new Viewers(port, viewers)) {
            Thread.sleep(isQuick ? 10_000 : 60_000);
            long events = watching.events();
            long bytes = watching.bytes();
            double watched = share(seconds, questions, answers);
            double each = (double) (watching.events() - events) / viewers / seconds;
            double kilobytes = (watching.bytes() - bytes) / 1e3 / viewers / seconds;
            out.printf(
                    Locale.ROOT,
                    "| processor time of the server with %d viewers, %d attacks, %d changes/s | %.1f %% of a core | 5"
                            + " %% |%n",
                    viewers,
                    FINDINGS,
                    CHANGES_A_SECOND,
                    watched * 100);
            out.printf(Locale.ROOT, "| sent to each viewer, in a second | %.1f events, %.1f kB | |%n", each, kilobytes);
        }
        // It notices that they have gone when it wants to tell them something.
        Thread.sleep(3_000);
        double alone = share(seconds, questions, answers);
        out.printf(
                Locale.ROOT, "| processor time of the server without viewers | %.1f %% of a core | |%n", alone * 100);
    }

    /** Processor time of the server by time. */
    private static double share(int seconds, OutputStream questions, BufferedReader answers)
            throws IOException, InterruptedException {
        long cpu = cpuNanos(questions, answers);
        long time = System.nanoTime();
        Thread.sleep(seconds * 1_000L);
        return (double) (cpuNanos(questions, answers) - cpu) / (System.nanoTime() - time);
    }

    private static long cpuNanos(OutputStream questions, BufferedReader answers) throws IOException {
        questions.write('\n');
        questions.flush();
        return Long.parseLong(String.valueOf(answers.readLine()));
    }

    private void measureVisits(int port) throws IOException, InterruptedException {
        String program = System.getProperty("levee.chromium", "");
        if (program.isEmpty()) {
            out.println("| page weight and first view | Chromium is not installed | |");
            return;
        }
        List<Visit.Result> results = new ArrayList<>();
        try (Visit visit = new Visit(program, folder.resolve("profile"))) {
            for (int i = 0; i < (isQuick ? 3 : 10); i++) {
                results.add(visit.first("http://127.0.0.1:" + port + "/"));
            }
        }
        Visit.Result typical = results.get(results.size() / 2);
        List<Double> paints =
                results.stream().map(Visit.Result::firstPaintMillis).sorted().toList();
        out.printf(
                Locale.ROOT,
                "| first visit of the overview, nothing cached | %.0f kB in %d requests | 300 kB |%n",
                typical.bytes() / 1e3,
                typical.requests());
        out.printf(
                Locale.ROOT,
                "| until something is seen: median of %d, most | %.0f ms, %.0f ms | 1 s |%n",
                paints.size(),
                paints.get(paints.size() / 2),
                paints.getLast());
    }
}
