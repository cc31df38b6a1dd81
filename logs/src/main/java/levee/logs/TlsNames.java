package levee.logs;

import static levee.logs.NameTable.entry;

/** Numbers of TLS by the names that logs give them; 0 is none. */
final class TlsNames {
    /** Versions as they are on the wire (RFC 8446 section 4.1.2, RFC 9147 section 5.3). */
    static final NameTable VERSIONS = new NameTable(
            entry("SSLv2", 0x0002),
            entry("SSLv3", 0x0300),
            entry("TLSv10", 0x0301),
            entry("TLSv11", 0x0302),
            entry("TLSv12", 0x0303),
            entry("TLSv13", 0x0304),
            entry("DTLSv10", 0xfeff),
            entry("DTLSv12", 0xfefd),
            entry("DTLSv13", 0xfefc),
            entry("TLSv1", 0x0301),
            entry("TLS 1.0", 0x0301),
            entry("TLS 1.1", 0x0302),
            entry("TLS 1.2", 0x0303),
            entry("TLS 1.3", 0x0304));

    /** The suites that most connections use, by their names at IANA. */
    static final NameTable CIPHERS = new NameTable(
            entry("TLS_AES_128_GCM_SHA256", 0x1301),
            entry("TLS_AES_256_GCM_SHA384", 0x1302),
            entry("TLS_CHACHA20_POLY1305_SHA256", 0x1303),
            entry("TLS_RSA_WITH_RC4_128_MD5", 0x0004),
            entry("TLS_RSA_WITH_RC4_128_SHA", 0x0005),
            entry("TLS_RSA_WITH_3DES_EDE_CBC_SHA", 0x000a),
            entry("TLS_RSA_WITH_AES_128_CBC_SHA", 0x002f),
            entry("TLS_DHE_RSA_WITH_AES_128_CBC_SHA", 0x0033),
            entry("TLS_RSA_WITH_AES_256_CBC_SHA", 0x0035),
            entry("TLS_DHE_RSA_WITH_AES_256_CBC_SHA", 0x0039),
            entry("TLS_RSA_WITH_AES_128_CBC_SHA256", 0x003c),
            entry("TLS_RSA_WITH_AES_256_CBC_SHA256", 0x003d),
            entry("TLS_RSA_WITH_AES_128_GCM_SHA256", 0x009c),
            entry("TLS_RSA_WITH_AES_256_GCM_SHA384", 0x009d),
            entry("TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", 0x009e),
            entry("TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", 0x009f),
            entry("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", 0xc009),
            entry("TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", 0xc00a),
            entry("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", 0xc013),
            entry("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", 0xc014),
            entry("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", 0xc023),
            entry("TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", 0xc024),
            entry("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", 0xc027),
            entry("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", 0xc028),
            entry("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", 0xc02b),
            entry("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", 0xc02c),
            entry("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", 0xc02f),
            entry("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", 0xc030),
            entry("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", 0xcca8),
            entry("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", 0xcca9));

    /** DTLS has the complement of its version on the wire. */
    private static final int FIRST_DTLS = 0xfe00;

    private TlsNames() {}

    /** Whether the version is one of DTLS, which UDP carries. */
    static boolean isOverUdp(int version) {
        return version >= FIRST_DTLS;
    }
}
