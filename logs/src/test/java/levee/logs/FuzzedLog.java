package levee.logs;

import static org.assertj.core.api.Assertions.assertThat;

import levee.telemetry.Relation;

/** What holds for any bytes. */
final class FuzzedLog {
    private FuzzedLog() {}

    static void check(LogFormat format, byte[] bytes) {
        LogType.detect(bytes, bytes.length);
        for (LogKind kind : LogKind.values()) {
            if (format.has(kind)) {
                check(new LogType(format, kind), bytes);
            }
        }
    }

    private static void check(LogType type, byte[] bytes) {
        ReadLog log = ReadLog.of(type, bytes);
        assertThat(log.statistics().bytes).isEqualTo(bytes.length);
        assertThat(log.events().size()).isLessThanOrEqualTo((int) (2 * log.statistics().events));
        for (Event event : log.events()) {
            assertThat(event.nanos()).isNotNegative();
            assertThat(event.code()).isNotNegative();
            assertThat(event.type()).isNotNegative();
        }
        assertThat(log.rows().size()).isLessThanOrEqualTo((int) (2 * log.statistics().flows));
        for (Row row : log.rows()) {
            assertThat(row.firstNanos()).isBetween(0L, row.lastNanos());
            assertThat(row.packets()).isBetween(1L, Numbers.MAXIMUM_COUNT);
            assertThat(row.bytes()).isNotNegative();
            assertThat(row.has(Relation.KNOWN)).isEqualTo(type.format() != LogFormat.NFDUMP_CSV);
            assertThat(row.has(Relation.COMPLETES) && !row.has(Relation.ANSWERED))
                    .isFalse();
        }
    }
}
