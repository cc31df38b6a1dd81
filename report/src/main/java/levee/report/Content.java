package levee.report;

import java.util.regex.Pattern;

/** What an element of a page holds: text or further elements. */
@FunctionalInterface
public interface Content {
    /** What stands between a number and its unit. */
    Pattern BEFORE_UNIT = Pattern.compile("(?<=[0-9]) (?=(?:[kMGTPE]?(?:bit/s|pps|B)|ms|s|min|h|d|UTC)\\b|%)");

    void writeTo(StringBuilder out);

    /** Text that stays text; no line breaks between a number and its unit. */
    static Content text(String text) {
        String escaped = BEFORE_UNIT.matcher(escaped(text)).replaceAll("\u00a0");
        return out -> out.append(escaped);
    }

    /** A name that may be copied from the page: its spaces stay spaces. */
    static Content verbatim(String name) {
        String escaped = escaped(name);
        return out -> out.append(escaped);
    }

    /** Text without markup in it. What cannot be seen or would turn the reading direction is written out. */
    static String escaped(String text) {
        return TerminalText.printable(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
