package levee.server;

/** The text format of Prometheus, version 0.0.4. */
final class MetricText {
    private final StringBuilder text = new StringBuilder(4_096);
    private String name = "";

    /** Begins a metric that only grows. */
    MetricText counter(String metric, String help) {
        return begin(metric, help, "counter");
    }

    /** Begins a metric that goes up and down. */
    MetricText gauge(String metric, String help) {
        return begin(metric, help, "gauge");
    }

    /** Begins a histogram: its buckets follow, and then its end. */
    MetricText histogram(String metric, String help) {
        return begin(metric, help, "histogram");
    }

    private MetricText begin(String metric, String help, String type) {
        name = metric;
        text.append("# HELP ").append(metric).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(metric).append(' ').append(type).append('\n');
        return this;
    }

    /** @param labels names and values by turns */
    MetricText sample(double value, String... labels) {
        line(name, value, labels);
        return this;
    }

    void bucket(long upTo, double boundSeconds) {
        line(name + "_bucket", upTo, "le", number(boundSeconds));
    }

    void histogramEnd(long count, double sum) {
        line(name + "_bucket", count, "le", "+Inf");
        line(name + "_sum", sum);
        line(name + "_count", count);
    }

    private void line(String series, double value, String... labels) {
        text.append(series);
        for (int i = 0; i < labels.length; i += 2) {
            text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
            escape(labels[i + 1]);
            text.append('"');
        }
        text.append(labels.length == 0 ? " " : "} ").append(number(value)).append('\n');
    }

    private void escape(String label) {
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '"' -> text.append("\\\"");
                case '\n' -> text.append("\\n");
                default -> text.append(c);
            }
        }
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        // Whole numbers without an exponent, as far as they are exact.
        return value == Math.rint(value) && Math.abs(value) < 0x1p53
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
