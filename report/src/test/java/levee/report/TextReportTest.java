package levee.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import levee.model.Analysis;
import levee.model.Attack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TextReportTest {
    private static final char ESCAPE = '\u001b';

    private static String plain(Analysis analysis) {
        return Samples.written(new TextReport(Style.PLAIN, TextReport.DEFAULT_COLUMNS), analysis);
    }

    @Test
    void attackOnAHost() {
        assertThat(plain(Samples.analysis())).isEqualTo("""
            1 attack found in 2 inputs
            Findings may be missing: nothing could be read from 1 input, 1 input is damaged, 3 entries were
              dropped from full tables

            ATTACK on 10.10.10.10, inbound, ended
              when        2021-06-14 19:45:01 UTC, for 23.4 s
              what        snmp-reflection, 93 % of packets, 97 % of bytes
                          udp from port 161 to ports 80, 443; packets of 1500 B; TTL 54, 240
                          udp-fragment-flood, 7 % of packets, 3 % of bytes
              peak        12.3 kpps, 359 Mbit/s
              total       37,841 packets, 52.3 MB
              from        37,623 addresses
                          snmp-reflection: source addresses are likely real: the sources answer from a
                          well-known port
                          udp-fragment-flood: whether source addresses are forged is unknown: too few packets to
                          tell
                          most active networks: 192.0.2.0/24 (12 %), 2001:db8::/48 (<1 %)
              beside it   other traffic of the target: 120 packets, 9 kB
              seen        one direction only, every packet
              confidence  98 %
              evidence    The packet rate rose far above what is usual (needed: 1,000)
                          No request was seen
              id          attack-7c1f0e

            INPUTS
              pcap/snmp.pcap.gz: pcap, gzip; 37,963 packets, 53 MB; from 2021-06-14 19:45:01 UTC, for 23.4 s;
                rejected 2 not ip, 1 truncated; damaged at byte 52,999,000: the last record is cut off
              notes.txt: unknown format; nothing could be read, 17 B
              Own networks: 10.0.0.0/8, fd00::/8
            """);
    }

    @Test
    void attackOnAPrefixBeforeTheEndedOne() {
        assertThat(plain(Samples.of(List.of(Samples.flows()), List.of(Samples.reflection(), Samples.carpetBombing()))))
                .startsWith("""
                    2 attacks found in 1 input, 1 still going on

                    ATTACK on 198.51.100.0/24, direction unknown, still going on
                      most hit    198.51.100.7, 198.51.100.9
                      when        since 2021-06-14 19:45:01 UTC, 23.4 s so far
                      what        tcp-syn-flood, 100 % of packets, 100 % of bytes
                                  tcp to ports 22, 23, 25, 80, 443 and 2 more; packets of 40 B
                      peak        88.5 pps, 99.3 bit/s
                      total       412,000 packets, 26 MB
                      from        about 400 addresses
                                  whether source addresses are forged is unknown
                      entered at  192.0.2.1 interface 3 (75 %), 192.0.2.2 interface 14 (25 %)
                      beside it   other traffic of the target: none
                      seen        samples only, 1 in 1,000 packets, 412 samples
                      confidence  70 %
                      id          attack-00ff

                    ATTACK on 10.10.10.10, inbound, ended
                    """);
    }

    @Test
    void noAttack() {
        assertThat(plain(Samples.of(List.of(Samples.flows()), List.of()))).isEqualTo("""
            No attack found in 1 input

            INPUTS
              conn.log: zeek-tsv of connections; 12 flows, 3 kB; from 2021-06-14 19:45:01 UTC, for 0 s
              No own networks are known.
            """);
    }

    @Test
    void nothingReadIsNotTheSameAsNoAttack() {
        assertThat(plain(Samples.of(List.of(Samples.unreadable("a")), List.of())))
                .startsWith("Nothing could be read from 1 input\n")
                .doesNotContain("No attack", "may be missing");
        assertThat(plain(Samples.of(List.of(Samples.unreadable("a"), Samples.flows(), Samples.capture()), List.of())))
                .startsWith("""
                    No attack found in 3 inputs
                    Findings may be missing: nothing could be read from 1 input, 1 input is damaged
                    """);
    }

    @Test
    void largestAttackFirst() {
        Attack small = Samples.carpetBombing();
        Attack large = withPeak(small, "attack-large", 5e9);

        assertThat(plain(Samples.of(List.of(), List.of(small, large)))).containsSubsequence("attack-large", small.id());
    }

    private static Attack withPeak(Attack like, String id, double bitsPerSecond) {
        return Samples.like(
                like,
                id,
                new Attack.Peak(1000, bitsPerSecond),
                like.sources(),
                like.vectors(),
                like.timeline(),
                like.otherSample(),
                like.evidence());
    }

    @Test
    void hostileNameCannotReachTheTerminal() {
        Analysis analysis = Samples.of(
                List.of(Samples.unreadable("\u001b]0;owned\u0007\u001b[2J\r\nNo attack found\u202e")), List.of());

        assertThat(plain(analysis))
                .contains("  \\x1b]0;owned\\x07\\x1b[2J\\x0d\\x0aNo attack found\\u{202e}: unknown format");
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void linesKeepTheirWidthAndHoldNothingButText(long seed) {
        Analysis analysis = new RandomAnalyses(seed).analysis();
        int columns = 40 + (int) (seed % 100);

        String text = Samples.written(new TextReport(Style.PLAIN, columns), analysis);

        assertThat(text.lines()).allSatisfy(line -> {
            assertThat(TerminalText.columns(line)).as(line).isLessThanOrEqualTo(columns);
            assertThat(line).doesNotEndWith(" ");
            assertThat(TerminalText.printable(line)).isEqualTo(line);
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void colourChangesNothingElse(long seed) {
        Analysis analysis = new RandomAnalyses(seed).analysis();

        String coloured = Samples.written(new TextReport(Style.ANSI, 80), analysis);

        assertThat(coloured).contains(ESCAPE + "[");
        assertThat(coloured.replaceAll(ESCAPE + "\\[[0-9;]+m", ""))
                .isEqualTo(Samples.written(new TextReport(Style.PLAIN, 80), analysis));
    }

    @Test
    void narrowTerminalGetsFortyColumns() {
        assertThat(Samples.written(new TextReport(Style.PLAIN, 1), Samples.analysis()))
                .isEqualTo(Samples.written(new TextReport(Style.PLAIN, 40), Samples.analysis()));
    }
}
