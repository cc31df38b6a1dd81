package levee.indicator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * Lists of lines: CSV where a line names known columns, as a comment or not; else plain ones with an address, prefix, name or
 * URL a line, what it is behind a semicolon or comma (DROP), or several names behind an address (files of hosts).
 */
final class TextIndicators {
    private static final int MOST_COLUMNS = 64;
    private static final int LONGEST_COLUMN_NAME = 32;

    private enum Column {
        ADDRESS,
        PORT,
        URL,
        NAME,
        VALUE,
        TYPE,
        JA3,
        JA4,
        CERTIFICATE,
        LABEL
    }

    private static final Map<String, Column> COLUMNS = Map.ofEntries(
            Map.entry("dst_ip", Column.ADDRESS),
            Map.entry("dstip", Column.ADDRESS),
            Map.entry("ip_address", Column.ADDRESS),
            Map.entry("dst_port", Column.PORT),
            Map.entry("dstport", Column.PORT),
            Map.entry("port", Column.PORT),
            Map.entry("url", Column.URL),
            Map.entry("domain", Column.NAME),
            Map.entry("hostname", Column.NAME),
            Map.entry("ioc_value", Column.VALUE),
            Map.entry("value", Column.VALUE),
            Map.entry("ioc_type", Column.TYPE),
            Map.entry("type", Column.TYPE),
            Map.entry("ja3_md5", Column.JA3),
            Map.entry("ja4", Column.JA4),
            Map.entry("sha1", Column.CERTIFICATE),
            Map.entry("malware", Column.LABEL),
            Map.entry("malware_printable", Column.LABEL),
            Map.entry("threat", Column.LABEL),
            Map.entry("listingreason", Column.LABEL));

    private final Intake intake;
    private final int[] starts = new int[MOST_COLUMNS];
    private final int[] ends = new int[MOST_COLUMNS];
    private int fields;

    /** By column, in which field it is; -1 for none. */
    private final int[] places = new int[Column.values().length];

    private boolean isCsv;

    TextIndicators(Intake intake) {
        this.intake = intake;
    }

    void read(Lines lines) throws IOException {
        while (lines.next()) {
            intake.line = lines.number;
            if (lines.isCut) {
                intake.malformed();
            } else if (lines.start < lines.end) {
                line(lines.bytes, lines.start, lines.end);
            }
        }
    }

    private void line(byte[] bytes, int start, int end) {
        boolean isComment = bytes[start] == '#' || bytes[start] == ';' || bytes[start] == '!';
        if (isComment || !isCsv) {
            int from = start;
            while (from < end && (bytes[from] == '#' || bytes[from] == ' ')) {
                from++;
            }
            if (isHeader(bytes, from, end) || isComment) {
                return;
            }
        }
        if (isCsv) {
            split(bytes, start, end);
            row(bytes);
        } else {
            plain(bytes, start, end);
        }
    }

    /** Whether a line names columns of which one holds indicators; then they are remembered. */
    private boolean isHeader(byte[] bytes, int start, int end) {
        if (Intake.indexOf(bytes, start, end, ',') < 0) {
            return false;
        }
        split(bytes, start, end);
        int[] found = new int[places.length];
        Arrays.fill(found, -1);
        boolean isHeader = false;
        for (int field = 0; field < fields; field++) {
            int length = Math.min(ends[field] - starts[field], LONGEST_COLUMN_NAME);
            String name = new String(bytes, starts[field], length, ISO_8859_1).toLowerCase(Locale.ROOT);
            Column column = COLUMNS.get(name);
            if (column != null) {
                found[column.ordinal()] = field;
                isHeader |= switch (column) {
                    case PORT, TYPE, LABEL -> false;
                    case ADDRESS, URL, NAME, VALUE, JA3, JA4, CERTIFICATE -> true;
                };
            }
        }
        if (isHeader) {
            isCsv = true;
            System.arraycopy(found, 0, places, 0, places.length);
        }
        return isHeader;
    }

    /** Splits a line at commas outside of quotation marks (RFC 4180); fields lose their marks and white space. */
    private void split(byte[] bytes, int start, int end) {
        fields = 0;
        int at = start;
        while (fields < MOST_COLUMNS) {
            while (at < end && Lines.isSpace(bytes[at])) {
                at++;
            }
            boolean isQuoted = at < end && bytes[at] == '"';
            int from = isQuoted ? at + 1 : at;
            int to = from;
            if (isQuoted) {
                while (to < end && (bytes[to] != '"' || to + 1 < end && bytes[to + 1] == '"')) {
                    to += bytes[to] == '"' ? 2 : 1;
                }
                to = Math.min(to, end);
            }
            int comma = to;
            while (comma < end && bytes[comma] != ',') {
                comma++;
            }
            int fieldEnd = isQuoted ? to : comma;
            while (fieldEnd > from && Lines.isSpace(bytes[fieldEnd - 1])) {
                fieldEnd--;
            }
            starts[fields] = from;
            ends[fields++] = fieldEnd;
            if (comma >= end) {
                return;
            }
            at = comma + 1;
        }
    }

    /** Whether the row has something in this column. */
    private boolean has(Column column) {
        int place = places[column.ordinal()];
        return place >= 0 && place < fields && starts[place] < ends[place];
    }

    private int start(Column column) {
        return starts[places[column.ordinal()]];
    }

    private int end(Column column) {
        return ends[places[column.ordinal()]];
    }

    private void row(byte[] bytes) {
        String label = has(Column.LABEL) ? Intake.label(bytes, start(Column.LABEL), end(Column.LABEL)) : "";
        if (has(Column.VALUE) && has(Column.TYPE)) {
            int length = Math.min(end(Column.TYPE) - start(Column.TYPE), LONGEST_COLUMN_NAME);
            String type = new String(bytes, start(Column.TYPE), length, ISO_8859_1);
            intake.typed(type, bytes, start(Column.VALUE), end(Column.VALUE), label);
        } else if (has(Column.VALUE)) {
            intake.item(bytes, start(Column.VALUE), end(Column.VALUE), label);
        } else if (has(Column.ADDRESS)) {
            boolean hasPort = has(Column.PORT);
            intake.address(
                    bytes,
                    start(Column.ADDRESS),
                    end(Column.ADDRESS),
                    bytes,
                    hasPort ? start(Column.PORT) : 0,
                    hasPort ? end(Column.PORT) : 0,
                    label);
        } else if (has(Column.URL)) {
            intake.item(bytes, start(Column.URL), end(Column.URL), label);
        } else if (has(Column.NAME)) {
            intake.name(bytes, start(Column.NAME), end(Column.NAME), label);
        } else if (has(Column.JA3)) {
            intake.fingerprint(IndicatorKind.JA3, bytes, start(Column.JA3), end(Column.JA3), label);
        } else if (has(Column.JA4)) {
            intake.fingerprint(IndicatorKind.JA4, bytes, start(Column.JA4), end(Column.JA4), label);
        } else if (has(Column.CERTIFICATE)) {
            intake.fingerprint(
                    IndicatorKind.CERTIFICATE, bytes, start(Column.CERTIFICATE), end(Column.CERTIFICATE), label);
        } else {
            intake.malformed();
        }
    }

    private void plain(byte[] bytes, int start, int end) {
        int to = tokenEnd(bytes, start, end);
        int next = to;
        while (next < end && Lines.isSpace(bytes[next])) {
            next++;
        }
        if (next == end || bytes[next] == '#') {
            intake.item(bytes, start, to, "");
        } else if (bytes[next] == ';' || bytes[next] == ',') {
            intake.item(bytes, start, to, Intake.label(bytes, next + 1, end));
        } else if (isNobody(bytes, start, to)) {
            hosts(bytes, next, end);
        } else {
            intake.malformed();
        }
    }

    private static int tokenEnd(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && !Lines.isSpace(bytes[at]) && bytes[at] != ';' && bytes[at] != ',') {
            at++;
        }
        return at;
    }

    /** Whether a file of hosts sends what follows nowhere. */
    private static boolean isNobody(byte[] bytes, int start, int end) {
        long ipv4 = Intake.ipv4(bytes, start, end);
        return ipv4 == 0
                || ipv4 >>> 24 == 127
                || end - start == 2 && bytes[start] == ':' && bytes[start + 1] == ':'
                || end - start == 3 && bytes[start] == ':' && bytes[start + 1] == ':' && bytes[start + 2] == '1';
    }

    private void hosts(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end && bytes[at] != '#') {
            int to = at;
            while (to < end && !Lines.isSpace(bytes[to])) {
                to++;
            }
            // The own names of machines have no dot.
            if (Intake.indexOf(bytes, at, to, '.') < 0 || Intake.ipv4(bytes, at, to) >= 0) {
                intake.unsupported();
            } else {
                intake.name(bytes, at, to, "");
            }
            at = to;
            while (at < end && Lines.isSpace(bytes[at])) {
                at++;
            }
        }
    }
}
