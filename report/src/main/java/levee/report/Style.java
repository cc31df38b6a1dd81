package levee.report;

/** Whether text goes to something that understands colours. */
public enum Style {
    /** Nothing but the text. */
    PLAIN {
        @Override
        String paint(Tone tone, String text) {
            return text;
        }
    },
    /** With the colour sequences of ECMA-48, which every terminal understands. */
    ANSI {
        @Override
        String paint(Tone tone, String text) {
            return text.isEmpty() || tone == Tone.NORMAL
                    ? text
                    : "\u001b[" + tone.rendition() + "m" + text + "\u001b[0m";
        }
    };

    abstract String paint(Tone tone, String text);
}
