package levee.botnet;

import java.util.ArrayList;
import java.util.List;
import levee.model.AttackVector;

/**
 * UDP services that answer before they know who asks, by port, with what is known of their requests.
 *
 * @param name as in findings
 * @param requestBytes of a request that is usual in abuse, from the IP header on
 * @param isSession whether conversations of the service carry much both ways, so that only the first answer tells anything
 * @param isPublic whether some are meant to answer everybody
 */
record ReflectableService(String name, int port, int requestBytes, boolean isSession, boolean isPublic) {
    private static final String SUFFIX = "-reflection";
    private static final int PORTS = 1 << 16;

    static final List<ReflectableService> ALL = all();

    /**
     * By port the number of the service in {@link #ALL}, from 1 on, so that rows of others are dismissed at the price of one
     * byte. Of sessions it is negative.
     */
    static final byte[] KINDS = kinds();

    static final byte NO_SERVICE = 0;

    /** The service of a port that has one. */
    static ReflectableService at(int port) {
        return ALL.get(Math.abs(KINDS[port]) - 1);
    }

    private static List<ReflectableService> all() {
        List<ReflectableService> services = new ArrayList<>();
        for (AttackVector vector : AttackVector.values()) {
            String label = vector.label();
            for (int port : vector.servicePorts()) {
                String name = label.substring(0, label.length() - SUFFIX.length());
                services.add(
                        new ReflectableService(name, port, requestBytes(vector), isSession(vector), isPublic(vector)));
            }
        }
        return List.copyOf(services);
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[PORTS];
        for (int i = 0; i < ALL.size(); i++) {
            ReflectableService service = ALL.get(i);
            kinds[service.port] = (byte) (service.isSession ? -1 - i : i + 1);
        }
        return kinds;
    }

    private static boolean isPublic(AttackVector vector) {
        return vector == AttackVector.DNS_REFLECTION || vector == AttackVector.NTP_REFLECTION;
    }

    private static boolean isSession(AttackVector vector) {
        return switch (vector) {
            case QUIC_REFLECTION,
                    OPENVPN_REFLECTION,
                    RDP_REFLECTION,
                    STUN_REFLECTION,
                    IPSEC_NAT_T_REFLECTION,
                    DHT_REFLECTION,
                    AFS_REFLECTION,
                    STEAM_REFLECTION,
                    QUAKE3_REFLECTION,
                    FIVEM_REFLECTION -> true;
            default -> false;
        };
    }

    /** IPv4 and UDP headers are 28 of it. */
    private static int requestBytes(AttackVector vector) {
        return switch (vector) {
            case QOTD_REFLECTION, CHARGEN_REFLECTION, MSSQL_REFLECTION -> 29;
            case MEMCACHED_REFLECTION -> 43;
            case DNS_REFLECTION, SNMP_REFLECTION -> 70;
            // What asks for the time; abuse asks with fewer.
            case NTP_REFLECTION -> 76;
            case CLDAP_REFLECTION -> 80;
            case SSDP_REFLECTION -> 120;
            case NETBIOS_REFLECTION -> 78;
            case PORTMAP_REFLECTION -> 68;
            default -> 60;
        };
    }
}
