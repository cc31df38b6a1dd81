package levee.flowexport;

import static org.assertj.core.api.Assertions.assertThat;

import levee.testing.RealData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Real attacks, as pmacct and softflowd exported them. Flows and packets of NetFlow v9 are those that the captures are
 * known to hold; NetFlow v5 has no IPv6, and the sFlow agent left out a few packets.
 */
@Tag("slow")
class AttackExportsTest {
    @ParameterizedTest
    @CsvSource({
        "nladc-ssdp-booter.nf5.pcap, 1226, 4182",
        "nladc-ssdp-booter.nf9.pcap, 1226, 4182",
        "nladc-ssdp-booter.ipfix.pcap, 1226, 4182",
        "nladc-ssdp-booter.sflow.pcap, 4180, 4180",
        "stopddos-dns-rrsig-frag.nf5.pcap, 406, 4351",
        "stopddos-dns-rrsig-frag.nf9.pcap, 414, 4366",
        "stopddos-dns-rrsig-frag.ipfix.pcap, 414, 4366",
        "stopddos-dns-rrsig-frag.sflow.pcap, 4410, 4410",
        "stopddos-isakmp.nf5.pcap, 3978, 3984",
        "stopddos-isakmp.nf9.pcap, 3978, 3984",
        "stopddos-isakmp.ipfix.pcap, 3978, 3984",
        "stopddos-isakmp.sflow.pcap, 3984, 3984",
        "stopddos-snmp.nf5.pcap, 4294, 4373",
        "stopddos-snmp.nf9.pcap, 4294, 4373",
        "stopddos-snmp.ipfix.pcap, 4294, 4373",
        "stopddos-snmp.sflow.pcap, 4373, 4373",
        "stopddos-synflood.nf9.pcap, 37669, 37841",
        "stopddos-synflood.ipfix.pcap, 37669, 37841",
        "stopddos-synflood.sflow.pcap, 37833, 37833",
        "stopddos-synflood.softflowd-nf5.pcap, 37669, 37841",
        "stopddos-synflood.softflowd-nf9.pcap, 37669, 37841",
        "stopddos-synflood.softflowd-ipfix.pcap, 37669, 37841",
        "thc-denial6-5.nf9.pcap, 13, 35720",
        "thc-denial6-5.ipfix.pcap, 13, 35720",
        "thc-denial6-5.sflow.pcap, 35718, 35718",
        "ndpi-synscan.nf5.pcap, 2002, 2011",
        "ndpi-synscan.nf9.pcap, 2002, 2011",
        "ndpi-synscan.ipfix.pcap, 2002, 2011",
        "ndpi-synscan.sflow.pcap, 2011, 2011",
        "benign-mix-ndpi.nf5.pcap, 7830, 91780",
        "benign-mix-ndpi.nf9.pcap, 8409, 96912",
        "benign-mix-ndpi.ipfix.pcap, 8409, 96912",
        "benign-mix-ndpi.sflow.pcap.xz, 95399, 95399",
    })
    void everyFlowIsRead(String name, long flows, long packets) {
        Decoding decoding = new Decoding();
        for (ReceivedDatagram datagram : ExportFile.read(RealData.file("attacks/exports/" + name))) {
            for (Row row : decoding.add(datagram)) {
                assertThat(row.firstNanos()).isLessThanOrEqualTo(row.lastNanos());
                assertThat(row.lastNanos()).isLessThanOrEqualTo(datagram.nanos());
            }
        }
        assertThat(decoding.rows()).hasSize((int) flows);
        assertThat(decoding.rows().stream().mapToLong(Row::packets).sum()).isEqualTo(packets);
        ExporterStatistics exporter = decoding.table.statistics().getFirst();
        assertThat(exporter.resets()).isZero();
        assertThat(exporter.duplicates()).isZero();
        // The capture of the one sFlow file lost datagrams.
        assertThat(exporter.lost()).isEqualTo(name.startsWith("benign-mix-ndpi.sflow") ? 274 : 0);
    }
}
