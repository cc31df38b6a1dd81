package levee.drill;

/** One packet, later. */
final class Once implements Actor {
    private final Packet packet = Packet.simple();

    Once(Packet packet) {
        this.packet.copy(packet);
    }

    @Override
    public long act(Stage stage) {
        stage.packet.copy(packet);
        stage.send();
        return NEVER;
    }
}
