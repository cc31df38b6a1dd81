package levee.drill;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static levee.drill.Payloads.hex;
import static levee.telemetry.PayloadHint.BITTORRENT_DHT;
import static levee.telemetry.PayloadHint.CLDAP_RESPONSE;
import static levee.telemetry.PayloadHint.COAP_RESPONSE;
import static levee.telemetry.PayloadHint.DNS_RESPONSE;
import static levee.telemetry.PayloadHint.GAME_QUERY_RESPONSE;
import static levee.telemetry.PayloadHint.ISAKMP;
import static levee.telemetry.PayloadHint.MEMCACHED_RESPONSE;
import static levee.telemetry.PayloadHint.NONE;
import static levee.telemetry.PayloadHint.NTP_CONTROL_RESPONSE;
import static levee.telemetry.PayloadHint.SIP_RESPONSE;
import static levee.telemetry.PayloadHint.SNMP_RESPONSE;
import static levee.telemetry.PayloadHint.SSDP_RESPONSE;
import static levee.telemetry.PayloadHint.STUN_RESPONSE;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import levee.model.AttackVector;
import levee.telemetry.PayloadHint;

/** What the abused services answer; several where their answers differ from host to host. */
final class ServiceAnswers {
    private static final String LINE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private ServiceAnswers() {}

    /** The answers of the service that a UDP reflection abuses; nothing for other vectors. */
    static List<Payload> of(AttackVector vector) {
        return switch (vector) {
            case QOTD_REFLECTION ->
                List.of(text("\"We must all hang together, or assuredly we shall all hang separately.\"\r\n"
                        + " B. Franklin\r\n"));
            case CHARGEN_REFLECTION -> List.of(text(characters(512)), text(characters(1_020)), text(characters(1_460)));
            case DNS_REFLECTION ->
                List.of(
                        new Payload(Payloads.dnsTexts(0x8180, 14), DNS_RESPONSE).withSalt(0, 2),
                        new Payload(Payloads.dnsTexts(0x8180, 11), DNS_RESPONSE).withSalt(0, 2),
                        new Payload(Payloads.dnsTexts(0x8180, 5), DNS_RESPONSE).withSalt(0, 2),
                        new Payload(Payloads.dnsTexts(0x8380, 0), DNS_RESPONSE).withSalt(0, 2));
            case TFTP_REFLECTION -> List.of(new Payload(joined(hex("0003 0001"), ascii(repeated(512))), NONE));
            case PORTMAP_REFLECTION -> List.of(portmap());
            case NTP_REFLECTION ->
                List.of(
                        new Payload(joined(hex("d700 032a 0006 0048"), monitored(6)), NTP_CONTROL_RESPONSE),
                        new Payload(joined(hex("9701 032a 0003 0048"), monitored(3)), NTP_CONTROL_RESPONSE));
            case NETBIOS_REFLECTION -> List.of(netbios());
            case SNMP_REFLECTION -> List.of(snmp(12), snmp(20), snmp(45));
            case XDMCP_REFLECTION ->
                List.of(plain(hex("0001 0005 0022 0000 000c 736572766572 2d303031 2e31"
                        + "0012 4c696e757820362e312e302d616d643634 2e31")));
            case CLDAP_REFLECTION -> List.of(cldap(40), cldap(20));
            case SLP_REFLECTION -> List.of(slp());
            case QUIC_REFLECTION -> List.of(Payloads.QUIC_INITIAL, Payloads.QUIC_HANDSHAKE);
            case DTLS_REFLECTION ->
                List.of(new Payload(
                                hex("16 feff 0000 000000000000 0023 03 000017 0000 000000 000017 feff 14"
                                        + "50".repeat(20)),
                                PayloadHint.DTLS)
                        .withSalt(28, 8));
            case ISAKMP_REFLECTION -> List.of(new Payload(isakmp(), ISAKMP).withSalt(0, 8));
            case IPSEC_NAT_T_REFLECTION -> List.of(new Payload(joined(new byte[4], isakmp()), ISAKMP).withSalt(4, 8));
            case MODBUS_REFLECTION -> List.of(modbus());
            case RIPV1_REFLECTION -> List.of(ripv1());
            case IPMI_REFLECTION ->
                List.of(plain(hex("0600ff06 000011be 40 00 00 10 000011be 00000000 81 00 000000000000")));
            case OPENVPN_REFLECTION ->
                List.of(new Payload(hex("40 1122334455667788 01 00000000 8877665544332211 00000000"), NONE)
                        .withSalt(1, 8));
            case MSSQL_REFLECTION -> List.of(mssql());
            case CITRIX_REFLECTION ->
                List.of(plain(joined(
                        hex("3000 0231 02fd a8e3 0200 0644 0000 0000 0000 0000 0000 0000"), ascii(repeated(400)))));
            case SSDP_REFLECTION ->
                List.of(
                        ssdp("upnp:rootdevice"),
                        ssdp("urn:schemas-upnp-org:device:InternetGatewayDevice:1"),
                        ssdp("urn:schemas-upnp-org:service:WANIPConnection:1"));
            case DIGIMAN_REFLECTION ->
                List.of(plain(
                        joined(hex("44494749 0002 0060 0106 0040 9d 43 35 97 0204 c0a8 0101"), ascii(repeated(80)))));
            case ARD_REFLECTION ->
                List.of(plain(joined(hex("0001 03ea 0000 0000 0000 0000 0000 0000"), ascii(repeated(988)))));
            case RDP_REFLECTION ->
                List.of(plain(joined(hex("00000000 0040 0005 11223344 04d0 04d0"), new byte[1_216])));
            case STUN_REFLECTION ->
                List.of(new Payload(
                                hex("0101 001c 2112a442 112233445566778899aabbcc"
                                        + "0020 0008 0001 a147 e112a643 8022 000c 436f7475726e2d342e352e32"),
                                STUN_RESPONSE)
                        .withSalt(8, 8));
            case WSD_REFLECTION -> List.of(wsd());
            case BFD_REFLECTION -> List.of(plain(hex("20 40 03 18 00000001 00000000 000f4240 000f4240 00000000")));
            case SIP_REFLECTION -> List.of(sip());
            case SENTINEL_REFLECTION -> List.of(plain(joined(hex("7a00 0000 0000"), ascii(repeated(1_400)))));
            case NAT_PMP_REFLECTION -> List.of(plain(hex("00 80 0000 0001e240 cb007105")));
            case MDNS_REFLECTION -> List.of(mdns());
            case COAP_REFLECTION ->
                List.of(new Payload(
                                joined(
                                        hex("60 45 1234 c1 28 ff"),
                                        ascii(
                                                "</oic/res>;ct=40;rt=\"core.rd\",</sensors/temp>;rt=\"temperature\";if=\"sensor\","
                                                        .repeat(8))),
                                COAP_RESPONSE)
                        .withSalt(2, 2));
            case DHT_REFLECTION -> List.of(dht());
            case AFS_REFLECTION -> List.of(afs());
            case UBIQUITI_REFLECTION -> List.of(ubiquiti());
            case MITEL_REFLECTION ->
                List.of(text("call-home status: " + repeated(480)), text("OOS " + repeated(1_000)));
            case MEMCACHED_REFLECTION -> List.of(memcached());
            case VXWORKS_REFLECTION -> List.of(vxworks());
            case POWERHOUSE_REFLECTION -> List.of(plain(joined(hex("0000 0000 0001 0000"), ascii(repeated(260)))));
            case STEAM_REFLECTION -> List.of(game("I\u0011Best server in town\0de_dust2\0cstrike\0Counter-Strike\0"));
            case QUAKE3_REFLECTION ->
                List.of(game("statusResponse\n\\sv_hostname\\frag here\\mapname\\q3dm17\\sv_maxclients\\16"
                        + "\\gamename\\baseq3\n" + "12 48 \"player\"\n".repeat(20) + "\0"));
            case FIVEM_REFLECTION ->
                List.of(game("infoResponse\n\\sv_maxclients\\64\\clients\\37\\challenge\\xxx\\gamename\\CitizenFX"
                        + "\\protocol\\4\\hostname\\roleplay\\gametype\\Freeroam\\mapname\\fivem-map\\iv\\1"));
            case LANTRONIX_REFLECTION ->
                List.of(plain(hex("000000f7 0010 5800 5837 0000 0000 0000 0000 0000 0000 0000 00 80a3 9abc de")));
            case PLEX_REFLECTION ->
                List.of(new Payload(
                        ascii("HTTP/1.0 200 OK\r\n"
                                + "Content-Type: plex/media-server\r\n"
                                + "Name: living-room\r\n"
                                + "Port: 32400\r\n"
                                + "Resource-Identifier: 0123456789abcdef0123456789abcdef01234567\r\n"
                                + "Updated-At: 1760000000\r\n"
                                + "Version: 1.32.5.7349\r\n\r\n"),
                        SSDP_RESPONSE));
            case JENKINS_REFLECTION ->
                List.of(
                        text(
                                "<hudson><version>2.204.1</version><url>http://ci.example.org/</url>"
                                    + "<server-id>0123456789abcdef0123456789abcdef</server-id><slave-port>50000</slave-port></hudson>"));
            case DHDISCOVER_REFLECTION -> List.of(dhdiscover());
            case CRESTRON_REFLECTION ->
                List.of(plain(joined(
                        hex("1500 0000 0000 0000 0000"),
                        ascii("CP3"),
                        new byte[253],
                        ascii("CP3 [v1.600.3690.24432, #00112233]"),
                        new byte[100])));
            case BACNET_REFLECTION -> List.of(bacnet());
            case NETIS_REFLECTION -> List.of(plain(joined(hex("4141 0000 4141 4141"), ascii("\r\nLogin:"))));
            case TCP_SYNACK_REFLECTION,
                    TCP_MIDDLEBOX_REFLECTION,
                    TCP_SYN_FLOOD,
                    TCP_ACK_FLOOD,
                    TCP_RST_FLOOD,
                    TCP_FIN_FLOOD,
                    TCP_FLAG_FLOOD,
                    TCP_CONNECTION_FLOOD,
                    UDP_FLOOD,
                    UDP_FRAGMENT_FLOOD,
                    DNS_QUERY_FLOOD,
                    QUIC_FLOOD,
                    ICMP_FLOOD,
                    ICMPV6_FLOOD,
                    GRE_FLOOD,
                    IP_PROTOCOL_FLOOD,
                    IP_FRAGMENT_FLOOD -> List.of();
        };
    }

    private static Payload plain(byte[] bytes) {
        return new Payload(bytes, NONE);
    }

    private static Payload text(String text) {
        return plain(ascii(text));
    }

    private static Payload game(String text) {
        byte[] body = ascii(text);
        // Source servers end with numbers: players, places, bots, kind, system, password, protection, version.
        byte[] end = text.startsWith("I") ? hex("0a00 0c 10 00 64 6c 00 01 312e302e302e3000") : new byte[0];
        return new Payload(joined(hex("ffffffff"), body, end), GAME_QUERY_RESPONSE);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    private static String repeated(int length) {
        return LINE.repeat(length / LINE.length() + 1).substring(0, length);
    }

    /** RFC 864: lines of 72 characters, each a step further. */
    private static String characters(int length) {
        StringBuilder text = new StringBuilder();
        for (int line = 0; text.length() < length; line++) {
            for (int i = 0; i < 72; i++) {
                text.append((char) (' ' + (line + i) % 95));
            }
            text.append("\r\n");
        }
        return text.substring(0, length);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** RFC 1833: an accepted reply to a dump, six entries. */
    private static Payload portmap() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(hex("11223344 00000001 00000000 00000000 00000000 00000000"));
        for (int version = 2; version <= 4; version++) {
            for (int protocol : new int[] {6, 17}) {
                out.writeBytes(ByteBuffer.allocate(20)
                        .putInt(1)
                        .putInt(100_000)
                        .putInt(version)
                        .putInt(protocol)
                        .putInt(111)
                        .array());
            }
        }
        out.writeBytes(new byte[4]);
        return plain(out.toByteArray()).withSalt(2, 2);
    }

    /** Entries of ntpd's list of clients (MON_GETLIST_1), 72 bytes each. */
    private static byte[] monitored(int entries) {
        ByteBuffer list = ByteBuffer.allocate(entries * 72);
        for (int i = 0; i < entries; i++) {
            list.putInt(60 + i)
                    .putInt(120)
                    .putInt(0)
                    .putInt(40 + i)
                    .putInt(0x5db8_d800 | i)
                    .putInt(0x0a00_0001);
            list.putInt(0).putShort((short) 123).put((byte) 3).put((byte) 4).position((i + 1) * 72);
        }
        return list.array();
    }

    /** RFC 1002 section 4.2.18: a node status response with three names. */
    private static Payload netbios() {
        byte[] names = joined(
                ascii("FILESERVER     "),
                hex("00 0400"),
                ascii("WORKGROUP      "),
                hex("00 8400"),
                ascii("FILESERVER     "),
                hex("20 0400"));
        byte[] data = joined(Payload.bytes(3), names, hex("001122334455"), new byte[40]);
        return plain(joined(
                        hex("0000 8400 0000 0001 0000 0000 20"),
                        ascii("CKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
                        hex("00 0021 0001 00000000"),
                        Payload.bytes(data.length >>> 8, data.length),
                        data))
                .withSalt(0, 2);
    }

    /** A value of BER: tag, length in two bytes, content. */
    private static byte[] ber(int tag, byte[]... content) {
        byte[] all = joined(content);
        return joined(Payload.bytes(tag, 0x82, all.length >>> 8, all.length), all);
    }

    private static byte[] berString(String text) {
        return joined(Payload.bytes(4, text.length()), ascii(text));
    }

    /** A GetResponse of SNMPv2c with descriptions of {@code rows} interfaces. */
    private static Payload snmp(int rows) {
        ByteArrayOutputStream bindings = new ByteArrayOutputStream();
        for (int i = 1; i <= rows; i++) {
            byte[] name = hex("060a 2b06010201020201 02");
            bindings.writeBytes(ber(
                    0x30, joined(name, Payload.bytes(i)), berString("GigabitEthernet0/0/" + i + " " + repeated(40))));
        }
        byte[] response = ber(0xa2, hex("0204 00001234 020100 020100"), ber(0x30, bindings.toByteArray()));
        return new Payload(ber(0x30, hex("020101"), berString("public"), response), SNMP_RESPONSE);
    }

    /** RFC 4511: the root's attributes and the end of the search. */
    private static Payload cldap(int attributes) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        for (int i = 0; i < attributes; i++) {
            list.writeBytes(ber(
                    0x30,
                    berString("supportedControl" + i),
                    ber(0x31, berString("1.2.840.113556.1.4." + (319 + i) + repeated(30)))));
        }
        byte[] entry = ber(0x30, hex("020107"), ber(0x64, berString(""), ber(0x30, list.toByteArray())));
        byte[] done = ber(0x30, hex("020107"), ber(0x65, hex("0a0100 0400 0400")));
        return new Payload(joined(entry, done), CLDAP_RESPONSE);
    }

    /** RFC 2608 section 8.2: a service reply without attributes, in an answer to a service type request. */
    private static Payload slp() {
        byte[] types = ascii("service:VMwareInfrastructure,service:wbem:https," + repeated(300));
        int length = 16 + 4 + types.length;
        return plain(joined(
                hex("02 0a 00"),
                Payload.bytes(length >>> 8, length),
                hex("0000 000000 1234 0002 656e 0000"),
                Payload.bytes(types.length >>> 8, types.length),
                types));
    }

    /** RFC 7296 section 3.10: an answer to IKE_SA_INIT that no proposal is chosen. */
    private static byte[] isakmp() {
        return hex("0011223344556677 8899aabbccddeeff 29 20 22 20 00000000 00000024 0000 0008 0000 000e");
    }

    /** An exception response: the function is not there, which hosts say to any request. */
    private static Payload modbus() {
        return plain(hex("0001 0000 0003 01 ab 01"));
    }

    /** RFC 1058 section 3.1: 25 routes. */
    private static Payload ripv1() {
        ByteBuffer response = ByteBuffer.allocate(4 + 25 * 20).putInt(0x0201_0000);
        for (int i = 0; i < 25; i++) {
            response.putInt(0x0002_0000).putInt(0x0a00_0000 | i << 8).putLong(0).putInt(1 + i % 15);
        }
        return plain(response.array());
    }

    private static Payload mssql() {
        byte[] text = ascii(
                "ServerName;SQL01;InstanceName;MSSQLSERVER;IsClustered;No;Version;15.0.2000.5;tcp;1433;;".repeat(4));
        return plain(joined(Payload.bytes(5, text.length, text.length >>> 8), text));
    }

    private static Payload ssdp(String target) {
        return new Payload(
                ascii("HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\nST: " + target + "\r\nUSN: "
                        + "uuid:01234567-89ab-cdef-0123-456789abcdef::" + target
                        + "\r\nEXT:\r\nSERVER: Linux/3.4 UPnP/1.0 MiniUPnPd/1.9\r\n"
                        + "LOCATION: http://192.168.0.1:49152/rootDesc.xml\r\n\r\n"),
                SSDP_RESPONSE);
    }

    private static Payload wsd() {
        return text("<?xml version=\"1.0\" encoding=\"UTF-8\"?><SOAP-ENV:Envelope"
                + " xmlns:SOAP-ENV=\"http://www.w3.org/2003/05/soap-envelope\""
                + " xmlns:wsa=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\""
                + " xmlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\"><SOAP-ENV:Header>"
                + "<wsa:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</wsa:Action>"
                + "</SOAP-ENV:Header><SOAP-ENV:Body><d:ProbeMatches><d:ProbeMatch><d:Types>tdn:NetworkVideoTransmitter"
                + "</d:Types><d:XAddrs>http://192.168.1.64/onvif/device_service</d:XAddrs></d:ProbeMatch>"
                + "</d:ProbeMatches></SOAP-ENV:Body></SOAP-ENV:Envelope>");
    }

    private static Payload sip() {
        return new Payload(
                ascii("SIP/2.0 401 Unauthorized\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds\r\n"
                        + "From: <sip:100@192.0.2.1>;tag=1928301774\r\nTo: <sip:100@192.0.2.1>;tag=as5e8f\r\n"
                        + "Call-ID: a84b4c76e66710\r\nCSeq: 1 REGISTER\r\nServer: Asterisk PBX 16.2\r\n"
                        + "WWW-Authenticate: Digest algorithm=MD5, realm=\"asterisk\", nonce=\"4b2fd1a1\"\r\n"
                        + "Content-Length: 0\r\n\r\n"),
                SIP_RESPONSE);
    }

    /** RFC 6763 section 9: the services of a host. */
    private static Payload mdns() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(hex("0000 8400 0000 0004 0000 0000"));
        for (String service : List.of("_http", "_ipps", "_airplay", "_raop")) {
            out.writeBytes(
                    hex("09 5f7365727669636573 07 5f646e732d7364 04 5f756470 05 6c6f63616c 00 000c 0001 00001194"));
            byte[] name = joined(Payload.bytes(service.length()), ascii(service), hex("04 5f746370 05 6c6f63616c 00"));
            out.writeBytes(Payload.bytes(0, name.length));
            out.writeBytes(name);
        }
        return new Payload(out.toByteArray(), DNS_RESPONSE);
    }

    /** BEP 5: an answer to find_node with eight nodes. */
    private static Payload dht() {
        return new Payload(
                ascii("d1:rd2:id20:0123456789abcdefghij5:nodes208:" + repeated(208) + "e1:t2:aa1:v4:LT011:y1:re"),
                BITTORRENT_DHT);
    }

    /** An Rx packet with the version of an AFS server. */
    private static Payload afs() {
        return plain(joined(
                hex("00000000 00000000 00000001 00000000 00000001 0d 05 00 00 0000 0000"),
                ascii(" OpenAFS 1.6.20 built  2017-01-01 "),
                new byte[31]));
    }

    private static Payload ubiquiti() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(hex("02 000a 001122334455 c0a80114 01 0006 001122334455 0a 0004 00012345"));
        for (String value : List.of("UBNT-AirOS-5", "LiteBeam 5AC", "XM.ar7240.v5.6.5.29033.160515.2119")) {
            int type = value.startsWith("XM") ? 3 : value.startsWith("UBNT") ? 0x0b : 0x0c;
            out.writeBytes(Payload.bytes(type, 0, value.length()));
            out.writeBytes(ascii(value));
        }
        byte[] values = out.toByteArray();
        return plain(joined(Payload.bytes(1, 0, values.length >>> 8, values.length), values));
    }

    /** The frame header of memcached's protocol.txt, and statistics. */
    private static Payload memcached() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 1_380; i++) {
            text.append("STAT items:")
                    .append(i)
                    .append(":number ")
                    .append(1_000 + i)
                    .append("\r\n");
        }
        return new Payload(joined(hex("1234 0000 0001 0000"), ascii(text.toString())), MEMCACHED_RESPONSE);
    }

    /** An accepted reply of the debug agent with the target's name. */
    private static Payload vxworks() {
        return plain(joined(
                        hex("11223344 00000001 00000000 00000000 00000000 00000000 00000000 00000001"),
                        ascii(repeated(120))))
                .withSalt(2, 2);
    }

    private static Payload dhdiscover() {
        byte[] text = ascii(
                "{\"mac\":\"00:11:22:33:44:55\",\"method\":\"client.notifyDevInfo\",\"params\":{\"deviceInfo\":{\"AlarmInputChannels\":16,\"DeviceClass\":\"NVR\",\"DeviceType\":\"DHI-NVR4216\",\"HttpPort\":80,\"IPv4Address\":{\"DefaultGateway\":\"192.168.1.1\",\"IPAddress\":\"192.168.1.108\"},\"Vendor\":\"General\",\"Version\":\"3.215.0\"}}}\n"
                    + "\0");
        return plain(joined(
                hex("20000000 44484950 00000000 00000000"),
                Payload.bytes(text.length, text.length >>> 8, 0, 0, 0, 0, 0, 0),
                Payload.bytes(text.length, text.length >>> 8, 0, 0, 0, 0, 0, 0),
                text));
    }

    /** ASHRAE 135: a ReadProperty answer with the object's name. */
    private static Payload bacnet() {
        byte[] name = ascii("Building automation controller, third floor");
        byte[] service = joined(
                hex("0100 30 01 0c 0c 02000001 19 4d 3e 75"), Payload.bytes(name.length + 1, 0), name, hex("3f"));
        int length = 4 + service.length;
        return plain(joined(Payload.bytes(0x81, 0x0a, length >>> 8, length), service));
    }
}
