package levee.cli;

import levee.capture.DnsQuestion;
import levee.capture.HttpMessage;
import levee.capture.NtpMessage;
import levee.capture.PacketDetails;
import levee.sharing.Observation;
import levee.telemetry.FlowBatch;

/** A row of a batch. One object is moved from row to row. */
final class BatchObservation implements Observation {
    private final DnsQuestion question = new DnsQuestion();
    private final HttpMessage http = new HttpMessage();
    private final FlowBatch batch;
    private final PacketDetails details;
    private final boolean arePackets;

    /** Only captures have details. */
    private final boolean hasDetails;

    private int row;

    BatchObservation(FlowBatch batch, PacketDetails details) {
        this.batch = batch;
        this.details = details;
        arePackets = batch.rows.arePackets();
        hasDetails = batch.rows == FlowBatch.Rows.PACKETS;
    }

    BatchObservation at(int nextRow) {
        row = nextRow;
        return this;
    }

    @Override
    public long firstNanos() {
        return batch.firstNanos[row];
    }

    @Override
    public long lastNanos() {
        return batch.lastNanos[row];
    }

    @Override
    public long sourceHigh() {
        return batch.sourceHigh[row];
    }

    @Override
    public long sourceLow() {
        return batch.sourceLow[row];
    }

    @Override
    public long destinationHigh() {
        return batch.destinationHigh[row];
    }

    @Override
    public long destinationLow() {
        return batch.destinationLow[row];
    }

    @Override
    public int sourcePort() {
        return batch.sourcePort[row];
    }

    @Override
    public int destinationPort() {
        return batch.destinationPort[row];
    }

    @Override
    public int protocol() {
        return batch.protocol[row] & 0xff;
    }

    @Override
    public int tcpFlags() {
        return batch.tcpFlags[row] & 0xff;
    }

    @Override
    public int timeToLive() {
        return batch.timeToLive[row] & 0xff;
    }

    @Override
    public long packets() {
        return batch.packets[row];
    }

    @Override
    public long bytes() {
        return batch.bytes[row];
    }

    @Override
    public boolean isPacket() {
        return arePackets;
    }

    @Override
    public int frameLength() {
        return hasDetails ? details.frameLength(row) : 0;
    }

    @Override
    public int fragmentOffset() {
        return hasDetails ? details.fragmentOffset(row) : 0;
    }

    @Override
    public boolean readDnsQuestion() {
        return hasDetails && question.read(details, row);
    }

    @Override
    public CharSequence dnsName() {
        return question.name();
    }

    @Override
    public int dnsType() {
        return question.type();
    }

    @Override
    public boolean readHttp() {
        return hasDetails && http.read(details, row);
    }

    @Override
    public CharSequence httpMethod() {
        return http.method();
    }

    @Override
    public CharSequence httpUri() {
        return http.uri();
    }

    @Override
    public CharSequence httpUserAgent() {
        return http.userAgent();
    }

    @Override
    public int httpStatus() {
        return http.status();
    }

    @Override
    public int ntpRequestCode() {
        return hasDetails ? NtpMessage.requestCode(details, row) : NONE;
    }
}
