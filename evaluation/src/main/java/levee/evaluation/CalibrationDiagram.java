package levee.evaluation;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import levee.evaluation.Evaluation.ConfidenceScore;
import levee.model.Amounts;

/**
 * Draws how far confidence can be trusted, as SVG: what findings were said with to the right, the share of them that was
 * right upwards. On the diagonal confidence is a probability; below it, it promises too much.
 */
public final class CalibrationDiagram {
    private static final int LEFT = 64;
    private static final int TOP = 24;
    private static final int SIDE = 400;
    private static final int WIDTH = LEFT + SIDE + 40;
    private static final int HEIGHT = TOP + SIDE + 64;

    /** Of a normal distribution, between which 95 % lie. */
    private static final double Z = 1.96;

    private CalibrationDiagram() {}

    public static void write(Evaluation evaluation, OutputStream out) throws IOException {
        out.write(draw(evaluation).getBytes(StandardCharsets.UTF_8));
    }

    private static String draw(Evaluation evaluation) {
        StringBuilder svg = new StringBuilder();
        int findings = evaluation.confidence().stream()
                .mapToInt(ConfidenceScore::findings)
                .sum();
        svg.append("""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" \
            font-family="system-ui, sans-serif" font-size="13">
            <title>Calibration of confidence over %s</title>
            <rect width="100%%" height="100%%" fill="#fff"/>
            """.formatted(WIDTH, HEIGHT, WIDTH, HEIGHT, Amounts.count(findings, "finding")));
        for (int tenth = 0; tenth <= 10; tenth += 2) {
            double value = tenth / 10.0;
            svg.append(format(
                    "<path d=\"M%.1f %dV%dM%d %.1fH%d\" stroke=\"#ddd\" fill=\"none\"/>\n",
                    x(value), TOP, TOP + SIDE, LEFT, y(value), LEFT + SIDE));
            svg.append(text(x(value), TOP + SIDE + 20, "middle", format("%.1f", value)));
            svg.append(text(LEFT - 10, y(value) + 4, "end", format("%.1f", value)));
        }
        svg.append(format(
                "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"#999\" stroke-dasharray=\"6 5\"/>\n",
                x(0), y(0), x(1), y(1)));
        for (ConfidenceScore score : evaluation.confidence()) {
            if (score.findings() > 0) {
                point(svg, score);
            }
        }
        svg.append(text(LEFT + SIDE / 2.0, HEIGHT - 12, "middle", "confidence said, mean of each tenth"));
        svg.append(format(
                "<text transform=\"translate(18 %d) rotate(-90)\" text-anchor=\"middle\">share that was right</text>\n",
                TOP + SIDE / 2));
        return svg.append("</svg>\n").toString();
    }

    private static void point(StringBuilder svg, ConfidenceScore score) {
        double x = x(score.confidenceSum() / score.findings());
        double share = (double) score.right() / score.findings();
        double lowest = y(bound(share, score.findings(), -Z));
        svg.append(format(
                "<path d=\"M%.1f %.1fV%.1f\" stroke=\"#0b5cad\" stroke-width=\"2\"/>\n",
                x, lowest, y(bound(share, score.findings(), Z))));
        svg.append(format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"#0b5cad\"/>\n", x, y(share)));
        svg.append(text(x, lowest + 16, "middle", format("%,d of %,d", score.right(), score.findings())));
    }

    /** An end of the interval that holds the true share with 95 % (Wilson 1927). */
    private static double bound(double share, int count, double z) {
        double square = z * z / count;
        double spread = z * Math.sqrt(share * (1 - share) / count + square / (4 * count));
        return (share + square / 2 + spread) / (1 + square);
    }

    private static double x(double value) {
        return LEFT + value * SIDE;
    }

    private static double y(double value) {
        return TOP + (1 - value) * SIDE;
    }

    private static String text(double x, double y, String anchor, String text) {
        return format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, text);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
