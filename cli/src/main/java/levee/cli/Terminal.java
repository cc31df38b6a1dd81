package levee.cli;

/** What the streams of this process are connected to; the launcher says so, since Java cannot tell each by itself. */
final class Terminal {
    private static final int DEFAULT_COLUMNS = 100;

    private Terminal() {}

    /** Whether standard output is a terminal. */
    static boolean isOutput() {
        return Boolean.getBoolean("levee.terminal.output");
    }

    /** Whether standard output is a terminal that wants colours (see no-color.org). */
    static boolean hasColours() {
        return isOutput() && System.getenv("NO_COLOR") == null;
    }

    /** Whether standard error is a terminal. */
    static boolean showsProgress() {
        return Boolean.getBoolean("levee.terminal.error");
    }

    /** The width to write for. */
    static int columns() {
        return Integer.getInteger("levee.terminal.columns", DEFAULT_COLUMNS);
    }
}
