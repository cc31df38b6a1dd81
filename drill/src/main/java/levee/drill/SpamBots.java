package levee.drill;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import levee.drill.TcpDialogue.Message;
import levee.model.InfectedHost.BehaviourKind;

/** Bots that send mail, and ask for texts and addresses twice an hour. */
final class SpamBots implements BotPlayer {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration ORDERS = Duration.ofMinutes(30);

    private final Gang gang;
    private final BotFamily.Spam family;
    private final BeaconBots orders;

    SpamBots(Gang gang, BotFamily.Spam family) {
        this.gang = gang;
        this.family = family;
        orders = new BeaconBots(gang, new BotFamily.Beacon(ORDERS, 0.1, false, true));
    }

    @Override
    public void infect(Stage stage, Infected bot, long nanos, SplittableRandom random) {
        orders.infect(stage, bot, nanos, random.split());
        Duration pause = Duration.ofNanos((long) (MINUTE.toNanos() / family.mailsPerMinute()));
        Periodic.Turn turn = on -> {
            bot.note(BehaviourKind.SPAM, on.now);
            String sender = Names.word(random) + random.nextInt(100) + "@" + gang.domain();
            on.add(
                    on.now,
                    mail(
                            gang.conversations(),
                            gang.names(),
                            bot.host(),
                            sender,
                            0.35,
                            now -> bot.note(BehaviourKind.SPAM, now),
                            random));
        };
        stage.add(nanos + MINUTE.toNanos(), new Periodic(pause, 0.5, gang.endNanos(), random.split(), turn));
    }

    /**
     * Asks for the mail server of somebody and its address, and gives it a mail.
     *
     * @param unwanted how often it does not want the mail, 0 to 1
     * @param witness is told of each packet to the mail server
     */
    static Actor mail(
            Conversations conversations,
            NameService names,
            int host,
            String sender,
            double unwanted,
            LongConsumer witness,
            SplittableRandom random) {
        int server = Conversations.server(random);
        String domain = names.names().domain(server);
        String exchange = "mx1." + domain;
        Ends ends = conversations.outward(host, Ports.tcp(random), server, 25, false);
        double fate = random.nextDouble();
        Actor delivery;
        if (fate < unwanted * 0.3) {
            delivery = seen(new TcpFlow(ends, TcpScript.OTHER, TcpFlow.Outcome.UNANSWERED, random.split()), witness);
        } else {
            delivery = new TcpDialogue(ends, dialogue(domain, exchange, sender, fate, unwanted, random), random.split())
                    .seenBy(witness);
        }
        Actor address = names.find(
                host, exchange, conversations.address(server), server >> 2, Optional.of(delivery), random.split());
        return names.ask(
                host,
                DnsMessages.query(domain, DnsMessages.MX),
                DnsMessages.mailServer(domain, exchange),
                server >> 2,
                random.nextBoolean(),
                Optional.of(address),
                random.split());
    }

    private static Actor seen(Actor actor, LongConsumer witness) {
        return stage -> {
            witness.accept(stage.now);
            return actor.act(stage);
        };
    }

    static List<Message> dialogue(
            String domain, String exchange, String sender, double fate, double unwanted, SplittableRandom random) {
        String recipient = Names.word(random) + "." + Names.word(random) + "@" + domain;
        String helo = sender.substring(sender.indexOf('@') + 1);
        if (fate < unwanted * 0.5) {
            return List.of(
                    Message.text(false, "421 4.7.0 " + exchange + " Too many connections\r\n", 20_000_000L),
                    Message.text(true, "QUIT\r\n", 0));
        }
        boolean refused = fate < unwanted;
        Message greeting = Message.text(false, "220 " + exchange + " ESMTP\r\n", 20_000_000L);
        Message hello = Message.text(true, "EHLO " + helo + "\r\n", 0);
        Message welcome = Message.text(false, "250-" + exchange + "\r\n250-SIZE 52428800\r\n250 8BITMIME\r\n", 0);
        Message from = Message.text(true, "MAIL FROM:<" + sender + ">\r\n", 0);
        Message right = Message.text(false, "250 2.1.0 Ok\r\n", 0);
        Message to = Message.text(true, "RCPT TO:<" + recipient + ">\r\n", 0);
        if (refused) {
            return List.of(
                    greeting,
                    hello,
                    welcome,
                    from,
                    right,
                    to,
                    Message.text(false, "550 5.7.1 <" + recipient + ">: Recipient rejected\r\n", 0),
                    Message.text(true, "QUIT\r\n", 0),
                    Message.text(false, "221 2.0.0 Bye\r\n", 0));
        }
        String body = "From: <" + sender + ">\r\nTo: <" + recipient + ">\r\nSubject: " + Names.word(random) + "\r\n\r\n"
                + (Names.word(random) + " ").repeat(random.nextInt(20, 120)) + "\r\n.\r\n";
        return List.of(
                greeting,
                hello,
                welcome,
                from,
                right,
                to,
                Message.text(false, "250 2.1.5 Ok\r\n", 0),
                Message.text(true, "DATA\r\n", 0),
                Message.text(false, "354 End data with <CR><LF>.<CR><LF>\r\n", 0),
                Message.text(true, body, 0),
                Message.text(false, "250 2.0.0 Ok: queued\r\n", 0),
                Message.text(true, "QUIT\r\n", 0),
                Message.text(false, "221 2.0.0 Bye\r\n", 0));
    }
}
