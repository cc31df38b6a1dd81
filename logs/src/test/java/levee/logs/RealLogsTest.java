package levee.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import levee.telemetry.Relation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts of real logs; where a number is not from the publisher, it was counted with other tools. */
class RealLogsTest {

    @ParameterizedTest
    @CsvSource({
        "ctu13/s11-until-1552.binetflow.xz, ARGUS_CSV, 78017",
        "slips/test2-malicious.binetflow, ARGUS_CSV, 6751",
        "slips/test3-mixed.binetflow, ARGUS_CSV, 89",
        "slips/test4-malicious.binetflow, ARGUS_CSV, 394",
        "slips/port-scans/horizontal/conn.log, ZEEK_TSV, 41",
        "slips/port-scans/vertical/conn.log, ZEEK_JSON, 50",
        "iot23/CTU-Honeypot-Capture-5-1-labeled.csv.gz, ZEEK_CSV, 1374",
        "iot23/CTU-Honeypot-Capture-7-1-labeled.csv.gz, ZEEK_CSV, 130",
        "iot23/CTU-Malware-Capture-8-1-labeled.csv.gz, ZEEK_CSV, 10403",
        "iot23/CTU-Malware-Capture-34-1-labeled.csv.gz, ZEEK_CSV, 23145",
        "iot23/CTU-Malware-Capture-34-1.conn.log.labeled.gz, ZEEK_TSV, 23145",
        "zeek/001-zeek-scenario-malicious/labeled-conn.log, ZEEK_TSV, 992",
        "zeek/002-zeek-scenario-port-scanning/conn.log.gz, ZEEK_JSON, 4504",
        "zeek/008-zeek-mixed/data/conn.log.labeled.gz, ZEEK_TSV, 5663",
        "zeek/CTU-Malware-Capture-Botnet-4/conn.log.labeled.gz, ZEEK_TSV, 22913"
    })
    void everyRecordIsReadAndNoneIsUnreadable(String name, LogFormat format, long records) throws IOException {
        byte[] log = RealLogs.read(name);
        assertThat(LogType.detect(log, log.length)).contains(new LogType(format, LogKind.CONNECTIONS));
        ReadLog read = ReadLog.of(format, log);
        assertThat(read.statistics().flows).isEqualTo(records);
        assertThat(read.statistics().bytes).isEqualTo(log.length);
        assertThat(read.statistics().rejections.asMap().keySet()).isSubsetOf("not_ip", "clock_leap");
    }

    @Test
    void theSameCaptureGivesTheSameRowsInBothForms() throws IOException {
        ReadLog csv = ReadLog.of(LogFormat.ZEEK_CSV, RealLogs.read("iot23/CTU-Malware-Capture-34-1-labeled.csv.gz"));
        ReadLog tsv =
                ReadLog.of(LogFormat.ZEEK_TSV, RealLogs.read("iot23/CTU-Malware-Capture-34-1.conn.log.labeled.gz"));
        assertThat(csv.rows()).isEqualTo(tsv.rows()).isNotEmpty();
    }

    @Test
    void theFloodOfIot23IsSeenThoughZeekCountedNoPackets() throws IOException {
        ReadLog log =
                ReadLog.of(LogFormat.ZEEK_TSV, RealLogs.read("iot23/CTU-Malware-Capture-34-1.conn.log.labeled.gz"));
        assertThat(log.rows())
                .filteredOn(row -> row.destination().toString().equals("123.59.209.185"))
                .hasSizeGreaterThan(14_000)
                .noneMatch(row -> row.has(Relation.ANSWERED));
    }

    @Test
    void aVerticalScanFindsFewOpenPorts() throws IOException {
        ReadLog log = ReadLog.of(LogFormat.ZEEK_JSON, RealLogs.read("slips/port-scans/vertical/conn.log"));
        assertThat(log.rows())
                .filteredOn(row -> row.has(Relation.OPENS))
                .hasSize(50)
                .filteredOn(row -> row.has(Relation.ANSWERED))
                .hasSizeLessThan(10);
    }

    @Test
    @Tag("slow")
    void exactlyTheLogsThatAreReadAreRecognised() throws IOException {
        try (Stream<Path> files = Files.walk(RealLogs.file(""))) {
            List<Path> logs = files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".pcap"))
                    .toList();
            for (Path file : logs) {
                byte[] head;
                try (InputStream in = RealLogs.open(file)) {
                    head = in.readNBytes(LogType.DETECTION_BYTES);
                }
                Optional<LogKind> kind = LogType.detect(head, head.length).map(LogType::kind);
                assertThat(kind).as(file.toString()).isEqualTo(kindOf(file));
            }
        }
    }

    private static Optional<LogKind> kindOf(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.contains("conn.") || name.contains("binetflow") || name.contains(".csv")) {
            return Optional.of(LogKind.CONNECTIONS);
        }
        String first = name.substring(0, Math.max(name.indexOf('.'), 0)).toUpperCase(Locale.ROOT);
        return Arrays.stream(LogKind.values())
                .filter(kind -> kind.name().equals(first) && name.contains(".log"))
                .findFirst();
    }
}
