package levee.detection;

import levee.model.IpAddress;
import levee.model.Protocols;
import levee.telemetry.FlowBatch;
import levee.telemetry.Hashing;

/** Batches of one row, told apart by their source port. */
final class Rows {
    private Rows() {}

    static FlowBatch numbered(int sourcePort) {
        return numbered("192.0.2.1", sourcePort);
    }

    /** @param destination stands for its own hash, too */
    static FlowBatch numbered(String destination, int sourcePort) {
        FlowBatch batch = new FlowBatch(1);
        batch.clear(FlowBatch.Rows.PACKETS);
        batch.reset(0);
        batch.size = 1;
        IpAddress address = IpAddress.parse(destination);
        batch.destinationHigh[0] = address.high();
        batch.destinationLow[0] = address.low();
        batch.destinationHash[0] = hash(destination);
        batch.sourcePort[0] = (char) sourcePort;
        batch.protocol[0] = Protocols.UDP;
        batch.bytes[0] = 100;
        return batch;
    }

    /** A well-mixed hash of an address. */
    static long hash(String address) {
        IpAddress parsed = IpAddress.parse(address);
        return Hashing.hash(42, parsed.low(), parsed.high());
    }
}
