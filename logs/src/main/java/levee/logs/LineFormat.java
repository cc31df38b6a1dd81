package levee.logs;

/** Finds the fields in the lines of a log. Keeps what headers said. */
interface LineFormat {
    /** What a line is. */
    enum Line {
        /** Its fields were found. */
        RECORD,
        /** A header, a comment, or nothing. */
        OTHER,
        /** A record that lacks columns. */
        UNREADABLE
    }

    /** Reads the line {@code bytes[start .. end-1]}; fills {@code fields} if it is a record. */
    Line read(byte[] bytes, int start, int end, Fields fields);

    /** How texts of the fields are to be read. */
    Escapes escapes();

    /** Whether the lines that were read show that the log is of the kind that the schema describes. */
    boolean isRecognised();
}
