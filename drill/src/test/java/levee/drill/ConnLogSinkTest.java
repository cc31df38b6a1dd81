package levee.drill;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import levee.model.AttackVector;
import org.junit.jupiter.api.Test;

final class ConnLogSinkTest {
    private static final int RESPONDER = 4;
    private static final int PROTOCOL = 6;
    private static final int STATE = 11;
    private static final int HISTORY = 15;
    private static final int ORIGINATOR_PACKETS = 16;
    private static final int RESPONDER_PACKETS = 18;

    private static List<String[]> records(Played played) {
        return new String(played.bytes(), US_ASCII)
                .lines()
                .filter(l -> !l.startsWith("#"))
                .map(l -> l.split("\t", -1))
                .toList();
    }

    private static long sum(List<String[]> records, int... columns) {
        long sum = 0;
        for (String[] record : records) {
            for (int column : columns) {
                sum += Long.parseLong(record[column]);
            }
        }
        return sum;
    }

    @Test
    void everyPacketIsInOneConnection() {
        Played played = Played.log(Scenarios.everyKind(5));
        List<String[]> records = records(played);

        assertThat(records).allSatisfy(r -> assertThat(r).hasSize(22));
        assertThat(sum(records, ORIGINATOR_PACKETS, RESPONDER_PACKETS))
                .isEqualTo(played.truth().packets());
        assertThat(sum(records, ORIGINATOR_PACKETS + 1, RESPONDER_PACKETS + 1))
                .isEqualTo(played.truth().bytes());
        assertThat(records).extracting(r -> r[STATE]).contains("SF", "S0", "S1", "REJ", "RSTO", "OTH");
        assertThat(records).extracting(r -> r[PROTOCOL]).contains("tcp", "udp", "icmp");
        assertThat(records).extracting(r -> r[HISTORY]).contains("S", "Dd", "ShADadFf");
    }

    @Test
    void floodIsAConnectionForEachSource() {
        Played played = Played.log(
                Scenarios.quiet(5).withSize(100, 0).with(Scenarios.brief(AttackVector.TCP_SYN_FLOOD, false)));

        assertThat(records(played).stream().filter(r -> r[RESPONDER].equals("10.16.0.20")))
                .hasSize((int) played.truth().attacks().getFirst().packets());
    }

    @Test
    void nothingPlayedIsAnEmptyLog() {
        Played played = Played.log(Scenarios.quiet(5).withSize(100, 0));

        assertThat(records(played)).isEmpty();
        assertThat(new String(played.bytes(), US_ASCII))
                .startsWith("#separator")
                .endsWith("#close\n");
    }
}
