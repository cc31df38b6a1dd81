package levee.sharing;

import levee.model.Attack.SampledRow;
import levee.model.EpochNanos;

/** A row of a finding's sample. */
record SampleObservation(SampledRow row) implements Observation {
    @Override
    public long firstNanos() {
        return EpochNanos.of(row.time());
    }

    @Override
    public long lastNanos() {
        return EpochNanos.of(row.time());
    }

    @Override
    public long sourceHigh() {
        return row.source().high();
    }

    @Override
    public long sourceLow() {
        return row.source().low();
    }

    @Override
    public long destinationHigh() {
        return row.destination().high();
    }

    @Override
    public long destinationLow() {
        return row.destination().low();
    }

    @Override
    public int sourcePort() {
        return row.sourcePort();
    }

    @Override
    public int destinationPort() {
        return row.destinationPort();
    }

    @Override
    public int protocol() {
        return row.protocol();
    }

    @Override
    public int tcpFlags() {
        return row.tcpFlags();
    }

    @Override
    public int timeToLive() {
        return row.timeToLive();
    }

    @Override
    public long packets() {
        return row.packets();
    }

    @Override
    public long bytes() {
        return row.bytes();
    }

    /** A packet has a TTL, which few flow records have; what those with one packet say is as good. */
    @Override
    public boolean isPacket() {
        return row.timeToLive() != 0 && row.packets() == 1;
    }

    @Override
    public int frameLength() {
        return 0;
    }

    @Override
    public int fragmentOffset() {
        return 0;
    }

    @Override
    public boolean readDnsQuestion() {
        return false;
    }

    @Override
    public CharSequence dnsName() {
        return "";
    }

    @Override
    public int dnsType() {
        return 0;
    }

    @Override
    public int ntpRequestCode() {
        return NONE;
    }
}
