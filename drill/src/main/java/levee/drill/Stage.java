package levee.drill;

/** What an actor acts on: the time, the packet to send, and the schedule. */
final class Stage {
    private static final int NO_ATTACK = -1;

    final Packet packet = new Packet();
    final Schedule schedule = new Schedule();

    /** In nanoseconds since 1970. */
    long now;

    boolean sent;

    /** Which attack the packet belongs to, if any, and which of its vectors. */
    private int attack = NO_ATTACK;

    private int vector;
    private int source;

    void begin(long nanos) {
        now = nanos;
        sent = false;
        attack = NO_ATTACK;
    }

    /** Lets another actor act, not before now. */
    void add(long nanos, Actor actor) {
        schedule.add(Math.max(now, nanos), actor);
    }

    /** Sends the packet, which is ordinary traffic. */
    void send() {
        sent = true;
    }

    /** @param source tells the sources of an attack apart; counted from zero */
    void sendAttack(int ofAttack, int ofVector, int ofSource) {
        sent = true;
        attack = ofAttack;
        vector = ofVector;
        source = ofSource;
    }

    boolean isAttack() {
        return attack != NO_ATTACK;
    }

    int attack() {
        return attack;
    }

    int vector() {
        return vector;
    }

    int source() {
        return source;
    }
}
