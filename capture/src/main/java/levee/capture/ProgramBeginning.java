package levee.capture;

/** Tells programs for a machine by their first bytes: ELF, and what DOS and Windows run. */
final class ProgramBeginning {
    /** Bytes of a DOS header, of which the last four say where the one of Windows begins. */
    private static final int DOS_HEADER = 0x40;

    private static final int NEW_HEADER_AT = 0x3c;

    /** Between both headers is a stub that says where the program does not run; linkers make it shorter than this. */
    private static final int FURTHEST = 1 << 10;

    /** {@code 0x7f 'E' 'L' 'F'}; what Linux runs need not be right in the bytes that follow. */
    private static final int ELF = 0x7f45_4c46;

    /** {@code 'P' 'E' 0 0} */
    private static final int PORTABLE_EXECUTABLE = 0x5045_0000;

    private ProgramBeginning() {}

    /**
     * Looks at the bytes from {@code at} to {@code length}. Two letters are too few for a finding: of what begins with
     * {@code MZ}, the whole DOS header must be there, and point to where a header of Windows can be. The upper half of that
     * pointer is zero, so that no text has it. Where the other header is there too, it must be right. What DOS alone ran is
     * not looked for.
     */
    static Holding look(byte[] bytes, int at, int length) {
        int count = length - at;
        if (count < 4) {
            boolean mayBe = count <= 0
                    || isBeginning(bytes, at, count, 0x7f, 'E', 'L')
                    || isBeginning(bytes, at, Math.min(count, 2), 'M', 'Z', 0);
            return mayBe ? Holding.UNKNOWN : Holding.OTHER;
        }
        if (Octets.i32(bytes, at) == ELF) {
            return Holding.PROGRAM;
        }
        if (bytes[at] != 'M' || bytes[at + 1] != 'Z') {
            return Holding.OTHER;
        }
        if (count < DOS_HEADER) {
            return Holding.UNKNOWN;
        }
        int header = Integer.reverseBytes(Octets.i32(bytes, at + NEW_HEADER_AT));
        if (header < DOS_HEADER || header > FURTHEST) {
            return Holding.OTHER;
        }
        boolean isThere = header <= count - 4;
        return !isThere || Octets.i32(bytes, at + header) == PORTABLE_EXECUTABLE ? Holding.PROGRAM : Holding.OTHER;
    }

    private static boolean isBeginning(byte[] bytes, int at, int count, int first, int second, int third) {
        return bytes[at] == first && (count < 2 || bytes[at + 1] == second) && (count < 3 || bytes[at + 2] == third);
    }
}
