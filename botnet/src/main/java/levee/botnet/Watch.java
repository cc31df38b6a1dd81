package levee.botnet;

import java.util.function.Consumer;
import levee.indicator.AllowTable;
import levee.telemetry.ConnectionBatch;
import levee.telemetry.EventBatch;

/** Watches hosts for one kind of behaviour. Counts as traffic comes, and says what it makes of it when asked. */
interface Watch {

    /** An own host began a connection, or went on with a long one. */
    default void connection(ConnectionBatch batch, int connection, Contact contact) {}

    /** An own host said something as a client. */
    default void event(EventBatch batch, int event, Host host) {}

    /** Says what the host shows now, if anything. */
    void judge(Host host, long nowNanos, Consumer<Sign> signs);

    /** Lets go what is kept of a host and is too old to be of use. */
    default void tidy(Host host, long nowNanos) {}

    /** Lets go what is kept of servers and names that the operator allowed meanwhile. */
    default void allow(Host host, AllowTable allowed) {}

    /** Lets go what is kept of a host that is forgotten. */
    default void forget(Host host) {}

    /** Lets go what is kept of no host in particular: all are forgotten. */
    default void clear() {}
}
