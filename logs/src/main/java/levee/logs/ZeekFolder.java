package levee.logs;

import java.util.List;
import levee.telemetry.BatchSource;
import levee.telemetry.FlowBatch;
import levee.telemetry.SourceStatistics;

/** Reads the logs of Zeek in one folder as one input. */
public final class ZeekFolder {
    /** The name of the format in reports. */
    public static final String LABEL = "zeek-folder";

    private ZeekFolder() {}

    /**
     * Reads logs in the order of time. One that cannot be read is noted as damage and left out; so is one that begins with
     * the same record as another, since it tells of the same.
     *
     * @param logs in the order of their names
     */
    public static BatchSource open(List<ZeekLog> logs) {
        SourceStatistics statistics = new SourceStatistics();
        return new LogReader(new MergedLogs(logs, statistics), FlowBatch.Rows.CONNECTIONS, statistics);
    }

    /** What the logs hold: {@code connections} if one of them does, and otherwise {@code events}. */
    public static String carries(List<ZeekLog> logs) {
        boolean connections =
                logs.stream().anyMatch(log -> log.type().kind() == LogKind.CONNECTIONS && !log.isSnapshot());
        return connections ? "connections" : "events";
    }
}
