package levee.botnet;

import levee.telemetry.FlowBatch;
import levee.telemetry.Relation;

/** Whether a row asks a service or answers, by ports and by how it stands to its connection. */
final class ServiceRows {

    /** Where most systems take the ports of clients from. */
    private static final int EPHEMERAL_PORTS = 32_768;

    private ServiceRows() {}

    /** Whether a row is the first word of a session. */
    static boolean isFirst(FlowBatch batch, int row, int bit) {
        return batch.rows.arePackets() && Relation.has(batch.relation[row], bit);
    }

    /** Records come in any order, so that an answer may be the first of a connection: there well-known ports tell more. */
    private static boolean portsTell(FlowBatch batch, int servicePort, int clientPort) {
        return !batch.rows.arePackets()
                && batch.rows != FlowBatch.Rows.CONNECTIONS
                && servicePort < ServicePorts.FIRST_USER_PORT
                && clientPort >= ServicePorts.FIRST_USER_PORT;
    }

    /** Whether a row to the port of a service asks it. */
    static boolean isRequest(FlowBatch batch, int row) {
        int client = batch.sourcePort[row];
        int service = batch.destinationPort[row];
        int relation = batch.relation[row];
        if (portsTell(batch, service, client)) {
            return true;
        }
        return Relation.has(relation, Relation.KNOWN)
                ? Relation.has(relation, Relation.FROM_INITIATOR)
                : client >= ServicePorts.FIRST_USER_PORT && client != service;
    }

    /**
     * Whether a row from the port of a service may be of a client instead: it may have a high port that is a service's, and some
     * protocols have the same port at both ends.
     *
     * @param to which service has the destination port, as in {@link ReflectableService#KINDS}
     */
    static boolean isClient(FlowBatch batch, int row, byte to) {
        int service = batch.sourcePort[row];
        int client = batch.destinationPort[row];
        return client == service
                || service >= ServicePorts.FIRST_USER_PORT && to != 0
                || service >= EPHEMERAL_PORTS && client < ServicePorts.FIRST_USER_PORT;
    }

    /** Whether a row from the port of a service answers what somebody was seen to ask. @param isClient see {@link #isClient} */
    static boolean isAnswer(FlowBatch batch, int row, boolean isClient) {
        int relation = batch.relation[row];
        return portsTell(batch, batch.sourcePort[row], batch.destinationPort[row])
                || (Relation.has(relation, Relation.KNOWN)
                        ? !Relation.has(relation, Relation.FROM_INITIATOR)
                        : !isClient);
    }
}
