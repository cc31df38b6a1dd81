package levee.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What was learned, as text for people: a table for the networks, one for targets, one for what would have alarmed. */
final class LearnedText {
    private static final int MOST_ROWS = 20;
    private static final int MINUTES_PER_HOUR = 60;
    private static final int MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR;
    private static final int WIDTH = 100;

    private final StringBuilder text = new StringBuilder();

    private LearnedText() {}

    /** @param report as GET /api/v1/learning tells it */
    static String of(JsonNode report) {
        LearnedText text = new LearnedText();
        text.write(report);
        return text.text.toString();
    }

    private void write(JsonNode report) {
        long minutes = report.path("minutes").asLong(0);
        line("Seen " + lasted(minutes)
                + (report.path("since").isString()
                        ? " since " + report.path("since").asString()
                        : "")
                + (report.path("enough").asBoolean(false)
                        ? "."
                        : ". Less than a week is little: what comes once a week may be missing."));
        if (!report.path("networks_configured").asBoolean(true)) {
            line("Nobody said which networks are the own ones, so the private ranges stand in (networks, in"
                    + " levee.yaml).");
        }
        networks(report.path("networks"));
        targets(report.path("targets"));
        alarms(report.path("would_have_alarmed"));
        line("");
        line("HOW");
        report.path("how").forEach(sentence -> wrapped(sentence.asString("")));
    }

    private static String lasted(long minutes) {
        if (minutes < 2 * MINUTES_PER_HOUR) {
            return minutes + (minutes == 1 ? " minute" : " minutes");
        }
        return minutes < 2 * MINUTES_PER_DAY
                ? minutes / MINUTES_PER_HOUR + " hours"
                : minutes / MINUTES_PER_DAY + " days";
    }

    private void networks(JsonNode networks) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("NETWORK", "", "", "median", "95 %", "99 %", "maximum", "threshold?"));
        for (JsonNode network : networks) {
            for (String direction : List.of("inbound", "outbound")) {
                for (String unit : List.of("packets_per_second", "bits_per_second")) {
                    JsonNode span = network.path(direction).path(unit);
                    boolean isFirst = rows.size() % 4 == 1;
                    String shortUnit = unit.startsWith("packets") ? "pps" : "bit/s";
                    rows.add(List.of(
                            isFirst ? network.path("network").asString("") : "",
                            shortUnit.equals("pps") ? direction : "",
                            shortUnit,
                            rate(span.path("median")),
                            rate(span.path("percentile_95")),
                            rate(span.path("percentile_99")),
                            rate(span.path("maximum")),
                            rate(span.path("suggested_threshold"))));
                }
            }
        }
        table(rows, 3);
    }

    private void targets(JsonNode targets) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("TARGET", "could be", "minutes", "usual pps", "highest", "alarms from"));
        for (JsonNode target : targets) {
            rows.add(List.of(
                    target.path("target").asString(""),
                    target.path("vector").asString(""),
                    String.valueOf(target.path("minutes").asLong(0)),
                    rate(target.path("usual_packets_per_second")),
                    rate(target.path("highest_packets_per_second")),
                    rate(target.path("alarms_from_packets_per_second"))));
        }
        table(rows, 2);
    }

    private void alarms(JsonNode alarms) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("WOULD HAVE ALARMED", "on", "times", "highest pps", "highest bit/s"));
        for (JsonNode alarm : alarms) {
            rows.add(List.of(
                    alarm.path("vector").asString(""),
                    alarm.path("target").asString(""),
                    String.valueOf(alarm.path("count").asLong(0)),
                    rate(alarm.path("highest_packets_per_second")),
                    rate(alarm.path("highest_bits_per_second"))));
        }
        table(rows, 2);
    }

    /** @param left columns that are flush left */
    private void table(List<List<String>> rows, int left) {
        line("");
        List<List<String>> shown = rows.subList(0, Math.min(rows.size(), 1 + MOST_ROWS));
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : shown) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (List<String> row : shown) {
            StringBuilder cells = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String pad = " ".repeat(widths[column] - row.get(column).length());
                cells.append(column < left ? row.get(column) + pad : pad + row.get(column))
                        .append("  ");
            }
            line(cells.toString().stripTrailing());
        }
        if (rows.size() == 1) {
            line("none");
        } else if (rows.size() > shown.size()) {
            line("and " + (rows.size() - shown.size()) + " more; --format json has them");
        }
    }

    private static String rate(JsonNode number) {
        double value = number.asDouble(0);
        for (String unit : List.of("", "k", "M", "G")) {
            if (value < 1_000) {
                return String.format(Locale.ROOT, value < 10 && value > 0 ? "%.1f%s" : "%.0f%s", value, unit);
            }
            value /= 1_000;
        }
        return String.format(Locale.ROOT, "%.0fT", value);
    }

    private void wrapped(String sentence) {
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ", -1)) {
            if (line.length() + word.length() > WIDTH) {
                line(line.toString().stripTrailing());
                line.setLength(0);
            }
            line.append(word).append(' ');
        }
        line(line.toString().stripTrailing());
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
