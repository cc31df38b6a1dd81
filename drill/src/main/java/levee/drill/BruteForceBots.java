package levee.drill;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import levee.drill.TcpDialogue.Message;
import levee.model.InfectedHost.BehaviourKind;
import levee.telemetry.PayloadHint;

/** Bots that guess passwords, and ask for targets twice an hour. */
final class BruteForceBots implements BotPlayer {
    private static final long MILLISECOND = 1_000_000L;
    private static final int SSH = 22;
    private static final int ABSENT_PERCENT = 10;
    private static final int TRIES_PER_TARGET = 8;

    private final Gang gang;
    private final BotFamily.BruteForce family;
    private final BeaconBots orders;

    BruteForceBots(Gang gang, BotFamily.BruteForce family) {
        this.gang = gang;
        this.family = family;
        orders = new BeaconBots(gang, new BotFamily.Beacon(Duration.ofMinutes(30), 0.1, true, true));
    }

    @Override
    public void infect(Stage stage, Infected bot, long nanos, SplittableRandom random) {
        orders.infect(stage, bot, nanos, random.split());
        Duration pause = Duration.ofNanos((long) (60e9 / family.triesPerMinute()));
        int[] target = {0, 0};
        Periodic.Turn turn = on -> {
            if (target[1]-- <= 0) {
                target[0] = Conversations.server(random);
                target[1] = random.nextInt(1, TRIES_PER_TARGET);
            }
            on.add(on.now, attempt(bot, target[0], random));
        };
        stage.add(nanos + 30_000 * MILLISECOND, new Periodic(pause, 0.5, gang.endNanos(), random.split(), turn));
    }

    private Actor attempt(Infected bot, int server, SplittableRandom random) {
        Ends ends = gang.outward(bot, server, family.port(), random);
        Actor attempt = random.nextInt(100) < ABSENT_PERCENT
                ? new TcpFlow(ends, TcpScript.OTHER, TcpFlow.Outcome.UNANSWERED, random.split()).tryingOnce()
                : new TcpDialogue(ends, family.port() == SSH ? ssh(random) : desktop(), random.split());
        return now -> {
            bot.note(BehaviourKind.BRUTE_FORCE, now.now);
            return attempt.act(now);
        };
    }

    /** Keys are exchanged (RFC 4253), then some passwords are refused (RFC 4252 section 8). */
    private static List<Message> ssh(SplittableRandom random) {
        List<Message> messages = new ArrayList<>();
        messages.add(Message.text(true, "SSH-2.0-libssh2_1.10.0\r\n", 0));
        messages.add(Message.whole(false, Payloads.SSH_SERVER, 10 * MILLISECOND));
        messages.add(new Message(true, Payloads.ENCRYPTED, Payloads.ENCRYPTED, 720, 0));
        messages.add(new Message(false, Payloads.ENCRYPTED, Payloads.ENCRYPTED, 1_080, 0));
        for (int i = random.nextInt(3, 7); i > 0; i--) {
            messages.add(new Message(true, Payloads.ENCRYPTED, Payloads.ENCRYPTED, 84, 0));
            messages.add(new Message(
                    false, Payloads.ENCRYPTED, Payloads.ENCRYPTED, 52, random.nextLong(800, 2_200) * MILLISECOND));
        }
        return messages;
    }

    /** A connection request of X.224 with a user's name (MS-RDPBCGR section 2.2.1.1), then TLS, in which a password is refused. */
    private static List<Message> desktop() {
        byte[] cookie = "Cookie: mstshash=Administr\r\n".getBytes(US_ASCII);
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        int length = 11 + cookie.length + 8;
        request.writeBytes(Payload.bytes(3, 0, 0, length, length - 5, 0xe0, 0, 0, 0, 0, 0));
        request.writeBytes(cookie);
        request.writeBytes(Payload.bytes(1, 0, 8, 0, 3, 0, 0, 0));
        Payload confirm = new Payload(
                Payload.bytes(3, 0, 0, 19, 14, 0xd0, 0, 0, 0x12, 0x34, 0, 2, 0x1f, 8, 0, 2, 0, 0, 0), PayloadHint.NONE);
        List<Message> messages = new ArrayList<>();
        messages.add(Message.whole(true, new Payload(request.toByteArray(), PayloadHint.NONE), 0));
        messages.add(Message.whole(false, confirm, 0));
        messages.addAll(TlsHello.handshake(TlsHello.Program.BOT, Optional.empty(), 900, 160));
        messages.add(Message.secret(true, 600, 0));
        messages.add(Message.secret(false, 80, 900 * MILLISECOND));
        return messages;
    }
}
