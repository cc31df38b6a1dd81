package levee.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import levee.telemetry.BatchSource;
import levee.telemetry.FlowBatch;
import levee.telemetry.SourceStatistics;
import org.junit.jupiter.api.Test;

/** Several logs of a folder as one. */
class MergedLogsTest {
    private static final long SECOND = 1_000_000_000L;

    private int open;
    private int mostOpen;

    @Test
    void allKindsInTheOrderOfTime() {
        ReadLog read = read(
                2,
                connections("conn.log", "10,5", "20,0", "30,0"),
                names("dns.log", 9, 19, 29),
                names("dns2.log", 14, 25));
        assertThat(read.statistics().flows).isEqualTo(3);
        assertThat(read.statistics().events).isEqualTo(5);
        assertThat(read.events()).extracting(event -> event.nanos() / SECOND).containsExactly(9L, 14L, 19L, 25L, 29L);
        assertThat(read.statistics().damage()).isEmpty();
    }

    @Test
    void aLogIsOpenedWhenItsTimeHasCome() {
        ZeekLog[] hours = IntStream.range(0, 500)
                .mapToObj(hour -> names("dns." + hour, hour * 3600L + 5, hour * 3600L + 1000, hour * 3600L + 3595))
                .toArray(ZeekLog[]::new);
        ReadLog read = read(1024, hours);
        assertThat(read.events()).hasSize(1500);
        assertThat(read.events()).isSortedAccordingTo((a, b) -> Long.compare(a.nanos(), b.nanos()));
        assertThat(mostOpen).isEqualTo(1);
        assertThat(open).isZero();
    }

    @Test
    void notAllAreOpenedThoughAllOverlap() {
        ZeekLog[] sensors = IntStream.range(0, 500)
                .mapToObj(i -> names("dns." + i, i, 1000 + i))
                .toArray(ZeekLog[]::new);
        assertThat(read(1024, sensors).events()).hasSize(1000);
        assertThat(mostOpen).isBetween(2, MergedLogs.MOST_OPEN);
        assertThat(open).isZero();
    }

    @Test
    void aLongConnectionDoesNotHoldUpWhatFollowsIt() {
        ReadLog read = read(2, connections("conn.log", "10,3600", "11,0", "12,0"), names("dns.log", 10, 11, 12, 13));
        List<Long> starts =
                read.rows().stream().map(row -> row.firstNanos() / SECOND).toList();
        assertThat(starts).containsExactly(10L, 11L, 12L);
        assertThat(order(connections("conn.log", "10,3600", "11,0", "12,0"), names("dns.log", 10, 11, 12, 13)))
                .as("the log of connections is begun at 11 s, when the first of them ended")
                .containsExactly("d10", "d11", "c10", "c11", "d12", "c12", "d13");
    }

    @Test
    void aConnectionThatBeganLongAgoComesAtOnce() {
        assertThat(order(connections("conn.log", "5000,1", "10,4995", "5010,1"), names("dns.log", 5000, 5005, 5012)))
                .containsExactly("d5000", "c5000", "c10", "d5005", "c5010", "d5012");
    }

    @Test
    void theSameConnectionsAreNotCountedTwice() {
        String labelled = """
            #fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tconn_state\torig_pkts\tlabel
            10.0\tC1\t192.0.2.1\t1\t192.0.2.2\t80\ttcp\tSF\t3\tMalicious
            """;
        ReadLog read = read(
                100, connections("conn.log", "10,0", "11,0"), log("labeled-conn.log", labelled), names("dns.log", 10));
        assertThat(read.statistics().flows).isEqualTo(2);
        assertThat(read.statistics().events).isEqualTo(1);
        assertThat(read.statistics().damage().orElseThrow().reason())
                .isEqualTo("labeled-conn.log tells of the same as conn.log and was not read");
    }

    @Test
    void openConnectionsAreNotCounted() {
        ReadLog read = read(100, connections("conn.log", "10,0"), connections("open_conn.log", "5,0"));
        assertThat(read.statistics().flows).isEqualTo(1);
        ZeekLog byHeader = log("x.log", "#path\topen_conn\n" + connectionText("5,0"));
        assertThat(byHeader.isSnapshot()).isTrue();
    }

    @Test
    void aBrokenLogDoesNotStopTheOthers() {
        ZeekLog sound = names("dns.log", 1, 2, 3);
        ZeekLog broken = names("a.log", 1, 2, 3).openedBy(() -> {
            throw new IOException("no more files");
        });
        ZeekLog breaking = names("b.log", 1, 2, 3).openedBy(() -> new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("bad disk");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("bad disk");
            }
        });
        ReadLog read = read(100, broken, breaking, sound);
        assertThat(read.events()).hasSize(3);
        assertThat(read.statistics().damage().orElseThrow().reason()).isEqualTo("a.log: no more files");
    }

    @Test
    void aWrongTimeDoesNotHoldUpItsLog() {
        ReadLog read = read(100, names("a.log", 10, 11, 4_000_000_000L, 12, 13), names("b.log", 10, 12, 14));
        assertThat(read.events())
                .extracting(event -> event.nanos() / SECOND)
                .containsExactly(10L, 10L, 11L, 12L, 12L, 13L, 14L);
        assertThat(read.statistics().rejections.asMap())
                .containsEntry("clock_leap", 1L)
                .hasSize(1);
    }

    @Test
    void yearsBetweenLogsAreARestartAndNoLoss() {
        ReadLog read = read(100, names("a.log", 10, 11), connections("b.log", "40000000,1", "40000001,1"));
        assertThat(read.rows()).extracting(Row::restart).containsExactly(true, false);
        assertThat(read.events()).hasSize(2);
    }

    @Test
    void allThatIsOpenIsClosedAtAnyTime() throws IOException {
        BatchSource source = ZeekFolder.open(List.of(names("a.log", 1, 5), names("b.log", 2, 6), names("c.log", 100)));
        FlowBatch oneEvent = new FlowBatch(2);
        source.fill(oneEvent);
        source.fill(oneEvent);
        assertThat(open).isEqualTo(2);
        source.close();
        assertThat(open).isZero();
    }

    private static ReadLog read(int capacity, ZeekLog... logs) {
        return ReadLog.of(ZeekFolder.open(List.of(logs)), capacity);
    }

    /** Kinds and starts of all records, in the order in which they come. */
    private static List<String> order(ZeekLog... logs) {
        MergedLogs merged = new MergedLogs(List.of(logs), new SourceStatistics());
        List<String> order = new ArrayList<>();
        while (merged.advance()) {
            String kind = merged.record() instanceof ConnectionRecords ? "c" : "d";
            order.add(kind + merged.record().startNanos() / SECOND);
        }
        return order;
    }

    private ZeekLog names(String name, long... seconds) {
        StringBuilder text =
                new StringBuilder("#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tquery\tqtype\n");
        for (long second : seconds) {
            text.append(second)
                    .append(".0\t192.0.2.1\t")
                    .append(Math.floorMod(name.hashCode(), 60_000))
                    .append("\t192.0.2.53\t53\ta.example\t1\n");
        }
        return log(name, text.toString());
    }

    /** @param times start and duration of each */
    private ZeekLog connections(String name, String... times) {
        return log(name, connectionText(times));
    }

    private static String connectionText(String... times) {
        return Stream.of(times)
                .map(time -> time.split(","))
                .map(time -> "%s.0\t%s.0\t192.0.2.1\t1\t192.0.2.2\t80\ttcp\tS0\t3".formatted(time[0], time[1]))
                .reduce(
                        "#fields\tts\tduration\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tconn_state"
                                + "\torig_pkts\n",
                        (all, line) -> all + line + "\n");
    }

    private ZeekLog log(String name, String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        return ZeekLog.of(name, bytes, bytes.length, () -> {
                    mostOpen = Math.max(mostOpen, ++open);
                    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
                        @Override
                        public void close() throws IOException {
                            open--;
                            super.close();
                        }
                    };
                })
                .orElseThrow();
    }
}
