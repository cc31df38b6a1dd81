package levee.domain;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts, for lines of a host (or a host and a day, without a space) and a name that it asked for, the different registrable
 * names and those that look generated; then lists the latter.
 */
final class NameScores {
    private NameScores() {}

    public static void main(String[] arguments) throws IOException {
        NameModel model = new NameModel();
        Map<String, Map<String, Float>> hosts = new TreeMap<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.ISO_8859_1));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int space = line.indexOf(' ');
            if (space > 0) {
                byte[] name = line.substring(space + 1).strip().getBytes(StandardCharsets.ISO_8859_1);
                int start = RegistrableName.start(name, 0, name.length);
                String registrable = new String(name, start, name.length - start, StandardCharsets.ISO_8859_1);
                hosts.computeIfAbsent(line.substring(0, space), host -> new TreeMap<>())
                        .put(registrable, model.score(name, 0, name.length));
            }
        }
        hosts.forEach((host, names) -> {
            StringBuilder generated = new StringBuilder();
            long count = 0;
            for (Map.Entry<String, Float> name : names.entrySet()) {
                if (name.getValue() > NameModel.onePercentDecibans()) {
                    generated.append(String.format(Locale.ROOT, " %s %.0f", name.getKey(), name.getValue()));
                    count++;
                }
            }
            System.out.printf(
                    Locale.ROOT, "%s: %d names, %d look generated:%s%n", host, names.size(), count, generated);
        });
    }
}
