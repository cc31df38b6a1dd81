package levee.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import levee.drill.TcpDialogue.Message;
import levee.model.InfectedHost.BehaviourKind;

/** Hosts that somebody steers from afar: each keeps one connection to him, by a protocol of its own or over TLS, and says nothing of whom it wants. */
final class RemoteControlBots implements BotPlayer {
    private static final long SECOND = 1_000_000_000L;

    /** Under which anybody gets a name for an address that changes. */
    private static final List<String> DYNAMIC = List.of("duckdns.org", "ddns.net", "hopto.org", "ydns.eu");

    /** How often somebody looks at what is on the screen, of keep-alives. */
    private static final int LOOKS_PER_THOUSAND = 5;

    private final Gang gang;
    private final BotFamily.RemoteControl family;
    private final int server;
    private final String name;

    RemoteControlBots(Gang gang, BotFamily.RemoteControl family) {
        this.gang = gang;
        this.family = family;
        server = gang.newcomer();
        SplittableRandom random = gang.random();
        name = Names.word(random) + Names.characters(random, 4) + "." + DYNAMIC.get(random.nextInt(DYNAMIC.size()));
    }

    @Override
    public void infect(Stage stage, Infected bot, long nanos, SplittableRandom random) {
        stage.add(nanos, on -> {
            long length = (long) (family.session().toNanos() * random.nextExponential());
            long end = Math.min(on.now + 2 * family.keepAlive().toNanos() + length, gang.endNanos());
            Actor connection = connection(bot, end, random.split());
            on.add(on.now, family.named() ? gang.find(bot, name, server, connection, random.split()) : connection);
            long again = end + random.nextLong(5 * SECOND, 60 * SECOND);
            return again < gang.endNanos() ? again : Actor.NEVER;
        });
    }

    private TcpDialogue connection(Infected bot, long endNanos, SplittableRandom random) {
        long pause = family.keepAlive().toNanos();
        return new TcpDialogue(gang.outward(bot, server, family.port(), random), greeting(random), random.split())
                .goingOn(now -> now + pause >= endNanos ? List.of() : keepAlive(pause, random))
                .seenBy(now -> {
                    gang.commands(server, family.port(), Gang.TCP);
                    bot.note(BehaviourKind.LONG_CONNECTION, now);
                });
    }

    /** Who it is, and on what it runs. */
    private List<Message> greeting(SplittableRandom random) {
        List<Message> messages = new ArrayList<>();
        if (family.encrypted()) {
            messages.addAll(TlsHello.handshake(TlsHello.Program.BOT, Optional.empty(), 1_200, 130));
        }
        messages.add(message(true, random.nextInt(150, 600), 0));
        return messages;
    }

    private List<Message> keepAlive(long pause, SplittableRandom random) {
        boolean looks = random.nextInt(1_000) < LOOKS_PER_THOUSAND;
        return List.of(message(false, 40, pause), message(true, looks ? random.nextInt(20_000, 300_000) : 45, 0));
    }

    private Message message(boolean fromClient, int length, long pause) {
        return family.encrypted()
                ? Message.secret(fromClient, length, pause)
                : Message.noise(fromClient, length, pause);
    }
}
