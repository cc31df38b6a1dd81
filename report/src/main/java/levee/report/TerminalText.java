package levee.report;

import java.lang.Character.UnicodeScript;

/** What a terminal may be shown, and how many columns it takes there. */
final class TerminalText {
    private TerminalText() {}

    /**
     * The text with everything written out as {@code \x1b} or <code>&#92;u{202e}</code> that could move the cursor,
     * colour the screen, reverse the reading direction or pass unseen. File names are chosen by others.
     */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isVisible(point)) {
                printable.appendCodePoint(point);
            } else {
                printable.append(point < 0x100 ? "\\x%02x".formatted(point) : "\\u{%x}".formatted(point));
            }
        });
        return printable.toString();
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }

    /** The columns that printable text takes. */
    static int columns(String text) {
        return text.codePoints().map(TerminalText::columns).sum();
    }

    /** The columns that one code point takes: 0 for an accent upon the one before, 2 for a wide one, otherwise 1. */
    static int columns(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWide(point) ? 2 : 1;
    }

    private static boolean isWide(int point) {
        if (point < 0x1100) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(point);
        return script == UnicodeScript.HAN
                || script == UnicodeScript.HANGUL
                || script == UnicodeScript.HIRAGANA
                || script == UnicodeScript.KATAKANA
                || Character.isEmojiPresentation(point)
                // CJK punctuation, then the full-width forms.
                || point >= 0x3000 && point <= 0x303f
                || point >= 0xff01 && point <= 0xff60
                || point >= 0xffe0 && point <= 0xffe6;
    }
}
