package levee.capture;

/** What an answer holds, by as much of it as there is. */
enum Holding {
    /** A program for a machine. */
    PROGRAM,

    /** Something else, or nothing. */
    OTHER,

    /** What follows tells. */
    UNKNOWN
}
