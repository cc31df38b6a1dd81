package levee.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Lays text out in lines of limited width. All text passes through {@link TerminalText#printable} here, so that nothing
 * that others chose reaches a terminal raw; only the page itself adds colour.
 */
final class Page {
    private static final int LEAST_COLUMNS = 40;
    private static final int INDENT = 2;
    private static final int LABEL_COLUMNS = 12;

    private final Style style;
    private final int columns;
    private final StringBuilder text = new StringBuilder();

    /**
     * @param columns the widest that a line may be, 40 at least
     */
    Page(Style style, int columns) {
        this.style = style;
        this.columns = Math.max(LEAST_COLUMNS, columns);
    }

    void blank() {
        text.append('\n');
    }

    /** A line of its own from the left edge; what does not fit is indented. */
    void heading(Tone tone, String words) {
        paragraph("", 0, INDENT, tone, words);
    }

    /** An indented line; what does not fit is indented further. */
    void item(Tone tone, String words) {
        paragraph(" ".repeat(INDENT), INDENT, 2 * INDENT, tone, words);
    }

    /** A label of at most 11 characters, and beside it what there is to say. An empty label continues the row above. */
    void row(String label, Tone tone, String words) {
        String start = " ".repeat(INDENT) + style.paint(Tone.LABEL, label) + " ".repeat(LABEL_COLUMNS - label.length());
        int indent = INDENT + LABEL_COLUMNS;
        paragraph(start, indent, indent, tone, words);
    }

    void row(String label, String words) {
        row(label, Tone.NORMAL, words);
    }

    /**
     * @param start what the first line starts with
     * @param startColumns the width of {@code start} on the terminal
     * @param indent the spaces that the other lines start with
     */
    private void paragraph(String start, int startColumns, int indent, Tone tone, String words) {
        String lineStart = start;
        for (String line : wrap(TerminalText.printable(words), columns - startColumns, columns - indent)) {
            text.append(lineStart).append(style.paint(tone, line)).append('\n');
            lineStart = " ".repeat(indent);
        }
    }

    /** Breaks at spaces, and anywhere within a word that is wider than a line. */
    private static List<String> wrap(String words, int firstColumns, int otherColumns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int room = firstColumns;
        for (String word : words.split(" ")) {
            int width = TerminalText.columns(word);
            if (width == 0) {
                continue;
            }
            if (!line.isEmpty() && width + 1 <= room) {
                line.append(' ').append(word);
                room -= width + 1;
                continue;
            }
            if (!line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
                room = otherColumns;
            }
            for (int at = 0; at < word.length(); ) {
                int point = word.codePointAt(at);
                if (TerminalText.columns(point) > room) {
                    lines.add(line.toString());
                    line.setLength(0);
                    room = otherColumns;
                }
                line.appendCodePoint(point);
                room -= TerminalText.columns(point);
                at += Character.charCount(point);
            }
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
