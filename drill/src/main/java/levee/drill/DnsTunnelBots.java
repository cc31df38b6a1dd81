package levee.drill;

import java.util.Optional;
import java.util.SplittableRandom;
import levee.model.InfectedHost.BehaviourKind;

/** Bots that talk inside of DNS, over the resolver of the network where they know one, else with their server itself. */
final class DnsTunnelBots implements BotPlayer {
    private static final long MILLISECOND = 1_000_000L;
    private static final int DNS_PORT = 53;
    private static final int LONGEST_LABEL = 60;
    private static final int BURSTS_PERCENT = 3;

    private final Gang gang;
    private final BotFamily.DnsTunnel family;
    private final int server;

    DnsTunnelBots(Gang gang, BotFamily.DnsTunnel family) {
        this.gang = gang;
        this.family = family;
        server = gang.newcomer();
    }

    @Override
    public void infect(Stage stage, Infected bot, long nanos, SplittableRandom random) {
        Periodic.Turn turn = on -> {
            boolean burst = random.nextInt(100) < BURSTS_PERCENT;
            int count = burst ? random.nextInt(20, 150) : 1;
            for (int i = 0; i < count; i++) {
                Actor exchange = exchange(bot, burst, random);
                on.add(on.now + i * 120L * MILLISECOND, exchange);
            }
        };
        stage.add(nanos, new Periodic(family.period(), family.jitter(), gang.endNanos(), random.split(), turn));
    }

    private Actor exchange(Infected bot, boolean full, SplittableRandom random) {
        StringBuilder name = new StringBuilder();
        for (int left = full ? random.nextInt(120, 180) : random.nextInt(14, 40); left > 0; left -= LONGEST_LABEL) {
            name.append(Names.characters(random, Math.min(left, LONGEST_LABEL))).append('.');
        }
        name.append("t.").append(gang.domain());
        int type = family.texts() ? DnsMessages.TXT : DnsMessages.NULL;
        Payload question = DnsMessages.query(name.toString(), type);
        Payload answer = DnsMessages.data(
                name.toString(),
                type,
                Names.characters(random, full ? random.nextInt(100, 400) : random.nextInt(8, 30)));
        Lookup lookup = NameService.asksInside(bot.host())
                ? gang.names().ask(bot.host(), question, answer, server, false, Optional.empty(), random.split())
                : new Lookup(
                        gang.names().outward(bot.host(), Ports.udp(random), server),
                        Optional.empty(),
                        question,
                        answer,
                        Optional.empty(),
                        random.split());
        return now -> {
            bot.note(BehaviourKind.DNS_TUNNEL, now.now);
            gang.commands(server, DNS_PORT, Gang.UDP);
            return lookup.act(now);
        };
    }
}
