package levee.indicator;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads lists of indicators, told by their content: bundles of STIX 2.1, events of MISP, the JSON and CSV of abuse.ch (Feodo
 * Tracker, ThreatFox, URLhaus, SSLBL), DROP of Spamhaus as text and as JSON lines, and plain lists, also as a file of hosts; each also
 * compressed with gzip. What is malformed is counted and passed over.
 */
public final class IndicatorReader {
    /** A first line that is longer does not tell whether each line is JSON of its own. */
    private static final int PEEK = 1 << 15;

    private IndicatorReader() {}

    /**
     * How to read a list.
     *
     * @param list its name, which matches say
     * @param namesCoverBelow whether a name stands for all below it, too, where the list does not say itself
     * @param now what is no longer valid then is left out
     */
    public record Options(String list, boolean namesCoverBelow, Instant now) {}

    /**
     * What became of a list.
     *
     * @param taken indicators added, or left out by the builder because there were too many
     * @param outdated indicators no longer or not yet valid
     * @param unsupported what is sound but not for here: hashes of files, what was withdrawn or is not meant for detection
     * @param malformed lines and objects of which nothing can be made
     * @param firstMalformedLine the number of the line of the first of them, from 1; 0 where there is none
     */
    public record Result(long taken, long outdated, long unsupported, long malformed, long firstMalformedLine) {}

    /**
     * Reads a list to its end.
     *
     * @throws IOException where the stream breaks; damaged compression is counted as a malformed line
     */
    public static Result read(InputStream in, Options options, IndicatorTable.Builder table) throws IOException {
        Intake intake = new Intake(table, options);
        try {
            read(in, intake);
        } catch (ZipException | EOFException e) {
            intake.malformed();
        }
        return intake.result();
    }

    private static void read(InputStream in, Intake intake) throws IOException {
        BufferedInputStream stream = new BufferedInputStream(in, PEEK);
        byte[] head = peek(stream, 2);
        if (head.length == 2 && head[0] == (byte) 0x1f && head[1] == (byte) 0x8b) {
            stream = new BufferedInputStream(new GZIPInputStream(stream, PEEK), PEEK);
        }
        skipByteOrderMark(stream);
        head = peek(stream, PEEK);
        switch (form(head)) {
            case JSON -> new JsonIndicators(intake).read(stream);
            case JSON_LINES -> new JsonIndicators(intake).readLines(new Lines(stream));
            case TEXT -> new TextIndicators(intake).read(new Lines(stream));
        }
    }

    private static byte[] peek(InputStream stream, int length) throws IOException {
        stream.mark(length);
        byte[] head = stream.readNBytes(length);
        stream.reset();
        return head;
    }

    private static void skipByteOrderMark(InputStream stream) throws IOException {
        byte[] head = peek(stream, 3);
        if (head.length == 3 && head[0] == (byte) 0xef && head[1] == (byte) 0xbb && head[2] == (byte) 0xbf) {
            stream.skipNBytes(3);
        }
    }

    private enum Form {
        JSON,
        JSON_LINES,
        TEXT
    }

    private static Form form(byte[] head) {
        int first = solid(head, 0);
        if (first == head.length) {
            return Form.TEXT;
        }
        if (head[first] == '[') {
            int second = solid(head, first + 1);
            // "[2001:db8::1]:443" begins a plain list.
            return second < head.length && (head[second] == '{' || head[second] == '"' || head[second] == '[')
                    ? Form.JSON
                    : Form.TEXT;
        }
        if (head[first] != '{') {
            return Form.TEXT;
        }
        int end = Intake.indexOf(head, first, head.length, '\n');
        int last = end - 1;
        while (last > first && Lines.isSpace(head[last])) {
            last--;
        }
        return end > 0 && head[last] == '}' ? Form.JSON_LINES : Form.JSON;
    }

    private static int solid(byte[] head, int from) {
        int at = from;
        while (at < head.length && (Lines.isSpace(head[at]) || head[at] == '\n')) {
            at++;
        }
        return at;
    }
}
