package levee.server;

import java.util.List;
import levee.model.IpAddress;

/** How what is said over HTTP stays between the two who say it. */
public sealed interface Transport {

    /** It does not: for this machine alone. */
    record Plain() implements Transport {}

    /** By TLS of the server's own. */
    record Tls(TlsFiles files) implements Transport {}

    /**
     * By TLS of proxies, which say in {@code X-Forwarded-For} whom they speak for. Nobody but them and this machine itself
     * gets an answer.
     */
    record BehindProxies(List<IpAddress> proxies) implements Transport {
        public BehindProxies {
            proxies = List.copyOf(proxies);
        }
    }

    /** Whether browsers speak TLS, so that they may be told never to do without. */
    default boolean isSecure() {
        return switch (this) {
            case Plain plain -> false;
            case Tls tls -> true;
            case BehindProxies proxies -> true;
        };
    }
}
