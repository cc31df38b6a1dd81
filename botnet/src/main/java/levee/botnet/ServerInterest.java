package levee.botnet;

import levee.model.InfectedHost.BehaviourKind;

/** How much speaks for one server commanding a host that is thought infected for whatever reason. */
final class ServerInterest {
    private ServerInterest() {}

    /** In decibans; 0 for who was met by chance. */
    static double of(Host host, Pair pair) {
        if (pair.attempts < 2 && pair.longestSeconds() < 60 && pair.interest <= 0 && pair.namelessHellos == 0) {
            return 0;
        }
        if (isTarget(host, pair) || pair.interest == ServerWatch.NOTHING) {
            return 0;
        }
        int port = pair.remote.port;
        double context = ServicePorts.isChat(port) || ServicePorts.isRemoteControl(port)
                ? 8
                : ServicePorts.isPolled(port)
                        ? -8
                        : ServicePorts.isWeb(port) ? -4 : ServicePorts.isKnown(port) ? -2 : 5;
        double company = Decibans.doubling(Math.max(1, pair.remote.hostCount() - suspects(pair)), -6);
        double habit = Decibans.growing(pair.attempts, 2, 4, 10) + Decibans.growing(pair.longestSeconds(), 60, 4, 8);
        return Math.max(pair.interest, 0) + context + company + habit;
    }

    private static int suspects(Pair pair) {
        int suspects = 0;
        for (Host host : pair.remote.hosts()) {
            suspects += host.told != null ? 1 : 0;
        }
        return Math.max(0, suspects - 1);
    }

    /** Whether it is rather a victim or an equal: of what the host sweeps, guesses, or sends to others, too. */
    private static boolean isTarget(Host host, Pair pair) {
        boolean isMail = pair.remote.port == 25 && host.mail != null;
        boolean isPeer = (host.signs().containsKey(BehaviourKind.PEER_TO_PEER) || host.hasPeers())
                && pair.remote.port >= ServicePorts.FIRST_USER_PORT
                && !ServicePorts.isKnown(pair.remote.port);
        if (isMail || isPeer) {
            return true;
        }
        GuessingState guessing = host.guessing;
        if (guessing != null && guessing.port == pair.remote.port && guessing.sessions >= 10) {
            return true;
        }
        SweepState sweeps = host.sweeps;
        if (sweeps == null) {
            return false;
        }
        for (SweepState.Service service : sweeps.services) {
            if (service != null
                    && service.port == pair.remote.port
                    && service.protocol == pair.remote.protocol
                    && service.failed >= 8
                    && pair.attempts < 20) {
                return true;
            }
        }
        return false;
    }
}
