package levee.logs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of {@link ConnectionRecord}, row by row. */
class ConnectionStatesTest {
    private static final String NO_ROW = "none";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        S0     | S        | 2 | 0 | S    | initiator started opens                    | none |
        S1     | ShADad   | 4 | 3 | SPA  | initiator started opens answered completes | SPA  | started answered first-answer
        S1     | Sh       | 1 | 2 | S    | initiator started opens answered           | SA   | started answered first-answer
        S2     | ShADadF  | 5 | 4 | FSPA | initiator started opens answered completes | SPA  | started answered first-answer
        S3     | ShADadf  | 5 | 4 | SPA  | initiator started opens answered completes | FSPA | started answered first-answer
        SF     | ShADadFf | 6 | 5 | FSPA | initiator started opens answered completes | FSPA | started answered first-answer
        SF     | DdAaFf   | 6 | 5 | FPA  | initiator opens answered                   | FPA  | answered first-answer
        REJ    | Sr       | 1 | 1 | S    | initiator started opens                    | R    | started answered
        REJ    | Hr       | 1 | 1 | SA   | initiator opens                            | R    | answered
        RSTO   | ShADadR  | 6 | 5 | SRPA | initiator started opens answered completes | SPA  | started answered first-answer
        RSTO   | ShR      | 2 | 1 | SR   | initiator started opens answered           | SA   | started answered first-answer
        RSTO   | ^hR      | 1 | 1 | R    | initiator opens answered                   | SA   | first-answer
        RSTR   | ShADdar  | 5 | 4 | SPA  | initiator started opens answered completes | SRPA | started answered first-answer
        RSTOS0 | SR       | 2 | 0 | SR   | initiator started opens                    | none |
        RSTRH  | ^hr      | 0 | 2 | none |                                            | SRA  | first-answer
        RSTRH  | Dr       | 1 | 1 | PA   | initiator opens                            | R    | answered
        SH     | SF       | 2 | 0 | FS   | initiator started opens                    | none |
        SHR    | ^hf      | 0 | 2 | none |                                            | FSA  | first-answer
        OTH    | DdA      | 3 | 2 | PA   | initiator opens answered                   | PA   | answered first-answer
        OTH    | h        | 0 | 1 | none |                                            | SA   | first-answer
        OTH    | R        | 1 | 0 | R    | initiator opens                            | none |
        OTH    | C        | 0 | 0 |      | initiator opens                            | none |
        OTH    | -        | 2 | 3 |      | initiator opens answered                   |      | answered first-answer
        S0     | SI       | 2 | 0 | FSR  | initiator started opens                    | none |
        S0     | SQ       | 2 | 0 | S    | initiator started opens                    | none |
        S0     | STW      | 3 | 0 | SPA  | initiator started opens                    | none |
        S0     | Sg       | 1 | 0 | S    | initiator started opens                    | none |
        """)
    void zeekHistory(
            String state,
            String history,
            int originatorPackets,
            int responderPackets,
            String originatorFlags,
            String originatorRelation,
            String responderFlags,
            String responderRelation) {
        check(
                zeekTcp(state, history, Integer.toString(originatorPackets), Integer.toString(responderPackets)),
                originatorFlags,
                originatorRelation,
                responderFlags,
                responderRelation);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        S0     | 3 | 0 | S   | initiator started opens                    | none |
        S1     | 3 | 2 | SA  | initiator started opens answered completes | SA   | started answered first-answer
        S1     | 1 | 1 | SA  | initiator started opens answered           | SA   | started answered first-answer
        S2     | 3 | 2 | FSA | initiator started opens answered completes | SA   | started answered first-answer
        S3     | 3 | 2 | SA  | initiator started opens answered completes | FSA  | started answered first-answer
        SF     | - | - | FSA | initiator started opens answered           | FSA  | started answered first-answer
        SF     | 3 | 2 | FSA | initiator started opens answered completes | FSA  | started answered first-answer
        REJ    | - | - | S   | initiator started opens                    | R    | started answered
        RSTO   | 2 | 1 | SRA | initiator started opens answered           | SA   | started answered first-answer
        RSTO   | 3 | 1 | SRA | initiator started opens answered completes | SA   | started answered first-answer
        RSTR   | 3 | 2 | SA  | initiator started opens answered completes | SRA  | started answered first-answer
        RSTOS0 | - | - | SR  | initiator started opens                    | none |
        RSTRH  | - | - | none |                                           | SRA  | first-answer
        SH     | - | - | FS  | initiator started opens                    | none |
        SHR    | - | - | none |                                           | FSA  | first-answer
        OTH    | - | - | none |                                           | none |
        new    | 1 | 0 |     | initiator opens                            | none |
        """)
    void zeekStateWithoutHistory(
            String state,
            String originatorPackets,
            String responderPackets,
            String originatorFlags,
            String originatorRelation,
            String responderFlags,
            String responderRelation) {
        check(
                zeekTcp(state, "-", originatorPackets, responderPackets),
                originatorFlags,
                originatorRelation,
                responderFlags,
                responderRelation);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        udp  | S0  | D  | 2 | 0 | initiator started opens                    | none
        udp  | SF  | Dd | 1 | 1 | initiator started opens answered           | started answered first-answer
        udp  | SF  | Dd | 2 | 1 | initiator started opens answered completes | started answered first-answer
        udp  | SHR | ^d | 0 | 3 | none                                       | first-answer
        udp  | SHR | Cd | 0 | 1 | initiator started opens answered           | started answered first-answer
        icmp | OTH | -  | 2 | 2 | initiator started opens answered completes | started answered first-answer
        icmp | OTH | -  | 1 | 0 | initiator started opens                    | none
        """)
    void zeekWithoutTcp(
            String protocol,
            String state,
            String history,
            String originatorPackets,
            String responderPackets,
            String originatorRelation,
            String responderRelation) {
        ReadLog log = zeek(protocol, state, history, originatorPackets, responderPackets);
        check(
                log,
                originatorRelation.equals(NO_ROW) ? NO_ROW : "",
                originatorRelation,
                responderRelation.equals(NO_ROW) ? NO_ROW : "",
                responderRelation);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        S_        | ->  | 1 | 60  | 60  | S    | initiator started opens                    | none |
        REQ       | ->  | 1 | 60  | 60  | S    | initiator started opens                    | none |
        INT       | ->  | 1 | 60  | 60  | S    | initiator started opens                    | none |
        S_RA      | ->  | 2 | 134 | 74  | S    | initiator started opens                    | RA   | started answered
        S_SA      | ->  | 2 | 120 | 60  | S    | initiator started opens answered           | SA   | started answered first-answer
        ACC       | ->  | 2 | 120 | 60  | S    | initiator started opens answered           | SA   | started answered first-answer
        SR_SA     | ->  | 3 | 184 | 122 | SR   | initiator started opens answered           | SA   | started answered first-answer
        SR_       | ->  | 2 | 120 | 120 | SR   | initiator started opens                    | none |
        SA_SA     | ->  | 4 | 240 | 120 | SA   | initiator started opens answered completes | SA   | started answered first-answer
        SRA_SA    | ->  | 3 | 180 | 120 | SRA  | initiator started opens answered           | SA   | started answered first-answer
        SRA_SA    | ->  | 6 | 360 | 240 | SRA  | initiator started opens answered completes | SA   | started answered first-answer
        SA_SRA    | ->  | 4 | 240 | 120 | SA   | initiator started opens answered completes | SRA  | started answered first-answer
        FSPA_FSPA | ->  | 9 | 900 | 400 | FSPA | initiator started opens answered completes | FSPA | started answered first-answer
        FSA_SA    | ->  | 5 | 300 | 180 | FSA  | initiator started opens answered completes | SA   | started answered first-answer
        SA_FSA    | ->  | 5 | 300 | 180 | SA   | initiator started opens answered completes | FSA  | started answered first-answer
        FS_       | ->  | 2 | 120 | 120 | FS   | initiator started opens                    | none |
        FIN       | ->  | 6 | 360 | 180 | FSA  | initiator started opens answered completes | FSA  | started answered first-answer
        CON       | ->  | 6 | 360 | 180 | SA   | initiator started opens answered completes | SA   | started answered first-answer
        CON       | <?> | 6 | 360 | 180 | A    | initiator opens answered                   | A    | answered first-answer
        RST       | ->  | 2 | 120 | 60  |      | initiator opens answered                   |      | answered first-answer
        PA_PA     | <?> | 6 | 900 | 400 | PA   | initiator opens answered                   | PA   | answered first-answer
        RA_       | ?>  | 1 | 60  | 60  | RA   | initiator opens                            | none |
        FA_R      | <?> | 2 | 120 | 60  | FA   | initiator opens                            | R    | answered
        SEC_SPAUEC | -> | 2 | 120 | 60  | SEC  | initiator started opens answered           | SPAUEC | started answered first-answer
        _FSPA     | ->  | 8 | 584 | 0   | none |                                            | FSPA | first-answer
        _SRA      | ->  | 2 | 120 | 0   | none |                                            | SRA  | first-answer
        """)
    void argus(
            String state,
            String direction,
            int packets,
            int bytes,
            int sourceBytes,
            String sourceFlags,
            String sourceRelation,
            String destinationFlags,
            String destinationRelation) {
        check(
                argusTcp(state, direction, packets, bytes, sourceBytes),
                sourceFlags,
                sourceRelation,
                destinationFlags,
                destinationRelation);
    }

    @Test
    void aLoneSynAckComesFromTheResponder() {
        ReadLog log = argusTcp("SA_", "->", 1, 60, 60);
        assertThat(log.rows()).singleElement().satisfies(row -> {
            assertThat(row.source().toString()).isEqualTo("192.0.2.1");
            assertThat(row.sourcePort()).isEqualTo(40000);
            assertThat(row.destinationPort()).isEqualTo(80);
            assertThat(row.relationText()).isEqualTo("first-answer");
        });
        ReadLog refused = argusTcp("SA_R", "->", 2, 120, 60);
        assertThat(refused.row(0).source().toString()).isEqualTo("198.51.100.7");
        assertThat(refused.row(0).flagText()).isEqualTo("R");
        assertThat(refused.row(0).relationText()).isEqualTo("initiator opens answered");
        assertThat(refused.row(1).relationText()).isEqualTo("first-answer");
    }

    @Test
    void anArrowToTheLeftMakesTheDestinationTheInitiator() {
        ReadLog log = argusTcp("FSPA_FSPA", "<-", 10, 1000, 400);
        assertThat(log.row(0).source().toString()).isEqualTo("198.51.100.7");
        assertThat(log.row(0).bytes()).isEqualTo(600);
        assertThat(log.row(0).relationText()).isEqualTo("initiator started opens answered completes");
        assertThat(log.row(1).relationText()).isEqualTo("started answered first-answer");
    }

    private static void check(
            ReadLog log,
            String initiatorFlags,
            String initiatorRelation,
            String responderFlags,
            String responderRelation) {
        assertThat(log.statistics().flows).isEqualTo(1);
        assertThat(log.statistics().rejections.asMap()).isEmpty();
        int row = 0;
        if (!NO_ROW.equals(initiatorFlags)) {
            check(log.row(row++), "192.0.2.1", initiatorFlags, initiatorRelation);
        }
        if (!NO_ROW.equals(responderFlags)) {
            check(log.row(row++), "198.51.100.7", responderFlags, responderRelation);
        }
        assertThat(log.rows()).hasSize(row);
    }

    private static void check(Row row, String source, String flags, String relation) {
        assertThat(row.source()).hasToString(source);
        assertThat(row.flagText()).isEqualTo(flags == null ? "" : flags);
        assertThat(row.relationText()).isEqualTo(relation == null ? "" : relation);
        assertThat(row.relation() & 1).as("known").isEqualTo(1);
        assertThat(row.packets()).isPositive();
        assertThat(row.bytes()).isPositive();
    }

    private static ReadLog zeekTcp(String state, String history, String originatorPackets, String responderPackets) {
        return zeek("tcp", state, history, originatorPackets, responderPackets);
    }

    private static ReadLog zeek(
            String protocol, String state, String history, String originatorPackets, String responderPackets) {
        return ReadLog.of(
                LogFormat.ZEEK_CSV,
                "ts,id.orig_h,id.orig_p,id.resp_h,id.resp_p,proto,conn_state,history,orig_pkts,resp_pkts\n"
                        + String.join(
                                ",",
                                "1700000000.5",
                                "192.0.2.1",
                                "40000",
                                "198.51.100.7",
                                "80",
                                protocol,
                                state,
                                history,
                                originatorPackets,
                                responderPackets));
    }

    private static ReadLog argusTcp(String state, String direction, int packets, int bytes, int sourceBytes) {
        return ReadLog.of(LogFormat.ARGUS_CSV, """
            StartTime,Dur,Proto,SrcAddr,Sport,Dir,DstAddr,Dport,State,sTos,dTos,TotPkts,TotBytes,SrcBytes,Label
            2011/08/18 15:40:53.826372,0.5,tcp,192.0.2.1,40000,  %s,198.51.100.7,80,%s,0,0,%d,%d,%d,
            """.formatted(direction, state, packets, bytes, sourceBytes));
    }
}
