package levee.logs;

import static org.assertj.core.api.Assertions.assertThat;

import levee.telemetry.Relation;

/** What holds for any bytes. */
final class FuzzedLog {
    private FuzzedLog() {}

    static void check(LogFormat format, byte[] bytes) {
        LogFormat.detect(bytes, bytes.length);
        ReadLog log = ReadLog.of(format, bytes);
        assertThat(log.statistics().bytes).isEqualTo(bytes.length);
        assertThat(log.rows().size()).isLessThanOrEqualTo((int) (2 * log.statistics().flows));
        for (Row row : log.rows()) {
            assertThat(row.firstNanos()).isBetween(0L, row.lastNanos());
            assertThat(row.packets()).isBetween(1L, Numbers.MAXIMUM_COUNT);
            assertThat(row.bytes()).isNotNegative();
            assertThat(row.has(Relation.KNOWN)).isTrue();
            assertThat(row.has(Relation.COMPLETES) && !row.has(Relation.ANSWERED))
                    .isFalse();
        }
    }
}
