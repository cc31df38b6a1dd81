package levee.capture;

import java.nio.ByteBuffer;
import levee.telemetry.PayloadHint;

/** Tells what the first bytes of a payload look like. */
final class PayloadSniffer {
    private static final int DNS_HEADER = 12;
    private static final int HTTP = 0x4854_5450;
    private static final int M_SEARCH = 0x4d2d_5345;
    private static final int NOTIFY = 0x4e4f_5449;
    private static final int SIP = 0x5349_502f;

    /** A dictionary of BEP 5 whose first key is {@code a}, {@code r} or {@code e}; at any port. */
    private static final int DHT_QUERY = 0x6431_3a61;

    private static final int DHT_ANSWER = 0x6431_3a72;
    private static final int DHT_ERROR = 0x6431_3a65;
    private static final int STUN_COOKIE = 0x2112_a442;

    private PayloadSniffer() {}

    static byte tcp(ByteBuffer bytes, int start, int limit) {
        if (start <= limit - 8 && bytes.getInt(start) == HTTP && bytes.get(start + 4) == '/') {
            return PayloadHint.HTTP_RESPONSE;
        }
        return PayloadHint.NONE;
    }

    static byte udp(ByteBuffer bytes, int start, int limit, int sourcePort, int destinationPort) {
        if (start > limit - 4) {
            return PayloadHint.NONE;
        }
        int word = bytes.getInt(start);
        switch (word) {
            case HTTP -> {
                return PayloadHint.SSDP_RESPONSE;
            }
            case M_SEARCH, NOTIFY -> {
                return PayloadHint.SSDP_REQUEST;
            }
            case SIP -> {
                return PayloadHint.SIP_RESPONSE;
            }
            case -1 -> {
                return PayloadHint.GAME_QUERY_RESPONSE;
            }
            case DHT_QUERY, DHT_ANSWER, DHT_ERROR -> {
                return PayloadHint.BITTORRENT_DHT;
            }
            default -> {
                // a service is told by its port first
            }
        }
        byte hint = byService(bytes, start, limit, sourcePort);
        return hint != PayloadHint.NONE || sourcePort == destinationPort
                ? hint
                : byService(bytes, start, limit, destinationPort);
    }

    private static byte byService(ByteBuffer bytes, int start, int limit, int port) {
        return switch (port) {
            case 53, 5353 -> dns(bytes, start, limit);
            case 123 -> ntp(bytes, start);
            case 161, 162 -> snmp(bytes, start, limit);
            case 389 -> ldap(bytes, start, limit);
            case 443, 4433, 784, 853 -> secureTransport(bytes, start);
            case 500, 4500 -> isakmp(bytes, start, limit, port);
            case 3478, 3479, 19302 -> stun(bytes, start, limit);
            case 5683 -> coap(bytes, start);
            case 6881 -> bencoded(bytes, start);
            case 11211 -> memcached(bytes, start, limit);
            default -> PayloadHint.NONE;
        };
    }

    /** RFC 1035 section 4.1.1. */
    private static byte dns(ByteBuffer bytes, int start, int limit) {
        if (start > limit - DNS_HEADER) {
            return PayloadHint.NONE;
        }
        int flags = bytes.getChar(start + 2);
        int opcode = flags >>> 11 & 0xf;
        int questions = bytes.getChar(start + 4);
        if (opcode > 6 || questions > 32) {
            return PayloadHint.NONE;
        }
        return (flags & 0x8000) != 0 ? PayloadHint.DNS_RESPONSE : PayloadHint.DNS_QUERY;
    }

    /** RFC 5905 section 7.3, RFC 9327, and the private mode 7 of ntpd. */
    private static byte ntp(ByteBuffer bytes, int start) {
        int first = bytes.get(start) & 0xff;
        return switch (first & 7) {
            case 1, 2, 3 -> PayloadHint.NTP_REQUEST;
            case 4, 5 -> PayloadHint.NTP_RESPONSE;
            case 6 -> (bytes.get(start + 1) & 0x80) != 0 ? PayloadHint.NTP_CONTROL_RESPONSE : PayloadHint.NTP_REQUEST;
            case 7 -> (first & 0x80) != 0 ? PayloadHint.NTP_CONTROL_RESPONSE : PayloadHint.NTP_REQUEST;
            default -> PayloadHint.NONE;
        };
    }

    /** A message of RFC 3417: the tag of the PDU stands behind version and community. */
    private static byte snmp(ByteBuffer bytes, int start, int limit) {
        if (bytes.get(start) != 0x30) {
            return PayloadHint.NONE;
        }
        int version = start + 1 + lengthOctets(bytes, start + 1);
        int community = version + 3;
        if (community > limit - 2 || bytes.get(version) != 0x02 || bytes.get(community) != 0x04) {
            return PayloadHint.NONE;
        }
        int pdu = community + 2 + (bytes.get(community + 1) & 0x7f);
        if (pdu >= limit) {
            return PayloadHint.NONE;
        }
        return switch (bytes.get(pdu) & 0xff) {
            case 0xa2, 0xa8 -> PayloadHint.SNMP_RESPONSE;
            case 0xa0, 0xa1, 0xa3, 0xa5 -> PayloadHint.SNMP_REQUEST;
            default -> PayloadHint.NONE;
        };
    }

    /** The number of octets of a BER length that starts at {@code at}. */
    private static int lengthOctets(ByteBuffer bytes, int at) {
        int first = bytes.get(at) & 0xff;
        return first < 0x80 ? 1 : 1 + (first & 0x7);
    }

    /** A searchResEntry or searchResDone (RFC 4511 section 4.5.2) behind the message id. */
    private static byte ldap(ByteBuffer bytes, int start, int limit) {
        if (bytes.get(start) != 0x30) {
            return PayloadHint.NONE;
        }
        int id = start + 1 + lengthOctets(bytes, start + 1);
        if (id > limit - 2 || bytes.get(id) != 0x02) {
            return PayloadHint.NONE;
        }
        int operation = id + 2 + (bytes.get(id + 1) & 0x7);
        if (operation >= limit) {
            return PayloadHint.NONE;
        }
        int tag = bytes.get(operation) & 0xff;
        return tag == 0x64 || tag == 0x65 ? PayloadHint.CLDAP_RESPONSE : PayloadHint.NONE;
    }

    /** RFC 9000 section 17.2 and RFC 9147 section 4. */
    private static byte secureTransport(ByteBuffer bytes, int start) {
        int first = bytes.get(start) & 0xff;
        if (first >= 20 && first <= 25 && bytes.get(start + 1) == (byte) 0xfe) {
            return PayloadHint.DTLS;
        }
        return (first & 0xc0) == 0xc0 ? PayloadHint.QUIC_LONG_HEADER : PayloadHint.NONE;
    }

    /** RFC 7296 section 3.1: exchange types 2 to 6 and 34 to 43; on udp/4500 behind a marker of four zeros. */
    private static byte isakmp(ByteBuffer bytes, int start, int limit, int port) {
        int header = port == 4500 && bytes.getInt(start) == 0 ? start + 4 : start;
        if (header > limit - 20) {
            return PayloadHint.NONE;
        }
        int version = bytes.get(header + 17) & 0xff;
        int exchange = bytes.get(header + 18) & 0xff;
        boolean known = exchange >= 1 && exchange <= 6 || exchange >= 32 && exchange <= 43;
        return (version == 0x10 || version == 0x20) && known ? PayloadHint.ISAKMP : PayloadHint.NONE;
    }

    /** RFC 8489 section 5: success and error responses. */
    private static byte stun(ByteBuffer bytes, int start, int limit) {
        if (start > limit - 8 || bytes.getInt(start + 4) != STUN_COOKIE) {
            return PayloadHint.NONE;
        }
        return (bytes.getChar(start) & 0xc100) == 0x0100 ? PayloadHint.STUN_RESPONSE : PayloadHint.NONE;
    }

    /** RFC 7252 section 3: version 1 and a code of class 2, 4 or 5. */
    private static byte coap(ByteBuffer bytes, int start) {
        int codeClass = bytes.get(start + 1) >>> 5 & 7;
        boolean version1 = (bytes.get(start) & 0xc0) == 0x40;
        return version1 && (codeClass == 2 || codeClass >= 4) ? PayloadHint.COAP_RESPONSE : PayloadHint.NONE;
    }

    private static byte bencoded(ByteBuffer bytes, int start) {
        return bytes.get(start) == 'd' && bytes.get(start + 2) == ':' ? PayloadHint.BITTORRENT_DHT : PayloadHint.NONE;
    }

    /** The UDP frame header of memcached (protocol.txt), whose reserved field is zero, and then text. */
    private static byte memcached(ByteBuffer bytes, int start, int limit) {
        if (start > limit - 12 || bytes.getChar(start + 6) != 0) {
            return PayloadHint.NONE;
        }
        int word = bytes.getInt(start + 8);
        boolean isAnswer = word == 0x5354_4154 || word == 0x5641_4c55 || word == 0x454e_440d || word == 0x4552_524f;
        return isAnswer ? PayloadHint.MEMCACHED_RESPONSE : PayloadHint.NONE;
    }
}
