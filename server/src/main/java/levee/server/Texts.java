package levee.server;

/** Texts of others, made safe to be said again. */
final class Texts {
    private Texts() {}

    /** ASCII without control characters, and not longer than {@code most}. */
    static String printable(String text, int most) {
        String shown = text.length() > most ? text.substring(0, most) + "..." : text;
        return shown.replaceAll("[^ -~]", "?");
    }
}
