package levee.drill;

import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import levee.model.Endpoint;
import levee.model.IpAddress;

/** What the bots of one outbreak have in common. */
final class Gang {
    static final String TCP = "tcp";
    static final String UDP = "udp";

    private static final List<String> DOMAINS = List.of("xyz", "top", "info", "cc", "com", "net");

    private final Conversations conversations;
    private final NameService names;
    private final IntSupplier newcomers;
    private final long endNanos;
    private final SplittableRandom random;
    private final String domain;
    private final NavigableSet<Endpoint> commandServers = new TreeSet<>();

    /**
     * @param newcomers gives numbers of hosts outside that nobody else has
     * @param endNanos when the drill is over
     */
    Gang(
            Conversations conversations,
            NameService names,
            IntSupplier newcomers,
            long endNanos,
            SplittableRandom random) {
        this.conversations = conversations;
        this.names = names;
        this.newcomers = newcomers;
        this.endNanos = endNanos;
        this.random = random;
        domain = Names.word(random) + Names.characters(random, 3) + "." + DOMAINS.get(random.nextInt(DOMAINS.size()));
    }

    Conversations conversations() {
        return conversations;
    }

    NameService names() {
        return names;
    }

    long endNanos() {
        return endNanos;
    }

    /** For what all of its bots have in common. */
    SplittableRandom random() {
        return random;
    }

    /** The number of a host outside that has no part in ordinary traffic. */
    int newcomer() {
        return newcomers.getAsInt();
    }

    /** A domain that is registered for it. */
    String domain() {
        return domain;
    }

    /** A bot is in touch with a command server. */
    void commands(int server, int port, String transport) {
        commandServers.add(new Endpoint(conversations.address(server), port, transport));
    }

    /** Those with which bots were in touch so far. */
    NavigableSet<Endpoint> commandServers() {
        return Collections.unmodifiableNavigableSet(commandServers);
    }

    Ends outward(Infected bot, int server, int port, SplittableRandom own) {
        return conversations.outward(bot.host(), Ports.tcp(own), server, port, false);
    }

    /** A bot asks for a name of the gang before {@code then}. */
    Lookup find(Infected bot, String name, int server, Actor then, SplittableRandom own) {
        IpAddress address = conversations.address(server);
        return names.find(bot.host(), name, address, authority(), Optional.of(then), own);
    }

    /** Who knows its names: some server of a registrar. */
    int authority() {
        return Math.floorMod(domain.hashCode(), Internet.SERVERS);
    }
}
