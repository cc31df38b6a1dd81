package levee.alert;

/** Text from findings, made harmless for one line of a mail, a log or a terminal. */
final class Plain {
    private Plain() {}

    /**
     * One line: what controls a device or the direction of text becomes a space, half characters become {@code ?}.
     *
     * @param most characters (UTF-16 units), 2 or more; longer text ends in "…"
     */
    static String line(String text, int most) {
        boolean isCut = text.length() > most;
        StringBuilder line = new StringBuilder(Math.min(text.length(), most));
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            if (isCut && i > most - 1) {
                return line.append('…').toString();
            }
            line.appendCodePoint(harmless(codePoint));
        }
        return line.toString();
    }

    /** Like {@link #line}, in printable US-ASCII. */
    static String ascii(String text, int most) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), most));
        text.codePoints().limit(most).forEach(codePoint -> {
            int harmless = harmless(codePoint);
            line.append(harmless < 0x7f ? (char) harmless : '?');
        });
        return line.toString();
    }

    private static int harmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.FORMAT,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> ' ';
            case Character.SURROGATE -> '?';
            default -> codePoint;
        };
    }
}
