package levee.logs;

import static levee.logs.NameTable.entry;

/** Numbers of the DNS by the names that logs give them (RFC 6895 sections 2.3 and 3.1). */
final class DnsNames {
    static final NameTable TYPES = new NameTable(
            entry("A", 1),
            entry("NS", 2),
            entry("CNAME", 5),
            entry("SOA", 6),
            entry("NULL", 10),
            entry("PTR", 12),
            entry("HINFO", 13),
            entry("MX", 15),
            entry("TXT", 16),
            entry("AAAA", 28),
            entry("SRV", 33),
            entry("NAPTR", 35),
            entry("DNAME", 39),
            entry("DS", 43),
            entry("SSHFP", 44),
            entry("RRSIG", 46),
            entry("NSEC", 47),
            entry("DNSKEY", 48),
            entry("NSEC3", 50),
            entry("TLSA", 52),
            entry("SVCB", 64),
            entry("HTTPS", 65),
            entry("SPF", 99),
            entry("TKEY", 249),
            entry("TSIG", 250),
            entry("IXFR", 251),
            entry("AXFR", 252),
            entry("ANY", 255),
            entry("URI", 256),
            entry("CAA", 257));

    static final NameTable CODES = new NameTable(
            entry("NOERROR", 0),
            entry("FORMERR", 1),
            entry("SERVFAIL", 2),
            entry("NXDOMAIN", 3),
            entry("NOTIMP", 4),
            entry("REFUSED", 5),
            entry("YXDOMAIN", 6),
            entry("YXRRSET", 7),
            entry("NXRRSET", 8),
            entry("NOTAUTH", 9),
            entry("NOTZONE", 10));

    private DnsNames() {}
}
