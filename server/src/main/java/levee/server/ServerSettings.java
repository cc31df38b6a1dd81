package levee.server;

import java.util.List;

/**
 * How the server listens and whom it serves.
 *
 * @param host the address to listen on, such as {@code 127.0.0.1}
 * @param port 0 for any free one
 * @param names by which browsers and other clients may call the server, besides {@code localhost} and addresses
 * @param tokens that are accepted
 * @param anonymous what callers may on loopback, where there are neither tokens nor accounts
 * @param version of Levee
 * @param transport how what is said stays between the two who say it
 */
public record ServerSettings(
        String host,
        int port,
        List<String> names,
        List<AccessToken> tokens,
        Operation.Access anonymous,
        String version,
        ServerLimits limits,
        Transport transport) {
    /** Without TLS, on this machine. */
    public ServerSettings(
            String host,
            int port,
            List<String> names,
            List<AccessToken> tokens,
            Operation.Access anonymous,
            String version,
            ServerLimits limits) {
        this(host, port, names, tokens, anonymous, version, limits, new Transport.Plain());
    }

    public ServerSettings {
        names = List.copyOf(names);
        tokens = List.copyOf(tokens);
    }
}
