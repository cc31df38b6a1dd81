package levee.report;

import static levee.report.Element.element;

import java.util.Locale;

/** A bar that compares a number with the largest of its column. */
public final class Bar {
    private Bar() {}

    /** @param part 0 to 1 */
    public static Element of(double part) {
        return element("svg")
                .withClass("bar")
                .attribute("aria-hidden", "true")
                .add(element("rect")
                        .attribute("width", String.format(Locale.ROOT, "%.1f%%", Math.clamp(part, 0.0, 1.0) * 100))
                        .attribute("height", "100%"));
    }
}
