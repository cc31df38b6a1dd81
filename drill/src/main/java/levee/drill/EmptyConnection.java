package levee.drill;

import static levee.telemetry.TcpFlags.ACK;
import static levee.telemetry.TcpFlags.RST;
import static levee.telemetry.TcpFlags.SYN;

import java.util.Optional;

/**
 * The rest of a connection that a bot opens with its own address: the SYN-ACK, and what the bot answers. If it opened
 * the connection in the usual way, it acknowledges and then says nothing. If its program made the SYN by itself, the
 * system that it runs on knows of no connection and resets it (RFC 9293, section 3.10.7.1); no attacker asked for that,
 * so it is ordinary traffic, as what the victim answers.
 */
final class EmptyConnection implements Actor {
    private static final long SHORTEST_ROUND_TRIP_NANOS = 20_000_000;
    private static final int LONGER_NANOS = 0x3ff_ffff;

    private final Packet opening = Packet.simple();
    private final AttackStream.Part part;
    private final int source;
    private final int serverSequence;

    /** The host that forgets the connection when it is reset, or nobody if it is kept. */
    private final Optional<Victim> forgetful;

    private boolean accepted;

    private EmptyConnection(
            Packet opening, AttackStream.Part part, int source, int serverSequence, Optional<Victim> forgetful) {
        this.opening.copy(opening);
        this.part = part;
        this.source = source;
        this.serverSequence = serverSequence;
        this.forgetful = forgetful;
    }

    static EmptyConnection kept(Packet opening, AttackStream.Part part, int source, int serverSequence) {
        return new EmptyConnection(opening, part, source, serverSequence, Optional.empty());
    }

    static EmptyConnection reset(
            Packet opening, AttackStream.Part part, int source, int serverSequence, Victim victim) {
        return new EmptyConnection(opening, part, source, serverSequence, Optional.of(victim));
    }

    @Override
    public long act(Stage stage) {
        Packet packet = stage.packet;
        packet.copy(opening);
        if (!accepted) {
            accepted = true;
            Victim.reverse(packet);
            packet.tcpFlags = SYN | ACK;
            packet.tcpSequence = serverSequence;
            packet.tcpAcknowledgment = opening.tcpSequence + 1;
            packet.tcpOptions = Victim.optionsFor(opening);
            stage.send();
            return stage.now + SHORTEST_ROUND_TRIP_NANOS + (serverSequence & LONGER_NANOS);
        }
        packet.tcpOptions = 0;
        packet.tcpSequence = opening.tcpSequence + 1;
        if (forgetful.isPresent()) {
            forgetful.get().forget();
            packet.tcpFlags = RST;
            packet.tcpAcknowledgment = 0;
            packet.tcpWindow = 0;
            packet.identification = 0;
            packet.dontFragment = true;
            stage.send();
        } else {
            packet.tcpFlags = ACK;
            packet.tcpAcknowledgment = serverSequence + 1;
            stage.sendAttack(part.attack(), part.vector(), part.firstSource() + source);
        }
        return NEVER;
    }
}
