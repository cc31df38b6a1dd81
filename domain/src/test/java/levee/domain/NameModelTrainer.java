package levee.domain;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Learns the {@link NameModel} from lists of names, and says how well it knows families that it did not learn from.
 * docs/domain-names.md gives the command.
 */
final class NameModelTrainer {
    private static final int TREES = 80;
    /** One of so many names of people is left out. */
    private static final int PARTS = 5;

    private static final double FALSE_POSITIVES = 0.01;

    /** Families that put words together. Nothing is learned from them: it would be that words are bad. */
    private static final Set<String> WORDS = Set.of("gozi", "matsnu", "rovnix", "suppobox");

    private final List<byte[]> people;
    private final Map<String, List<byte[]>> families;

    private NameModelTrainer(List<byte[]> people, Map<String, List<byte[]>> families) {
        this.people = people;
        this.families = families;
    }

    /** A family's name without its version. */
    private static String kind(String family) {
        return family.replaceFirst("_.*", "");
    }

    private record Trained(LetterCounts counts, NameForest forest) {
        /** In ascending order. */
        double[] scores(List<byte[]> labels, NameFeatures features) {
            return labels.stream()
                    .mapToDouble(label -> {
                        features.measure(label, 0, label.length, counts);
                        return forest.sum(features.values);
                    })
                    .sorted()
                    .toArray();
        }
    }

    /** @param without the kind that is left out */
    private Trained train(String without, List<byte[]> good) {
        LetterCounts counts = new LetterCounts();
        good.forEach(label -> counts.add(label, 1));
        List<float[]> values = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        NameFeatures features = new NameFeatures();
        for (byte[] label : good) {
            counts.add(label, -1);
            features.measure(label, 0, label.length, counts);
            counts.add(label, 1);
            values.add(features.values.clone());
            weights.add(1.0);
        }
        List<List<byte[]>> others = families.entrySet().stream()
                .filter(family -> !kind(family.getKey()).equals(without) && !WORDS.contains(kind(family.getKey())))
                .map(Map.Entry::getValue)
                .toList();
        for (List<byte[]> labels : others) {
            for (byte[] label : labels) {
                features.measure(label, 0, label.length, counts);
                values.add(features.values.clone());
                weights.add((double) good.size() / others.size() / labels.size());
            }
        }
        boolean[] isGenerated = new boolean[values.size()];
        Arrays.fill(isGenerated, good.size(), isGenerated.length, true);
        ForestTrainer trainer = new ForestTrainer(
                values.toArray(float[][]::new),
                isGenerated,
                weights.stream().mapToDouble(Double::doubleValue).toArray());
        return new Trained(counts, trainer.grow(TREES));
    }

    /** A family that was left out: its scores, and those of people's names that were left out with it. */
    private record LeftOut(String family, double[] scores, double[] people) {
        boolean isOfWords() {
            return WORDS.contains(kind(family));
        }

        double limit() {
            return people[(int) Math.ceil(people.length * (1 - FALSE_POSITIVES)) - 1];
        }

        double found() {
            double limit = limit();
            return Arrays.stream(scores).filter(score -> score > limit).count() / (double) scores.length;
        }

        /** How often a name of the family scores higher than one of people. */
        double area() {
            double area = 0;
            for (double score : scores) {
                int below = lowerBound(people, score);
                area += (below + lowerBound(people, Math.nextUp(score))) / 2.0 / people.length;
            }
            return area / scores.length;
        }

        private static int lowerBound(double[] sorted, double value) {
            int low = 0;
            int high = sorted.length;
            while (low < high) {
                int middle = low + high >>> 1;
                if (sorted[middle] < value) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    /** Each family is judged by what was learned from other kinds and from other names of people. */
    private List<LeftOut> leaveOut() {
        Map<String, List<String>> kinds = new TreeMap<>();
        families.keySet()
                .forEach(family -> kinds.computeIfAbsent(kind(family), k -> new ArrayList<>())
                        .add(family));
        List<LeftOut> leftOut = new ArrayList<>();
        NameFeatures features = new NameFeatures();
        int part = 0;
        for (Map.Entry<String, List<String>> kind : kinds.entrySet()) {
            List<byte[]> good = new ArrayList<>();
            List<byte[]> held = new ArrayList<>();
            for (int i = 0; i < people.size(); i++) {
                (i % PARTS == part % PARTS ? held : good).add(people.get(i));
            }
            part++;
            Trained trained = train(kind.getKey(), good);
            double[] heldScores = trained.scores(held, features);
            for (String family : kind.getValue()) {
                leftOut.add(new LeftOut(
                        family, trained.scores(families.getOrDefault(family, List.of()), features), heldScores));
            }
        }
        return leftOut;
    }

    /** Slope and offset by which what the forest says becomes what is true of families left out (Platt 1999). */
    private static double[] calibration(List<LeftOut> leftOut) {
        double slope = 1;
        double offset = 0;
        for (int round = 0; round < 50; round++) {
            double[] sums = new double[5];
            for (LeftOut one : leftOut) {
                if (!one.isOfWords()) {
                    calibrate(sums, one.scores, 1, slope, offset);
                    calibrate(sums, one.people, 0, slope, offset);
                }
            }
            double determinant = sums[2] * sums[4] - sums[3] * sums[3];
            slope += (sums[0] * sums[4] - sums[1] * sums[3]) / determinant;
            offset += (sums[1] * sums[2] - sums[0] * sums[3]) / determinant;
        }
        return new double[] {slope, offset};
    }

    /** Adds the gradient and the curvature of the likelihood, in units of ten decibans. */
    private static void calibrate(double[] sums, double[] scores, int truth, double slope, double offset) {
        for (double score : scores) {
            double x = score / 10 * Math.log(10);
            double p = 1 / (1 + Math.exp(-(slope * x + offset)));
            double weight = 1.0 / scores.length;
            sums[0] += weight * (truth - p) * x;
            sums[1] += weight * (truth - p);
            sums[2] += weight * p * (1 - p) * x * x;
            sums[3] += weight * p * (1 - p) * x;
            sums[4] += weight * p * (1 - p);
        }
    }

    private static String table(List<LeftOut> leftOut, boolean words) {
        StringBuilder text =
                new StringBuilder("| family | names | area under the curve | found at 1 % |\n|---|---|---|---|\n");
        List<LeftOut> rows =
                leftOut.stream().filter(one -> one.isOfWords() == words).toList();
        for (LeftOut row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %,d | %.3f | %.3f |%n",
                    row.family,
                    row.scores.length,
                    row.area(),
                    row.found()));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "| **mean** | | %.3f | %.3f |%n",
                        rows.stream().mapToDouble(LeftOut::area).average().orElse(0),
                        rows.stream().mapToDouble(LeftOut::found).average().orElse(0)))
                .toString();
    }

    static List<byte[]> labels(Path file) {
        Set<String> labels = new LinkedHashSet<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.ISO_8859_1))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                byte[] name = line.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1);
                int start = RegistrableName.start(name, 0, name.length);
                int end = RegistrableName.labelEnd(name, start, name.length);
                String label = new String(name, start, end - start, StandardCharsets.ISO_8859_1);
                if (!label.isEmpty() && !label.startsWith("xn--")) {
                    labels.add(label);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return labels.stream()
                .map(label -> label.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** Arguments: the folder of lists, and the file to write the model to; without that it only says how right it is. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Map<String, List<byte[]>> families = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder.resolve("families"))) {
            files.forEach(file -> families.put(file.getFileName().toString().replace(".txt.gz", ""), labels(file)));
        }
        List<byte[]> people = new ArrayList<>(labels(folder.resolve("legit.txt.gz")));
        Collections.shuffle(people, new Random(7));
        NameModelTrainer trainer = new NameModelTrainer(people, families);
        List<LeftOut> leftOut = trainer.leaveOut();
        double[] calibration = calibration(leftOut);
        double offset = calibration[1] * 10 / Math.log(10);
        double onePercent = calibration[0]
                        * leftOut.stream().mapToDouble(LeftOut::limit).average().orElse(0)
                + offset;
        System.out.println(table(leftOut, false));
        System.out.println(table(leftOut, true));
        System.out.printf(
                Locale.ROOT,
                "%,d names of people, 1 %% of them above %.1f decibans; slope %.3f, offset %.2f%n",
                people.size(),
                onePercent,
                calibration[0],
                offset);
        if (arguments.length > 1) {
            Trained all = trainer.train("", people);
            try (DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[1]))))) {
                out.writeFloat((float) calibration[0]);
                out.writeFloat((float) offset);
                out.writeFloat((float) onePercent);
                LetterTable.write(all.counts, out);
                all.forest.write(out);
            }
        }
    }
}
