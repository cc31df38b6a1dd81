package levee.report;

/** What a piece of text means to the eye. */
enum Tone {
    NORMAL("0"),
    ALARM("1;31"),
    WARNING("33"),
    CALM("32"),
    TITLE("1"),
    LABEL("36");

    private final String rendition;

    Tone(String rendition) {
        this.rendition = rendition;
    }

    /** The parameters of "select graphic rendition", ECMA-48 section 8.3.117. */
    String rendition() {
        return rendition;
    }
}
