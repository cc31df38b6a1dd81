package levee.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import levee.drill.TcpDialogue.Message;
import levee.model.InfectedHost.BehaviourKind;

/** Bots that ask for orders again and again. */
final class BeaconBots implements BotPlayer {
    private static final int TLS_PORT = 443;
    private static final int HTTP_PORT = 80;
    private static final int DOWNLOADS_PER_THOUSAND = 15;

    /** How long a name is remembered. */
    private static final long REMEMBERED_NANOS = 300_000_000_000L;

    private final Gang gang;
    private final BotFamily.Beacon family;
    private final int server;
    private final int requestBytes;
    private final int answerBytes;

    BeaconBots(Gang gang, BotFamily.Beacon family) {
        this.gang = gang;
        this.family = family;
        server = gang.newcomer();
        requestBytes = gang.random().nextInt(120, 600);
        answerBytes = gang.random().nextInt(60, 300);
    }

    @Override
    public void infect(Stage stage, Infected bot, long nanos, SplittableRandom random) {
        long[] asked = {Long.MIN_VALUE / 2};
        Periodic.Turn turn = on -> {
            Actor call = call(bot, random);
            if (family.named() && on.now - asked[0] > REMEMBERED_NANOS) {
                asked[0] = on.now;
                on.add(on.now, gang.find(bot, gang.domain(), server, call, random.split()));
            } else {
                on.add(on.now, call);
            }
        };
        stage.add(nanos, new Periodic(family.period(), family.jitter(), gang.endNanos(), random.split(), turn));
    }

    private Actor call(Infected bot, SplittableRandom random) {
        Optional<String> name = family.named() ? Optional.of(gang.domain()) : Optional.empty();
        return call(gang, bot, server, name, family.encrypted(), random, requestBytes, answerBytes);
    }

    /**
     * A bot asks its command server for orders.
     *
     * @param name of the server, where the bot knows it
     */
    static Actor call(
            Gang gang,
            Infected bot,
            int server,
            Optional<String> name,
            boolean encrypted,
            SplittableRandom random,
            int requestBytes,
            int answerBytes) {
        int port = encrypted ? TLS_PORT : HTTP_PORT;
        int request = requestBytes + random.nextInt(8);
        int answer = random.nextInt(1_000) < DOWNLOADS_PER_THOUSAND ? random.nextInt(30_000, 400_000) : answerBytes;
        List<Message> messages = new ArrayList<>();
        if (encrypted) {
            messages.addAll(TlsHello.handshake(TlsHello.Program.BOT, name, 1_100, 130));
            messages.add(Message.secret(true, request, 0));
            messages.add(Message.secret(false, answer, 0));
        } else {
            String host =
                    name.orElseGet(() -> gang.conversations().address(server).toString());
            messages.add(Message.text(
                    true,
                    "POST /gate.php HTTP/1.1\r\nHost: " + host
                            + "\r\nUser-Agent: Mozilla/4.0 (compatible; MSIE 8.0)\r\nContent-Length: " + request
                            + "\r\n\r\n" + Names.characters(random, request),
                    0));
            messages.add(Message.text(
                    false,
                    "HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Length: " + answer + "\r\nConnection: close\r\n\r\n",
                    0));
            messages.add(Message.noise(false, answer, 0));
        }
        return new TcpDialogue(gang.outward(bot, server, port, random), messages, random.split()).seenBy(now -> {
            gang.commands(server, port, Gang.TCP);
            bot.note(BehaviourKind.BEACONING, now);
        });
    }
}
