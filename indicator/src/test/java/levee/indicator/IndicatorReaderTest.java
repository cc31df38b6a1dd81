package levee.indicator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static levee.indicator.Lookups.address;
import static levee.indicator.Lookups.fingerprint;
import static levee.indicator.Lookups.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class IndicatorReaderTest {
    private final Lookups lists = new Lookups();

    private IndicatorTable table() {
        return lists.builder.build();
    }

    private static IndicatorReader.Result result(
            long taken, long outdated, long unsupported, long malformed, long firstMalformedLine) {
        return new IndicatorReader.Result(taken, outdated, unsupported, malformed, firstMalformedLine);
    }

    @Test
    void readsPlainLines() {
        assertThat(lists.read("""
            # Comment

            198.51.100.7
            198.51.100.8:8080   # with a port
            203.0.113.0/24
            2001:db8::1
            [2001:db8::2]:443
            2001:db8:1::/48
            bad.example
            *.wild.example
            .dot.example
            ||blocked.example^
            http://198.51.100.9/bins/x.sh
            https://user:word@198.51.100.10:8443/a?b
            http://url.example:81/x
            hxxp://defanged[.]example/y
            192[.]0[.]2[.]1
            198.51.100.11/bins/mirai.arm
            münchen.example
            198.51.100.12,Emotet
            t13d1516h2_8daaf6152771_b186095e22b6
            this is no indicator
            198.51.100.300
            """)).isEqualTo(result(19, 0, 0, 2, 22));

        IndicatorTable table = table();
        assertThat(address(table, "198.51.100.7", 1)).isEqualTo("ADDRESS");
        assertThat(address(table, "198.51.100.8", 8080)).isEqualTo("ADDRESS_AND_PORT");
        assertThat(address(table, "198.51.100.8", 8081)).isEmpty();
        assertThat(address(table, "203.0.113.200", 0)).isEqualTo("PREFIX");
        assertThat(address(table, "203.0.114.0", 0)).isEmpty();
        assertThat(address(table, "2001:db8::1", 5)).isEqualTo("ADDRESS");
        assertThat(address(table, "2001:db8::2", 443)).isEqualTo("ADDRESS_AND_PORT");
        assertThat(address(table, "2001:db8::2", 444)).isEmpty();
        assertThat(address(table, "2001:db8:1:2::3", 1)).isEqualTo("PREFIX");
        assertThat(name(table, "bad.example")).isEqualTo("NAME");
        assertThat(name(table, "www.bad.example")).isEmpty();
        assertThat(name(table, "wild.example")).isEqualTo("NAME_AND_BELOW");
        assertThat(name(table, "a.b.wild.example")).isEqualTo("NAME_AND_BELOW");
        assertThat(name(table, "notwild.example")).isEmpty();
        assertThat(name(table, "a.dot.example")).isEqualTo("NAME_AND_BELOW");
        assertThat(name(table, "a.blocked.example")).isEqualTo("NAME_AND_BELOW");
        assertThat(address(table, "198.51.100.9", 80)).isEqualTo("ADDRESS_AND_PORT");
        assertThat(address(table, "198.51.100.10", 8443)).isEqualTo("ADDRESS_AND_PORT");
        assertThat(name(table, "url.example")).isEqualTo("URL_HOST");
        assertThat(name(table, "defanged.example")).isEqualTo("URL_HOST");
        assertThat(address(table, "192.0.2.1", 9)).isEqualTo("ADDRESS");
        assertThat(address(table, "198.51.100.11", 80)).isEqualTo("ADDRESS");
        assertThat(name(table, "XN--MNCHEN-3YA.example")).isEqualTo("NAME");
        assertThat(address(table, "198.51.100.12", 80)).isEqualTo("ADDRESS Emotet");
        assertThat(fingerprint(table, IndicatorKind.JA4, "t13d1516h2_8daaf6152771_b186095e22b6"))
                .isEqualTo("JA4");
    }

    @Test
    void aListMaySayThatNamesCoverWhatIsBelow() {
        lists.coveringBelow().read("bad.example\nhttp://url.example/x\n");
        assertThat(name(table(), "www.bad.example")).isEqualTo("NAME_AND_BELOW");
        // Who has a host's URL has no other host.
        assertThat(name(table(), "www.url.example")).isEmpty();
    }

    @Test
    void readsFilesOfHosts() {
        assertThat(lists.read("""
            127.0.0.1 localhost
            ::1 localhost
            0.0.0.0 0.0.0.0
            0.0.0.0 ads.example tracker.example # both
            127.0.0.1\tbad.example
            192.0.2.1 router.example
            """)).isEqualTo(result(3, 0, 3, 1, 6));
        assertThat(name(table(), "tracker.example")).isEqualTo("NAME");
        assertThat(name(table(), "bad.example")).isEqualTo("NAME");
    }

    @Test
    void readsDrop() {
        assertThat(lists.read("""
            ; Spamhaus DROP List 2026/02/01
            198.51.100.0/24 ; SBL1001
            203.0.113.0/25 ; SBL1002
            10.0.0.0/33 ; SBL1003
            """)).isEqualTo(result(2, 0, 0, 1, 4));
        assertThat(address(table(), "198.51.100.1", 7)).isEqualTo("PREFIX SBL1001");
    }

    @Test
    void readsDropAsJsonLines() {
        assertThat(lists.read("""
            {"cidr":"198.51.100.0/24","sblid":"SBL1001","rir":"arin"}
            {"cidr":"2001:db8::/32","sblid":"SBL1004","rir":"ripencc"}
            {"cidr":"198.51.
            {"cidr":"203.0.113.0/24","sblid":"SBL1005","rir":"apnic"}
            {"type":"metadata","timestamp":1767225600,"size":3,"records":3}
            """)).isEqualTo(result(3, 0, 0, 1, 3));
        assertThat(address(table(), "2001:db8::7", 7)).isEqualTo("PREFIX SBL1004");
        assertThat(address(table(), "203.0.113.7", 7)).isEqualTo("PREFIX SBL1005");
    }

    @Test
    void readsFeodoTracker() {
        assertThat(lists.read("""
            ################################################################
            # Botnet C2 blocklist, CSV                                     #
            ################################################################
            #
            "first_seen_utc","dst_ip","dst_port","c2_status","last_online","malware"
            "2026-01-17 07:44:46","198.51.100.7","4643","offline","2026-02-03","Dridex"
            "2026-01-18 07:44:46","198.51.100.8","0","online","2026-02-03","QakBot"
            "2026-01-18 07:44:46","198.51.100.8.9","443","online","2026-02-03","QakBot"
            # END 2 entries
            """)).isEqualTo(result(2, 0, 0, 1, 8));
        assertThat(address(table(), "198.51.100.7", 4643)).isEqualTo("ADDRESS_AND_PORT Dridex");
        assertThat(address(table(), "198.51.100.7", 4644)).isEmpty();
        assertThat(address(table(), "198.51.100.8", 1)).isEqualTo("ADDRESS QakBot");
    }

    @Test
    void readsFeodoTrackerAsJson() {
        assertThat(lists.read("""
            [
              {
                "ip_address": "198.51.100.7",
                "port": 4643,
                "status": "offline",
                "hostname": null,
                "as_number": 64496,
                "malware": "Dridex"
              }
            ]
            """)).isEqualTo(result(1, 0, 0, 0, 0));
        assertThat(address(table(), "198.51.100.7", 4643)).isEqualTo("ADDRESS_AND_PORT Dridex");
    }

    @Test
    void readsUrlhaus() {
        assertThat(lists.read("""
            ################################################################
            # id,dateadded,url,url_status,last_online,threat,tags,urlhaus_link,reporter
            "3","2026-02-01 10:00:00","http://198.51.100.7:37215/bins/mips","online","2026-02-01","malware_download","elf,mirai","https://urlhaus.example/url/3/","x"
            "2","2026-02-01 09:00:00","https://files.example/a,b""c.exe","offline","","malware_download","exe","https://urlhaus.example/url/2/","y"
            """)).isEqualTo(result(2, 0, 0, 0, 0));
        assertThat(address(table(), "198.51.100.7", 37215)).isEqualTo("ADDRESS_AND_PORT malware_download");
        assertThat(name(table(), "files.example")).isEqualTo("URL_HOST malware_download");
    }

    @Test
    void readsThreatFox() {
        assertThat(lists.read("""
            # "first_seen_utc","ioc_id","ioc_value","ioc_type","threat_type","fk_malware","malware_alias","malware_printable","last_seen_utc"
            "2026-02-01 10:00:00", "11", "198.51.100.7:6606", "ip:port", "botnet_cc", "win.asyncrat", "None", "AsyncRAT", ""
            "2026-02-01 10:00:00", "12", "c2.example", "domain", "botnet_cc", "win.remcos", "None", "Remcos", ""
            "2026-02-01 10:00:00", "13", "https://panel.example/gate.php", "url", "botnet_cc", "win.stealc", "None", "Stealc", ""
            "2026-02-01 10:00:00", "14", "d41d8cd98f00b204e9800998ecf8427e", "md5_hash", "payload", "win.x", "None", "X", ""
            """)).isEqualTo(result(3, 0, 1, 0, 0));
        assertThat(address(table(), "198.51.100.7", 6606)).isEqualTo("ADDRESS_AND_PORT AsyncRAT");
        assertThat(name(table(), "c2.example")).isEqualTo("NAME Remcos");
        assertThat(name(table(), "panel.example")).isEqualTo("URL_HOST Stealc");
    }

    @Test
    void readsThreatFoxAsJson() {
        assertThat(lists.read("""
            {"11": [{"ioc_value": "198.51.100.7:6606", "ioc_type": "ip:port", "threat_type": "botnet_cc",
                     "malware": "win.asyncrat", "malware_printable": "AsyncRAT", "tags": "a,b"}],
             "12": [{"ioc_value": "c2.example", "ioc_type": "domain", "malware_printable": "Remcos"}]}
            """)).isEqualTo(result(2, 0, 0, 0, 0));
        assertThat(address(table(), "198.51.100.7", 6606)).isEqualTo("ADDRESS_AND_PORT AsyncRAT");
        assertThat(name(table(), "c2.example")).isEqualTo("NAME Remcos");
    }

    @Test
    void readsSslbl() {
        lists.read("""
            # ja3_md5,Firstseen,Lastseen,Listingreason
            b386946a5a44d1ddcc843bc75336dfce,2017-07-14 18:08:15,2026-01-27 20:42:54,Dridex
            """);
        lists.read("""
            # Listingdate,SHA1,Listingreason
            2026-02-01 10:00:00,da39a3ee5e6b4b0d3255bfef95601890afd80709,AsyncRAT C&C
            """);
        lists.read("""
            # Firstseen,DstIP,DstPort
            2026-02-01 10:00:00,198.51.100.7,443
            """);
        assertThat(fingerprint(table(), IndicatorKind.JA3, "b386946a5a44d1ddcc843bc75336dfce"))
                .isEqualTo("JA3 Dridex");
        assertThat(fingerprint(table(), IndicatorKind.CERTIFICATE, "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709"))
                .isEqualTo("CERTIFICATE AsyncRAT C&C");
        assertThat(fingerprint(table(), IndicatorKind.JA4, "b386946a5a44d1ddcc843bc75336dfce"))
                .isEmpty();
        assertThat(address(table(), "198.51.100.7", 443)).isEqualTo("ADDRESS_AND_PORT");
    }

    @Test
    void readsEventsOfMisp() {
        assertThat(lists.read("""
            {"Event": {"id": "7", "info": "Campaign against routers", "published": true,
              "Attribute": [
                {"type": "ip-dst", "category": "Network activity", "to_ids": true, "value": "198.51.100.7"},
                {"type": "ip-dst|port", "to_ids": true, "value": "198.51.100.8|23"},
                {"type": "domain|ip", "to_ids": "1", "value": "c2.example|198.51.100.9"},
                {"type": "hostname", "to_ids": false, "value": "victim.example"},
                {"type": "ja3-fingerprint-md5", "to_ids": true, "value": "b386946a5a44d1ddcc843bc75336dfce"},
                {"type": "sha256", "to_ids": true, "value": "00"},
                {"type": "ip-src", "to_ids": true, "deleted": true, "value": "198.51.100.10"},
                {"type": "ip-dst", "to_ids": true, "value": "nowhere at all"}
              ],
              "Object": [{"name": "url", "Attribute": [
                {"type": "url", "to_ids": true, "value": "http://drop.example/x"}]}]}}
            """)).isEqualTo(result(6, 0, 3, 1, 10));
        assertThat(address(table(), "198.51.100.7", 1)).isEqualTo("ADDRESS Campaign against routers");
        assertThat(address(table(), "198.51.100.8", 23)).isEqualTo("ADDRESS_AND_PORT Campaign against routers");
        assertThat(name(table(), "c2.example")).isEqualTo("NAME Campaign against routers");
        assertThat(address(table(), "198.51.100.9", 1)).isEqualTo("ADDRESS Campaign against routers");
        assertThat(name(table(), "victim.example")).isEmpty();
        assertThat(name(table(), "drop.example")).startsWith("URL_HOST");
    }

    @Test
    void readsBundlesOfStix() {
        assertThat(lists.read("""
            {"type": "bundle", "id": "bundle--1", "objects": [
              {"type": "malware", "spec_version": "2.1", "name": "Mozi", "is_family": true},
              {"type": "indicator", "spec_version": "2.1", "name": "Mozi peers", "pattern_type": "stix",
               "pattern": "[ipv4-addr:value = '198.51.100.7' OR ipv4-addr:value = '198.51.100.0/28']",
               "valid_from": "2026-01-01T00:00:00Z", "valid_until": "2026-06-01T00:00:00.000Z"},
              {"type": "indicator", "indicator_types": ["malicious-activity"], "name": "Bad name c2.example",
               "pattern": "[domain-name:value = 'c2.example'] OR [url:value = 'https://c2.example/x']",
               "valid_from": "2026-01-01T00:00:00Z"},
              {"type": "indicator", "name": "Old", "pattern": "[ipv4-addr:value = '198.51.100.50']",
               "valid_from": "2020-01-01T00:00:00Z", "valid_until": "2026-02-28T23:59:59Z"},
              {"type": "indicator", "name": "Withdrawn", "revoked": true, "pattern": "[ipv4-addr:value = '198.51.100.51']"},
              {"type": "indicator", "name": "Both", "pattern": "[ipv6-addr:value = '2001:db8::7'] AND [file:size = 3]"},
              {"type": "indicator", "name": "Server",
               "pattern": "[network-traffic:dst_ref.type = 'ipv6-addr' AND network-traffic:dst_ref.value = '2001:db8::8' AND network-traffic:dst_port = 8443]"},
              {"type": "indicator", "name": "Broken", "pattern": "[ipv4-addr:value = "},
              {"type": "indicator", "name": "Certificate",
               "pattern": "[x509-certificate:hashes.'SHA-1' = 'da39a3ee5e6b4b0d3255bfef95601890afd80709']"}
            ]}
            """)).isEqualTo(result(6, 1, 2, 1, 15));
        IndicatorTable table = table();
        assertThat(address(table, "198.51.100.7", 1)).isEqualTo("ADDRESS Mozi peers");
        assertThat(address(table, "198.51.100.9", 1)).isEqualTo("PREFIX Mozi peers");
        assertThat(name(table, "c2.example")).isEqualTo("NAME malicious-activity");
        assertThat(address(table, "198.51.100.50", 1)).isEmpty();
        assertThat(address(table, "198.51.100.51", 1)).isEmpty();
        assertThat(address(table, "2001:db8::7", 1)).isEmpty();
        assertThat(address(table, "2001:db8::8", 8443)).isEqualTo("ADDRESS_AND_PORT Server");
        assertThat(fingerprint(table, IndicatorKind.CERTIFICATE, "da39a3ee5e6b4b0d3255bfef95601890afd80709"))
                .isEqualTo("CERTIFICATE Certificate");
    }

    @Test
    void readsWhatIsCompressed() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write("198.51.100.7\n".repeat(2_000).getBytes(UTF_8));
        }
        byte[] whole = compressed.toByteArray();
        assertThat(lists.read(whole)).isEqualTo(result(2_000, 0, 0, 0, 0));
        IndicatorReader.Result cut = lists.read(Arrays.copyOf(whole, whole.length - 6));
        assertThat(cut.malformed()).isEqualTo(1);
        assertThat(table().size()).isEqualTo(1);
    }

    @Test
    void marksAndLineEndsOfOthersDoNotMatter() {
        assertThat(lists.read("\ufeff198.51.100.7\r\nbad.example.\r\n  BAD2.example  \r\n\r\n198.51.100.8"))
                .isEqualTo(result(4, 0, 0, 0, 0));
        assertThat(name(table(), "bad.example")).isEqualTo("NAME");
        assertThat(name(table(), "bad2.EXAMPLE")).isEqualTo("NAME");
    }

    @Test
    void mistakesThatWouldAccuseEverybodyAreRefused() {
        assertThat(lists.read("0.0.0.0/0\n198.0.0.0/7\n::/0\n*.com\n127.0.0.1\n224.0.0.5\n0.0.0.0\nlocalhost\n::1\n"))
                .isEqualTo(result(0, 0, 6, 3, 2));
        assertThat(table().size()).isZero();
    }

    @Test
    void longLinesAreCutAndCounted() {
        String list =
                "x".repeat(300_000) + "\n198.51.100.7\n" + "y".repeat(Lines.LONGEST_LINE + 1) + "\n198.51.100.8\n";
        assertThat(lists.read(list)).isEqualTo(result(2, 0, 0, 2, 1));
        assertThat(table().size()).isEqualTo(2);
    }

    @Test
    void brokenJsonKeepsWhatCameBefore() {
        assertThat(lists.read("""
            [{"ip_address": "198.51.100.7", "port": 1, "malware": "x"},
             {"ip_address": "198.51.100.8", "port" 1
            """)).isEqualTo(result(1, 0, 0, 1, 2));
    }

    @Test
    void labelsAreShortAndPrintable() {
        lists.read("198.51.100.7;evil\u0007\u202elabel " + "z".repeat(200));
        assertThat(address(table(), "198.51.100.7", 1))
                .startsWith("ADDRESS evil??label zzz")
                .hasSize(88);
    }

    @Test
    void streamsThatBreakAreToldOf() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("gone");
            }
        };
        assertThatThrownBy(() -> IndicatorReader.read(
                        broken, new IndicatorReader.Options("test", false, Lookups.NOW), lists.builder))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
    }
}
