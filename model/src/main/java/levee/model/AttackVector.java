package levee.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The closed table of attack vectors. A reflection vector names the service that is abused and the ports that it
 * answers from; the list joins the UDP services of the DDoS Clearing House dissector with those of AMP-Research.
 */
public enum AttackVector {
    QOTD_REFLECTION("qotd-reflection", 17),
    CHARGEN_REFLECTION("chargen-reflection", 19),
    DNS_REFLECTION("dns-reflection", 53),
    TFTP_REFLECTION("tftp-reflection", 69),
    PORTMAP_REFLECTION("portmap-reflection", 111),
    NTP_REFLECTION("ntp-reflection", 123),
    NETBIOS_REFLECTION("netbios-reflection", 137),
    SNMP_REFLECTION("snmp-reflection", 161),
    XDMCP_REFLECTION("xdmcp-reflection", 177),
    CLDAP_REFLECTION("cldap-reflection", 389),
    SLP_REFLECTION("slp-reflection", 427),
    QUIC_REFLECTION("quic-reflection", 443),
    /** Told from QUIC by its payload only, since both answer from udp/443. */
    DTLS_REFLECTION("dtls-reflection"),
    ISAKMP_REFLECTION("isakmp-reflection", 500),
    MODBUS_REFLECTION("modbus-reflection", 502),
    RIPV1_REFLECTION("ripv1-reflection", 520),
    IPMI_REFLECTION("ipmi-reflection", 623),
    OPENVPN_REFLECTION("openvpn-reflection", 1194),
    MSSQL_REFLECTION("mssql-reflection", 1434),
    CITRIX_REFLECTION("citrix-reflection", 1604),
    SSDP_REFLECTION("ssdp-reflection", 1900),
    DIGIMAN_REFLECTION("digiman-reflection", 2362),
    ARD_REFLECTION("ard-reflection", 3283),
    RDP_REFLECTION("rdp-reflection", 3389),
    STUN_REFLECTION("stun-reflection", 3478),
    WSD_REFLECTION("wsd-reflection", 3702),
    BFD_REFLECTION("bfd-reflection", 3784),
    IPSEC_NAT_T_REFLECTION("ipsec-nat-t-reflection", 4500),
    SIP_REFLECTION("sip-reflection", 5060),
    SENTINEL_REFLECTION("sentinel-reflection", 5093),
    NAT_PMP_REFLECTION("nat-pmp-reflection", 5351),
    MDNS_REFLECTION("mdns-reflection", 5353),
    COAP_REFLECTION("coap-reflection", 5683),
    DHT_REFLECTION("dht-reflection", 6881),
    AFS_REFLECTION("afs-reflection", 7001),
    UBIQUITI_REFLECTION("ubiquiti-reflection", 10001),
    MITEL_REFLECTION("mitel-reflection", 10074),
    MEMCACHED_REFLECTION("memcached-reflection", 11211),
    VXWORKS_REFLECTION("vxworks-reflection", 17185),
    POWERHOUSE_REFLECTION("powerhouse-reflection", 20811),
    STEAM_REFLECTION("steam-reflection", 27015, 27036),
    QUAKE3_REFLECTION("quake3-reflection", 27960),
    FIVEM_REFLECTION("fivem-reflection", 30120),
    LANTRONIX_REFLECTION("lantronix-reflection", 30718),
    PLEX_REFLECTION("plex-reflection", 32414),
    JENKINS_REFLECTION("jenkins-reflection", 33848),
    DHDISCOVER_REFLECTION("dhdiscover-reflection", 37810),
    CRESTRON_REFLECTION("crestron-reflection", 41794),
    BACNET_REFLECTION("bacnet-reflection", 47808),
    NETIS_REFLECTION("netis-reflection", 53413),
    TCP_SYNACK_REFLECTION("tcp-synack-reflection", Family.TCP_REFLECTION, Protocols.TCP),
    TCP_MIDDLEBOX_REFLECTION("tcp-middlebox-reflection", Family.TCP_REFLECTION, Protocols.TCP),
    TCP_SYN_FLOOD("tcp-syn-flood", Family.TCP_FLOOD, Protocols.TCP),
    TCP_ACK_FLOOD("tcp-ack-flood", Family.TCP_FLOOD, Protocols.TCP),
    TCP_RST_FLOOD("tcp-rst-flood", Family.TCP_FLOOD, Protocols.TCP),
    TCP_FIN_FLOOD("tcp-fin-flood", Family.TCP_FLOOD, Protocols.TCP),
    TCP_FLAG_FLOOD("tcp-flag-flood", Family.TCP_FLOOD, Protocols.TCP),
    TCP_CONNECTION_FLOOD("tcp-connection-flood", Family.TCP_FLOOD, Protocols.TCP),
    UDP_FLOOD("udp-flood", Family.UDP_FLOOD, Protocols.UDP),
    UDP_FRAGMENT_FLOOD("udp-fragment-flood", Family.UDP_FLOOD, Protocols.UDP),
    DNS_QUERY_FLOOD("dns-query-flood", Family.UDP_FLOOD, Protocols.UDP),
    QUIC_FLOOD("quic-flood", Family.UDP_FLOOD, Protocols.UDP),
    ICMP_FLOOD("icmp-flood", Family.OTHER_FLOOD, Protocols.ICMP),
    ICMPV6_FLOOD("icmpv6-flood", Family.OTHER_FLOOD, Protocols.ICMPV6),
    GRE_FLOOD("gre-flood", Family.OTHER_FLOOD, Protocols.GRE),
    IP_PROTOCOL_FLOOD("ip-protocol-flood", Family.OTHER_FLOOD, Protocols.ANY),
    IP_FRAGMENT_FLOOD("ip-fragment-flood", Family.OTHER_FLOOD, Protocols.ANY);

    /** What a vector is judged like. */
    public enum Family {
        UDP_REFLECTION,
        TCP_REFLECTION,
        TCP_FLOOD,
        UDP_FLOOD,
        OTHER_FLOOD
    }

    private final String label;
    private final Family family;
    private final int protocol;
    private final List<Integer> servicePorts;

    AttackVector(String label, Integer... servicePorts) {
        this.label = label;
        this.family = Family.UDP_REFLECTION;
        this.protocol = Protocols.UDP;
        this.servicePorts = List.of(servicePorts);
    }

    AttackVector(String label, Family family, int protocol) {
        this.label = label;
        this.family = family;
        this.protocol = protocol;
        this.servicePorts = List.of();
    }

    public static Optional<AttackVector> byLabel(String label) {
        return Arrays.stream(values()).filter(v -> v.label.equals(label)).findFirst();
    }

    /** The name in reports, such as {@code dns-reflection}. */
    public String label() {
        return label;
    }

    public Family family() {
        return family;
    }

    /** The IP protocol number, or {@link Protocols#ANY}. */
    public int protocol() {
        return protocol;
    }

    /** The UDP ports that the abused service answers from; empty where the vector is not a UDP reflection. */
    public List<Integer> servicePorts() {
        return servicePorts;
    }

    public boolean isReflection() {
        return family == Family.UDP_REFLECTION || family == Family.TCP_REFLECTION;
    }

    @Override
    public String toString() {
        return label;
    }
}
