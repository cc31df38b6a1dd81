package levee.drill;

import static levee.telemetry.TcpFlags.ACK;
import static levee.telemetry.TcpFlags.SYN;

/** The rest of a connection that a bot opens and then says nothing on. */
final class EmptyConnection implements Actor {
    private final Packet opening = Packet.simple();
    private final AttackStream.Part part;
    private final int source;
    private final int serverSequence;
    private boolean accepted;

    EmptyConnection(Packet opening, AttackStream.Part part, int source, int serverSequence) {
        this.opening.copy(opening);
        this.part = part;
        this.source = source;
        this.serverSequence = serverSequence;
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
            stage.send();
            return stage.now + 20_000_000 + (serverSequence & 0x3ff_ffff);
        }
        packet.tcpFlags = ACK;
        packet.tcpOptions = 0;
        packet.tcpSequence = opening.tcpSequence + 1;
        packet.tcpAcknowledgment = serverSequence + 1;
        stage.sendAttack(part.attack(), part.vector(), part.firstSource() + source);
        return NEVER;
    }
}
