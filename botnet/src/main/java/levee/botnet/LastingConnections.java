package levee.botnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import levee.model.Amounts;
import levee.model.Evidence;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.Protocols;

/**
 * Servers to which a host keeps a connection for hours, one whose partner is hidden where nobody else hides, or one to where its
 * program came from.
 */
final class LastingConnections {
    /** A connection that is shorter is nothing unusual. */
    static final int LONG_SECONDS = 3_600;

    private static final int FIRST_DYNAMIC_PORT = 49_152;

    /** To fetch a second part of a program takes less, and is done with a few connections. */
    private static final int KEPT_SECONDS = 60;

    private static final int KEPT_ATTEMPTS = 6;

    private LastingConnections() {}

    /** Whether a look at a pair may show something that was not there before. */
    static boolean mayTell(Host host, Pair pair) {
        return pair.longestSeconds() >= LONG_SECONDS || host.loading != null;
    }

    /** @param context what speaks for a command server otherwise, in decibans */
    static Optional<Sign> judge(Host host, Pair pair, double context) {
        boolean isNameless = pair.namelessHellos > 0 && pair.namedHellos == 0;
        // Whoever visits a server at home says its name.
        boolean isOdd = (!ServicePorts.isKnown(pair.remote.port) || ServicePorts.isAtHome(pair.remote.port))
                && pair.remote.port < FIRST_DYNAMIC_PORT;
        boolean isHidden = isNameless && isOdd;
        boolean isLong = pair.longestSeconds() >= LONG_SECONDS && pair.remote.protocol == Protocols.TCP;
        boolean isOfLoader = isOfLoader(host, pair);
        if (!isLong && !isHidden && !isOfLoader) {
            return Optional.empty();
        }
        double weight = context
                + (isLong ? 3 + Decibans.growing(pair.longestSeconds(), LONG_SECONDS, 7, 8) : 0)
                + (isHidden ? 15 : 0)
                + (isOfLoader ? 8 : 0)
                + (isHidden && pair.oldHellos > 0 ? 2 : 0);
        if (weight <= 0) {
            return Optional.empty();
        }
        List<Evidence> evidence = new ArrayList<>();
        if (isLong) {
            evidence.add(new Evidence(
                    String.format(
                            Locale.ROOT,
                            "held a connection to %s for %,d min",
                            pair.remote.title(),
                            pair.longestSeconds() / 60),
                    pair.longestSeconds() / 60.0,
                    LONG_SECONDS / 60.0,
                    "duration of one connection in minutes"));
        }
        if (isHidden) {
            evidence.add(new Evidence(
                    "speaks TLS to " + pair.remote.title()
                            + ", a port of no known service, without saying whom it wants",
                    pair.namelessHellos,
                    1,
                    "client hellos without server name"));
        }
        if (isOfLoader) {
            evidence.add(new Evidence(
                    String.format(
                            Locale.ROOT,
                            "talks on with %s, where it fetched a program before: %s, %,d s at the longest",
                            pair.remote.title(),
                            Amounts.count(pair.attempts, "connection"),
                            pair.longestSeconds()),
                    pair.longestSeconds(),
                    KEPT_SECONDS,
                    "duration of one connection in seconds, or " + KEPT_ATTEMPTS + " connections"));
        }
        return Optional.of(pair.sign(BehaviourKind.LONG_CONNECTION, weight, evidence));
    }

    /** Whether a host stays with the address from which it fetched a program, at another port: the program reports to who lent it. */
    private static boolean isOfLoader(Host host, Pair pair) {
        LoadState loading = host.loading;
        return loading != null
                && loading.high == pair.remote.high
                && loading.low == pair.remote.low
                && loading.port != pair.remote.port
                && !ServicePorts.isWeb(pair.remote.port)
                && pair.lastNanos > loading.firstNanos
                && pair.answered > 0
                && (pair.longestSeconds() >= KEPT_SECONDS || pair.attempts >= KEPT_ATTEMPTS);
    }
}
