package levee.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import levee.telemetry.PayloadHint;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Payloads as servers send them, byte by byte. */
class PayloadHintTest {
    private static final int CLIENT = 50_000;

    private static Arguments udp(String name, int expected, int sourcePort, int destinationPort, String... payload) {
        return Arguments.of(name, expected, sourcePort, destinationPort, Wire.of(String.join("\n", payload)));
    }

    private static Arguments text(String name, int expected, int sourcePort, String payload) {
        byte[] bytes = payload.getBytes(ISO_8859_1);
        return Arguments.of(name, expected, sourcePort, CLIENT, bytes);
    }

    static Stream<Arguments> payloads() {
        return Stream.of(
                // RFC 1035 section 4.1.1
                udp(
                        "DNS query",
                        PayloadHint.DNS_QUERY,
                        CLIENT,
                        53,
                        "12 34   # id",
                        "01 00   # query, recursion desired",
                        "00 01  00 00  00 00  00 01  # one question, one additional record",
                        "00  00 ff  00 01            # . ANY IN"),
                udp(
                        "DNS response",
                        PayloadHint.DNS_RESPONSE,
                        53,
                        CLIENT,
                        "12 34   # id",
                        "81 80   # response, recursion desired and available",
                        "00 01  00 0b  00 00  00 01  # eleven answers",
                        "00  00 ff  00 01            # . ANY IN"),
                // RFC 6762 section 18: id zero, authoritative answer
                udp("mDNS response", PayloadHint.DNS_RESPONSE, 5353, 5353, "00 00 84 00 00 00 00 01 00 00 00 00"),
                udp("DNS, opcode 15", PayloadHint.NONE, 53, CLIENT, "12 34 f8 00 00 01 00 00 00 00 00 00"),
                udp("DNS, 65535 questions", PayloadHint.NONE, 53, CLIENT, "12 34 80 00 ff ff 00 00 00 00 00 00"),
                udp("DNS, cut", PayloadHint.NONE, 53, CLIENT, "12 34 80 00 00 01 00 00 00 00 00"),
                // RFC 5905 section 7.3: leap indicator, version 4, mode
                udp("NTP client", PayloadHint.NTP_REQUEST, CLIENT, 123, "23 00 06 ec  00 00 00 00  00 00 00 00"),
                udp("NTP server", PayloadHint.NTP_RESPONSE, 123, CLIENT, "24 01 06 e9  00 00 00 00  00 00 00 00"),
                udp("NTP broadcast", PayloadHint.NTP_RESPONSE, 123, 123, "25 01 06 e9  00 00 00 00"),
                // RFC 9327 section 2: version 2, mode 6; response bit and opcode 2 (read variables)
                udp("NTP readvar", PayloadHint.NTP_REQUEST, CLIENT, 123, "16 02 00 01  00 00 00 00  00 00 00 00"),
                udp(
                        "NTP readvar answer",
                        PayloadHint.NTP_CONTROL_RESPONSE,
                        123,
                        CLIENT,
                        "16 82 00 01  06 15 00 00  00 00 01 d4"),
                // ntp_request.h: response, more, version 2, mode 7; sequence; XNTPD; MON_GETLIST_1; 6 items of 72
                udp("NTP monlist", PayloadHint.NTP_REQUEST, CLIENT, 123, "17 00 03 2a  00 00 00 00"),
                udp("NTP monlist answer", PayloadHint.NTP_CONTROL_RESPONSE, 123, CLIENT, "d7 00 03 2a  00 06 00 48"),
                udp("NTP, mode 0", PayloadHint.NONE, 123, CLIENT, "20 00 00 00  00 00 00 00"),
                // UPnP Device Architecture 1.1 section 1.3
                text("SSDP answer", PayloadHint.SSDP_RESPONSE, 1900, "HTTP/1.1 200 OK\r\nST: upnp:rootdevice\r\n"),
                text("SSDP search", PayloadHint.SSDP_REQUEST, CLIENT, "M-SEARCH * HTTP/1.1\r\nMAN: \"ssdp:disc"),
                text("SSDP notice", PayloadHint.SSDP_REQUEST, 1900, "NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250"),
                // RFC 3416 section 3: GetResponse
                udp(
                        "SNMP response",
                        PayloadHint.SNMP_RESPONSE,
                        161,
                        CLIENT,
                        "30 82 04 d2                 # SEQUENCE of 1234 bytes",
                        "02 01 01                    # version 2c",
                        "04 06 70 75 62 6c 69 63     # community: public",
                        "a2 82 04 c3                 # GetResponse"),
                udp(
                        "SNMP report",
                        PayloadHint.SNMP_RESPONSE,
                        161,
                        CLIENT,
                        "30 0b 02 01 00 04 06 70 75 62 6c 69 63 a8 00"),
                udp(
                        "SNMP GetBulk",
                        PayloadHint.SNMP_REQUEST,
                        CLIENT,
                        161,
                        "30 25                       # SEQUENCE of 37 bytes",
                        "02 01 01                    # version 2c",
                        "04 06 70 75 62 6c 69 63     # community: public",
                        "a5 18                       # GetBulkRequest"),
                udp("SNMP, no sequence", PayloadHint.NONE, 161, CLIENT, "31 0b 02 01 00 04 00 a2 00"),
                udp("SNMP, no version", PayloadHint.NONE, 161, CLIENT, "30 0b 04 01 00 04 00 a2 00"),
                udp("SNMP, community too long", PayloadHint.NONE, 161, CLIENT, "30 0b 02 01 00 04 7f a2 00"),
                udp("SNMP, no such length", PayloadHint.NONE, 161, CLIENT, "30 ff 02 01 00 04 00 a2 00"),
                // RFC 4511 section 4.5.2: searchResEntry
                udp(
                        "CLDAP answer",
                        PayloadHint.CLDAP_RESPONSE,
                        389,
                        CLIENT,
                        "30 84 00 00 0b 77           # SEQUENCE of 2935 bytes",
                        "02 01 07                    # message id",
                        "64 84 00 00 0b 6e           # searchResEntry"),
                udp("CLDAP done", PayloadHint.CLDAP_RESPONSE, 389, CLIENT, "30 0c 02 01 07 65 07 0a 01 00 04 00 04 00"),
                udp("CLDAP search", PayloadHint.NONE, CLIENT, 389, "30 25 02 01 01 63 20 04 00 0a 01 00"),
                udp("CLDAP, cut", PayloadHint.NONE, 389, CLIENT, "30 84 00 00 0b 77 02 01 07"),
                // memcached protocol.txt: request id, sequence, datagrams, reserved; text
                udp(
                        "memcached stats",
                        PayloadHint.MEMCACHED_RESPONSE,
                        11_211,
                        CLIENT,
                        "00 00  00 00  00 01  00 00",
                        "53 54 41 54 20 70 69 64     # STAT pid"),
                udp(
                        "memcached value",
                        PayloadHint.MEMCACHED_RESPONSE,
                        11_211,
                        CLIENT,
                        "00 00  00 00  00 09  00 00",
                        "56 41 4c 55 45 20 61 20     # VALUE a"),
                udp(
                        "memcached request",
                        PayloadHint.NONE,
                        CLIENT,
                        11_211,
                        "00 00  00 00  00 01  00 00",
                        "67 65 74 73 20 61 0d 0a     # gets a"),
                // RFC 9000 section 17.2: long header, Initial; version 1
                udp("QUIC Initial", PayloadHint.QUIC_LONG_HEADER, CLIENT, 443, "c3 00 00 00 01 08 83 94 c8 f0"),
                udp("QUIC Handshake", PayloadHint.QUIC_LONG_HEADER, 443, CLIENT, "e5 00 00 00 01 00 08 f0 67 a5"),
                udp("QUIC short header", PayloadHint.NONE, 443, CLIENT, "4c fe 41 89 65 5e 5c d5"),
                // RFC 6347 section 4.1: handshake, DTLS 1.2 and 1.0
                udp("DTLS handshake", PayloadHint.DTLS, 443, CLIENT, "16 fe fd 00 00 00 00 00 00 00 00 00 23 03"),
                udp("DTLS 1.0 alert", PayloadHint.DTLS, 4433, CLIENT, "15 fe ff 00 00 00 00 00 00 00 00 00 02 02"),
                udp("TLS 1.2 over UDP", PayloadHint.NONE, 443, CLIENT, "16 03 03 00 23"),
                // RFC 8489 section 5: binding success, binding error, binding request
                udp(
                        "STUN success",
                        PayloadHint.STUN_RESPONSE,
                        3478,
                        CLIENT,
                        "01 01 00 0c  21 12 a4 42  b7 e7 a7 01 bc 34 d6 86 fa 87 df ae"),
                udp("STUN error", PayloadHint.STUN_RESPONSE, 3478, CLIENT, "01 11 00 0c  21 12 a4 42"),
                udp("STUN request", PayloadHint.NONE, CLIENT, 3478, "00 01 00 00  21 12 a4 42"),
                udp("STUN indication", PayloadHint.NONE, 3478, CLIENT, "00 11 00 00  21 12 a4 42"),
                udp("STUN of RFC 3489", PayloadHint.NONE, 3478, CLIENT, "01 01 00 0c  00 00 00 00"),
                // RFC 7296 section 3.1
                udp(
                        "IKEv2",
                        PayloadHint.ISAKMP,
                        500,
                        500,
                        "00 11 22 33 44 55 66 77     # initiator's SPI",
                        "88 99 aa bb cc dd ee ff     # responder's SPI",
                        "21 20 22 20                 # next payload, version 2.0, IKE_SA_INIT, flags",
                        "00 00 00 00  00 00 00 24    # message id, length"),
                udp(
                        "IKEv2 behind a non-ESP marker",
                        PayloadHint.ISAKMP,
                        4500,
                        CLIENT,
                        "00 00 00 00                 # RFC 3948 section 2.2",
                        "00 11 22 33 44 55 66 77     # initiator's SPI",
                        "88 99 aa bb cc dd ee ff     # responder's SPI",
                        "29 20 22 20                 # next payload, version 2.0, IKE_SA_INIT, flags"),
                udp(
                        "IKEv1 main mode",
                        PayloadHint.ISAKMP,
                        500,
                        CLIENT,
                        "00 11 22 33 44 55 66 77  88 99 aa bb cc dd ee ff",
                        "01 10 02 00                 # next payload, version 1.0, main mode, flags"),
                udp("ESP in UDP", PayloadHint.NONE, 4500, CLIENT, "c1 00 00 01 00 00 00 07" + " 11".repeat(20)),
                udp("IKE, version 3", PayloadHint.NONE, 500, 500, "00 ".repeat(17) + "30 22 00"),
                udp("IKE, exchange 99", PayloadHint.NONE, 500, 500, "00 ".repeat(17) + "20 63 00"),
                // RFC 7252 section 3: version 1, acknowledgement, token of four; 2.05 Content; message id
                udp("CoAP content", PayloadHint.COAP_RESPONSE, 5683, CLIENT, "64 45 13 fd  d0 e2 4d ac  ff"),
                udp("CoAP not found", PayloadHint.COAP_RESPONSE, 5683, CLIENT, "60 84 13 fd"),
                udp("CoAP GET", PayloadHint.NONE, CLIENT, 5683, "44 01 13 fd  d0 e2 4d ac"),
                udp("CoAP, version 2", PayloadHint.NONE, 5683, CLIENT, "84 45 13 fd"),
                // BEP 5: a bencoded dictionary
                text("DHT answer", PayloadHint.BITTORRENT_DHT, 6881, "d1:rd2:id20:0123456789abcdefghije1:t2:aae"),
                text("not DHT", PayloadHint.NONE, 6881, "l4:spame"),
                // RFC 3261 section 7.2
                text("SIP answer", PayloadHint.SIP_RESPONSE, 5060, "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP pc33"),
                // Valve's A2S_INFO answer: no split, type I
                udp(
                        "Source engine",
                        PayloadHint.GAME_QUERY_RESPONSE,
                        27_015,
                        CLIENT,
                        "ff ff ff ff 49 11 48 65 6c 6c 6f 00"),
                udp("nothing known", PayloadHint.NONE, 40_000, CLIENT, "12 34 81 80 00 01 00 0b 00 00 00 01"),
                udp("three bytes", PayloadHint.NONE, 123, CLIENT, "24 01 06"),
                udp("nothing", PayloadHint.EMPTY, 53, CLIENT, ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void tellsWhatAPayloadLooksLike(String name, int expected, int sourcePort, int destinationPort, byte[] payload) {
        Row row = Dissection.single(PacketBuilder.ethernet()
                .ipv4("10.0.0.1", "10.0.0.2")
                .udp(sourcePort, destinationPort)
                .payload(payload));
        assertThat(row.payloadHint()).as(name).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("payloads")
    void looksOnlyAtWhatWasCaptured(String name, int expected, int sourcePort, int destinationPort, byte[] payload) {
        byte[] packet = PacketBuilder.ethernet()
                .ipv4("10.0.0.1", "10.0.0.2")
                .udp(sourcePort, destinationPort)
                .payload(payload)
                .bytes();
        for (int captured = packet.length - payload.length; captured < packet.length; captured++) {
            byte[] cut = Arrays.copyOf(packet, captured);
            assertThat(new Dissection().rows(LinkType.ETHERNET, cut, packet.length))
                    .singleElement()
                    .satisfies(row -> assertThat(row.payloadHint()).as(name).isIn((int) PayloadHint.NONE, expected));
        }
    }

    @Test
    void aHttpResponseOverTcpIsSeenBehindTheOptions() {
        Row plain = Dissection.single(PacketBuilder.ethernet()
                .ipv4("10.0.0.1", "10.0.0.2")
                .tcp(80, CLIENT, TcpFlags.ACK | TcpFlags.PSH)
                .payload("HTTP/1.1 403 Forbidden\r\n"));
        assertThat(plain.payloadHint()).isEqualTo((int) PayloadHint.HTTP_RESPONSE);
        Row withOptions = Dissection.single(
                PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2").other(6, """
                    00 50  c3 50               # ports: 80, 50000
                    00 00 00 01  00 00 00 01   # sequence and acknowledgment numbers
                    80 18                      # header of 8 words; PSH, ACK
                    01 f6 00 00 00 00          # window, checksum, urgent pointer
                    01 01 08 0a 00 00 00 01 00 00 00 02  # two fillers, timestamps
                    48 54 54 50 2f 31 2e 31    # HTTP/1.1
                    """));
        assertThat(withOptions.payloadHint()).isEqualTo((int) PayloadHint.HTTP_RESPONSE);
        Row request = Dissection.single(PacketBuilder.ethernet()
                .ipv4("10.0.0.1", "10.0.0.2")
                .tcp(CLIENT, 80, TcpFlags.ACK | TcpFlags.PSH)
                .payload("GET / HTTP/1.1\r\n"));
        assertThat(request.payloadHint()).isEqualTo((int) PayloadHint.NONE);
    }
}
