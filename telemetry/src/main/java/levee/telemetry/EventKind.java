package levee.telemetry;

/**
 * What an application said, in the columns of an {@link EventBatch}. Columns that a kind does not name are zero or empty; so
 * is what a source does not know.
 *
 * <p>Of HTTP a source of packets tells of the request and of the answer each by an event. Where the head of an answer was told
 * already when the first bytes behind it show a program, the answer is told of once more, with {@link EventBatch#PROGRAM}.
 *
 * <table>
 * <caption>What the columns hold</caption>
 * <tr><th>kind</th><th>{@code code}</th><th>{@code type}</th><th>{@code name}</th><th>{@code detail}</th>
 *     <th>{@code more}</th><th>addresses</th></tr>
 * <tr><td>{@link #DNS}</td><td>response code (RFC 1035 section 4.1.1)</td><td>type of the question</td>
 *     <td>name asked for, without the last dot</td><td>first text or name answered</td><td></td>
 *     <td>addresses answered</td></tr>
 * <tr><td>{@link #TLS_CLIENT_HELLO}</td><td></td><td>highest version offered</td><td>server name (SNI)</td>
 *     <td>JA3, 32 hexadecimal digits</td><td>JA4</td><td></td></tr>
 * <tr><td>{@link #TLS_SERVER_HELLO}</td><td>cipher suite</td><td>version chosen</td><td></td><td>JA3S</td><td></td><td></td></tr>
 * <tr><td>{@link #HTTP}</td><td>status; 0 in a request</td><td>1 where the method is CONNECT</td><td>host</td>
 *     <td>user agent</td><td>target of the request</td><td></td></tr>
 * <tr><td>{@link #SMTP}</td><td>last reply code</td><td>recipients</td><td>HELO or EHLO name</td>
 *     <td>MAIL FROM</td><td>RCPT TO</td><td></td></tr>
 * <tr><td>{@link #IRC}</td><td></td><td></td><td>command, in capitals</td><td>nick, user or channel</td><td></td><td></td></tr>
 * <tr><td>{@link #SSH}</td><td>1 signed in, 2 refused</td><td>attempts to sign in</td><td></td>
 *     <td>client's version line</td><td>server's version line</td><td></td></tr>
 * <tr><td>{@link #DHCP}</td><td>lease in seconds</td><td>message (RFC 2132 section 9.6)</td><td>host name</td>
 *     <td>Ethernet address as {@code 00:11:22:33:44:55}</td><td>vendor class</td><td>the address asked for or
 *     assigned</td></tr>
 * </table>
 */
public enum EventKind {
    DNS,
    TLS_CLIENT_HELLO,
    TLS_SERVER_HELLO,
    HTTP,
    SMTP,
    IRC,
    SSH,
    DHCP
}
