package levee.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An element of a page, written so that HTML and XML parsers read the same. Text and attributes are escaped here, and
 * there is no way around it, so that no name that others chose becomes markup.
 */
public final class Element implements Content {
    /** Elements that have no content and no end tag. */
    private static final Set<String> WITHOUT_CONTENT =
            Set.of("meta", "link", "input", "path", "line", "rect", "circle");

    private final String name;
    private final StringBuilder attributes = new StringBuilder();
    private final List<Content> contents = new ArrayList<>();

    private Element(String name) {
        this.name = name;
    }

    public static Element element(String name) {
        return new Element(name);
    }

    /** An element that holds nothing but text. */
    public static Element element(String name, String text) {
        return new Element(name).text(text);
    }

    /**
     * The style of the page, which HTML does not unescape.
     *
     * @throws IllegalArgumentException if {@code css} holds what would need escaping
     */
    static Element style(String css) {
        if (css.contains("<") || css.contains("&")) {
            throw new IllegalArgumentException("a style must not hold < or &");
        }
        Element style = element("style");
        style.contents.add(out -> out.append(css));
        return style;
    }

    public Element attribute(String attribute, String value) {
        attributes
                .append(' ')
                .append(attribute)
                .append("=\"")
                .append(Content.escaped(value))
                .append('"');
        return this;
    }

    public Element attribute(String attribute, long value) {
        return attribute(attribute, Long.toString(value));
    }

    public Element withClass(String names) {
        return attribute("class", names);
    }

    public Element add(Content... contents) {
        this.contents.addAll(List.of(contents));
        return this;
    }

    public Element add(List<? extends Content> contents) {
        this.contents.addAll(contents);
        return this;
    }

    public Element text(String text) {
        return add(Content.text(text));
    }

    @Override
    public void writeTo(StringBuilder out) {
        out.append('<').append(name).append(attributes);
        if (WITHOUT_CONTENT.contains(name)) {
            out.append("/>");
            return;
        }
        out.append('>');
        contents.forEach(content -> content.writeTo(out));
        out.append("</").append(name).append('>');
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        writeTo(out);
        return out.toString();
    }
}
