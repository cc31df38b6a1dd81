package levee.logs;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import levee.telemetry.RejectionReason;
import levee.telemetry.SourceStatistics;

/** The records of one log, line by line. Nothing is allocated for a line. */
final class LogLines implements Closeable {
    private final InputStream in;
    private final LineReader lines;
    private final LineFormat lineFormat;
    private final RecordFormat recordFormat;
    private final Fields fields;

    /** May be those of several logs. */
    private final SourceStatistics statistics;

    private long bytes;
    private long overlongLines;

    LogLines(InputStream in, LogType type, SourceStatistics statistics) {
        this.in = in;
        this.statistics = statistics;
        lineFormat = type.lineFormat();
        recordFormat = type.recordFormat();
        lines = new LineReader(in);
        fields = new Fields(type.schema().size(), lineFormat.escapes());
    }

    /** Goes to the next record that is of use; false at the end. */
    boolean advance() throws IOException {
        while (nextLine()) {
            if (readRecord()) {
                return true;
            }
        }
        return false;
    }

    private boolean nextLine() throws IOException {
        try {
            return lines.next();
        } finally {
            statistics.bytes += lines.bytesRead() - bytes;
            bytes = lines.bytesRead();
            for (; overlongLines < lines.overlongLines(); overlongLines++) {
                statistics.rejections.count(RejectionReason.UNREADABLE_LINE);
            }
        }
    }

    private boolean readRecord() {
        return switch (lineFormat.read(lines.buffer(), lines.start(), lines.end(), fields)) {
            case RECORD -> recordFormat.read(fields, statistics);
            case OTHER -> false;
            case UNREADABLE -> {
                statistics.rejections.count(RejectionReason.UNREADABLE_LINE);
                yield false;
            }
        };
    }

    /** The present record. */
    RecordFormat record() {
        return recordFormat;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
