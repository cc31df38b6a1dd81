package levee.drill;

import java.util.SplittableRandom;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.Protocols;
import levee.telemetry.TcpFlags;

/**
 * Looks for a service everywhere, as Mirai does: with the destination as sequence number. One in a hundred hosts is there,
 * a few refuse.
 */
final class MiraiScan implements Actor {
    static final int TELNET = 23;

    private static final int OTHER_TELNET = 2_323;
    private static final double NANOS_PER_SECOND = 1e9;

    /** What becomes of a connection that is taken up. */
    @FunctionalInterface
    interface Opening {
        Actor open(Ends ends, SplittableRandom random);
    }

    private final Conversations conversations;
    private final Infected bot;
    private final int service;
    private final double probesPerSecond;
    private final long endNanos;
    private final SplittableRandom random;
    private final Opening opening;
    private final int port;

    MiraiScan(
            Conversations conversations,
            Infected bot,
            int service,
            double probesPerSecond,
            long endNanos,
            SplittableRandom random,
            Opening opening) {
        this.conversations = conversations;
        this.bot = bot;
        this.service = service;
        this.probesPerSecond = probesPerSecond;
        this.endNanos = endNanos;
        this.random = random;
        this.opening = opening;
        port = Ports.tcp(random);
    }

    @Override
    public long act(Stage stage) {
        Packet packet = stage.packet;
        boolean other = random.nextInt(10) == 0 && service == TELNET;
        int target = Conversations.visitor(random);
        Ends ends = conversations.outward(bot.host(), port, target, other ? OTHER_TELNET : service, false);
        int fate = random.nextInt(100);
        if (fate == 0) {
            stage.add(stage.now, opening.open(ends, random.split()));
        } else if (fate < 5) {
            TcpFlow flow = new TcpFlow(ends, TcpScript.OTHER, TcpFlow.Outcome.REFUSED, random.split());
            stage.add(stage.now, flow.sending(1, 0, 0).startingAt((int) ends.serverLow()));
        } else {
            ends.begin(packet, true, Protocols.TCP, random.nextInt());
            packet.tcpFlags = TcpFlags.SYN;
            packet.tcpSequence = (int) ends.serverLow();
            packet.tcpWindow = random.nextInt(1 << 16);
            stage.send();
        }
        bot.note(BehaviourKind.SCANNING, stage.now);
        bot.note(BehaviourKind.SCAN_TOOL_FINGERPRINT, stage.now);
        long next = stage.now + (long) (random.nextExponential() * NANOS_PER_SECOND / probesPerSecond);
        return next < endNanos ? next : NEVER;
    }
}
