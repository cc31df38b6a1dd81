package levee.indicator;

/** What a list says is bad. */
public enum IndicatorKind {
    ADDRESS,
    /** An address with a port of it; other ports say nothing. */
    ADDRESS_AND_PORT,
    PREFIX,
    /** This name only. */
    NAME,
    /** The name and all below it. */
    NAME_AND_BELOW,
    /** The host of a bad URL: weaker than a name, since others may share the host. */
    URL_HOST,
    /** How a TLS client says hello: the MD5 of JA3, 32 hexadecimal digits. */
    JA3,
    /** How a TLS client says hello: JA4. */
    JA4,
    /** SHA-1 or SHA-256 of a certificate of TLS, hexadecimal. */
    CERTIFICATE
}
