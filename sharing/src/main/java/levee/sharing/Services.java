package levee.sharing;

import levee.model.AttackVector;

/**
 * The names of services as the Clearing House's dissector has them, so that fingerprints of both can be compared, and
 * names in its manner for the services that it does not know.
 */
final class Services {
    static final String FRAGMENTS = "Fragmented IP packets";
    private static final String UNKNOWN = "Unknown service";

    private Services() {}

    static String name(AttackVector vector) {
        return switch (vector) {
            case QOTD_REFLECTION -> "Quote of the Day";
            case CHARGEN_REFLECTION -> "Chargen";
            case DNS_REFLECTION, DNS_QUERY_FLOOD -> "DNS";
            case TFTP_REFLECTION -> "TFTP";
            // Sic: the dissector's table says "TPC" for the port mapper of Sun RPC.
            case PORTMAP_REFLECTION -> "TPC";
            case NTP_REFLECTION -> "NTP";
            case NETBIOS_REFLECTION -> "NetBios";
            case SNMP_REFLECTION -> "SNMP";
            case XDMCP_REFLECTION -> "XDMCP";
            case CLDAP_REFLECTION -> "LDAP";
            case SLP_REFLECTION -> "SLP";
            case QUIC_REFLECTION, QUIC_FLOOD -> "QUIC";
            case DTLS_REFLECTION -> "DTLS";
            case ISAKMP_REFLECTION -> "ISAKMP";
            case MODBUS_REFLECTION -> "Modbus";
            case RIPV1_REFLECTION -> "RIPv1";
            case IPMI_REFLECTION -> "IPMI";
            case OPENVPN_REFLECTION -> "OpenVPN";
            case MSSQL_REFLECTION -> "MS SQL";
            case CITRIX_REFLECTION -> "Citrix";
            case SSDP_REFLECTION -> "SSDP";
            case DIGIMAN_REFLECTION -> "Digiman";
            case ARD_REFLECTION -> "Apple Remote Desktop";
            case RDP_REFLECTION -> "Windows Remote Desktop";
            case STUN_REFLECTION -> "STUN";
            case WSD_REFLECTION -> "WS-Discovery";
            case BFD_REFLECTION -> "BFD";
            case IPSEC_NAT_T_REFLECTION -> "IPSEC-NAT-T";
            case SIP_REFLECTION -> "SIP";
            case SENTINEL_REFLECTION -> "Sentinel";
            case NAT_PMP_REFLECTION -> "NAT-PMP";
            case MDNS_REFLECTION -> "mDNS";
            case COAP_REFLECTION -> "CoAP";
            case DHT_REFLECTION -> "BitTorrent DHT";
            case AFS_REFLECTION -> "AFS";
            case UBIQUITI_REFLECTION -> "Ubiquiti";
            case MITEL_REFLECTION -> "Mitel MiColab";
            case MEMCACHED_REFLECTION -> "MEMCACHED";
            case VXWORKS_REFLECTION -> "VxWorks";
            case POWERHOUSE_REFLECTION -> "Powerhouse";
            case STEAM_REFLECTION -> "Steam";
            case QUAKE3_REFLECTION -> "Quake 3";
            case FIVEM_REFLECTION -> "FiveM";
            case LANTRONIX_REFLECTION -> "Lantronix";
            case PLEX_REFLECTION -> "Plex Media";
            case JENKINS_REFLECTION -> "Jenkins";
            case DHDISCOVER_REFLECTION -> "DHDiscover";
            case CRESTRON_REFLECTION -> "Crestron";
            case BACNET_REFLECTION -> "BACnet";
            case NETIS_REFLECTION -> "Netis";
            case UDP_FRAGMENT_FLOOD, IP_FRAGMENT_FLOOD -> FRAGMENTS;
            case TCP_SYNACK_REFLECTION,
                    TCP_MIDDLEBOX_REFLECTION,
                    TCP_SYN_FLOOD,
                    TCP_ACK_FLOOD,
                    TCP_RST_FLOOD,
                    TCP_FIN_FLOOD,
                    TCP_FLAG_FLOOD,
                    TCP_CONNECTION_FLOOD,
                    UDP_FLOOD,
                    ICMP_FLOOD,
                    ICMPV6_FLOOD,
                    GRE_FLOOD,
                    IP_PROTOCOL_FLOOD -> UNKNOWN;
        };
    }
}
