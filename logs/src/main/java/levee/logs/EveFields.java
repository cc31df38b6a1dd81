package levee.logs;

import java.util.List;

/** The members of Suricata's EVE events that are read. */
final class EveFields {
    static final int TIMESTAMP = 0;
    static final int EVENT_TYPE = 1;
    static final int SOURCE = 2;
    static final int SOURCE_PORT = 3;
    static final int DESTINATION = 4;
    static final int DESTINATION_PORT = 5;
    static final int PROTOCOL = 6;

    static final int ICMP_TYPE = 7;
    static final int ICMP_CODE = 8;
    static final int RESPONSE_ICMP_TYPE = 9;
    static final int RESPONSE_ICMP_CODE = 10;
    static final int PACKETS_TO_SERVER = 11;
    static final int PACKETS_TO_CLIENT = 12;
    static final int BYTES_TO_SERVER = 13;
    static final int BYTES_TO_CLIENT = 14;
    static final int FLOW_START = 15;
    static final int FLOW_END = 16;
    static final int FLOW_STATE = 17;
    static final int FLAGS_TO_SERVER = 18;
    static final int FLAGS_TO_CLIENT = 19;

    static final int DNS_NAME = 20;
    static final int DNS_TYPE = 21;
    static final int DNS_CODE = 22;
    static final int DNS_DATA = 23;
    static final int DNS_ANSWERS = 24;
    static final int DNS_QUERIES_NAME = 25;
    static final int DNS_QUERIES_TYPE = 26;
    static final int DNS_MESSAGE = 27;

    /** Answers by type: addresses, then names and texts. */
    static final int FIRST_GROUP = 28;

    static final int LAST_GROUP = 34;

    static final int TLS_NAME = 35;
    static final int TLS_VERSION = 36;
    static final int TLS_JA3 = 37;
    static final int TLS_JA3S = 38;
    static final int TLS_JA4 = 39;

    static final int HTTP_HOST = 40;
    static final int HTTP_USER_AGENT = 41;
    static final int HTTP_TARGET = 42;
    static final int HTTP_STATUS = 43;
    static final int HTTP_METHOD = 44;

    static final int SSH_CLIENT_PROTOCOL = 45;
    static final int SSH_CLIENT_SOFTWARE = 46;
    static final int SSH_SERVER_PROTOCOL = 47;
    static final int SSH_SERVER_SOFTWARE = 48;

    static final int SMTP_HELO = 49;
    static final int SMTP_FROM = 50;
    static final int SMTP_TO = 51;

    static final int DHCP_MESSAGE = 52;
    static final int DHCP_MAC = 53;
    static final int DHCP_ASSIGNED = 54;
    static final int DHCP_LEASE = 55;
    static final int DHCP_HOST_NAME = 56;
    static final int DHCP_VENDOR = 57;

    static final int HTTP_CONTENT_TYPE = 58;

    private static final List<String> NAMES = List.of(
            "timestamp",
            "event_type",
            "src_ip",
            "src_port",
            "dest_ip",
            "dest_port",
            "proto",
            "icmp_type",
            "icmp_code",
            "response_icmp_type",
            "response_icmp_code",
            "flow.pkts_toserver",
            "flow.pkts_toclient",
            "flow.bytes_toserver",
            "flow.bytes_toclient",
            "flow.start",
            "flow.end",
            "flow.state",
            "tcp.tcp_flags_ts",
            "tcp.tcp_flags_tc",
            "dns.rrname",
            "dns.rrtype",
            "dns.rcode",
            "dns.rdata",
            "dns.answers",
            "dns.queries.rrname",
            "dns.queries.rrtype",
            "dns.type",
            "dns.grouped.A",
            "dns.grouped.AAAA",
            "dns.grouped.CNAME",
            "dns.grouped.TXT",
            "dns.grouped.PTR",
            "dns.grouped.NS",
            "dns.grouped.MX",
            "tls.sni",
            "tls.version",
            "tls.ja3.hash",
            "tls.ja3s.hash",
            "tls.ja4",
            "http.hostname",
            "http.http_user_agent",
            "http.url",
            "http.status",
            "http.http_method",
            "ssh.client.proto_version",
            "ssh.client.software_version",
            "ssh.server.proto_version",
            "ssh.server.software_version",
            "smtp.helo",
            "smtp.mail_from",
            "smtp.rcpt_to",
            "dhcp.dhcp_type",
            "dhcp.client_mac",
            "dhcp.assigned_ip",
            "dhcp.lease_time",
            "dhcp.hostname",
            "dhcp.vendor_class_identifier",
            "http.http_content_type");

    static final Schema SCHEMA = new Schema(
            NAMES,
            List.of(TIMESTAMP, EVENT_TYPE),
            List.of(EVENT_TYPE),
            ZeekEvents.numbers(
                    NAMES,
                    List.of(
                            "dns.answers",
                            "dns.grouped.A",
                            "dns.grouped.AAAA",
                            "dns.grouped.CNAME",
                            "dns.grouped.TXT",
                            "dns.grouped.PTR",
                            "dns.grouped.NS",
                            "dns.grouped.MX",
                            "smtp.rcpt_to")));

    private EveFields() {}
}
