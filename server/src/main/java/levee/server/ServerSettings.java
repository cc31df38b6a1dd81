package levee.server;

import java.util.List;

/**
 * How the server listens and whom it serves.
 *
 * @param host the address to listen on, such as {@code 127.0.0.1}
 * @param port 0 for any free one
 * @param names by which browsers and other clients may call the server, besides {@code localhost} and addresses
 * @param tokens that are accepted; without any, the server listens on loopback only, and only for reading
 * @param anonymous what callers may who show no token, where there are no tokens
 * @param version of Levee
 */
public record ServerSettings(
        String host,
        int port,
        List<String> names,
        List<AccessToken> tokens,
        Operation.Access anonymous,
        String version,
        ServerLimits limits) {
    public ServerSettings {
        names = List.copyOf(names);
        tokens = List.copyOf(tokens);
    }
}
