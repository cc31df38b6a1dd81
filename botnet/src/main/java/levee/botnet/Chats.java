package levee.botnet;

import java.util.List;
import java.util.Optional;
import levee.model.Evidence;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.Protocols;

/** Servers with which a host chats over IRC: hardly anybody does it any more, but for bots. */
final class Chats {
    private final ChatNewcomers newcomers;

    Chats(ChatNewcomers newcomers) {
        this.newcomers = newcomers;
    }

    Optional<Sign> judge(Pair pair) {
        boolean isChatPort = ServicePorts.isChat(pair.remote.port) && pair.remote.protocol == Protocols.TCP;
        int together = isChatPort || pair.chatMessages > 0 ? newcomers.around(pair.host, pair.firstNanos) : 0;
        if (pair.chatMessages == 0 && !(isChatPort && (pair.attempts >= 3 || together >= 2))) {
            return Optional.empty();
        }
        double weight = pair.chatMessages > 0 ? 21 : 8;
        // In an ordinary network few chat, and do not begin at the same time.
        weight += together >= 2 ? Decibans.doubling(together, 8) : 0;
        weight += pair.chatMessages > 0 && !isChatPort ? 6 : 0;
        weight += pair.failed() >= 3 ? 3 : 0;
        Evidence evidence = new Evidence(
                statement(pair, together),
                Math.max(pair.chatMessages, pair.attempts),
                1,
                pair.chatMessages > 0 ? "commands of RFC 2812" : "port");
        return Optional.of(pair.sign(BehaviourKind.IRC, weight, List.of(evidence)));
    }

    private static String statement(Pair pair, int together) {
        String server = pair.remote.title();
        if (together >= 2) {
            return "began to talk to " + server + ", as " + (together - 1)
                    + " other own hosts began to chat within ten minutes of it";
        }
        return pair.chatMessages > 0
                ? "said " + pair.chatMessages + " IRC commands to " + server
                : "came " + pair.attempts + " times to " + server + ", a port of IRC";
    }
}
