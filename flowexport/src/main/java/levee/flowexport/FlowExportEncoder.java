package levee.flowexport;

import levee.model.IpAddress;
import levee.telemetry.FlowBatch;

/**
 * Plays an exporter: writes rows as the datagrams of one format. What the format has no field for is left out; counts
 * are divided by the sampling rate.
 */
public final class FlowExportEncoder {
    private final EncoderSettings settings;
    private final DatagramWriter writer;

    public FlowExportEncoder(EncoderSettings settings, DatagramSink sink) {
        this.settings = settings;
        writer = switch (settings.format()) {
            case NETFLOW_V5 -> new NetFlow5Writer(settings, sink);
            case NETFLOW_V9, IPFIX -> new TemplateWriter(settings, sink);
            case SFLOW -> new SflowWriter(settings, sink);
        };
    }

    /**
     * Writes the rows of a batch; those of the last datagram are held back until {@link #flush}.
     *
     * @param exportNanos the exporter's time, in nanoseconds since 1970, not before the rows
     * @return how many rows the format cannot tell (IPv6 in NetFlow v5)
     */
    public int encode(FlowBatch batch, long exportNanos) {
        int left = 0;
        for (int row = 0; row < batch.size; row++) {
            boolean isIpv4 = IpAddress.isIpv4(batch.sourceHigh[row], batch.sourceLow[row])
                    && IpAddress.isIpv4(batch.destinationHigh[row], batch.destinationLow[row]);
            if (settings.format() == ExportFormat.NETFLOW_V5 && !isIpv4) {
                left++;
            } else {
                writer.add(batch, row, isIpv4, exportNanos);
            }
        }
        return left;
    }

    /**
     * Writes a sample of an Ethernet frame, of which at most the first 128 bytes are told.
     *
     * @param there bytes of the frame that are there, from {@code offset} on
     * @param length of the whole frame
     * @param ingressInterface SNMP index
     * @param exportNanos the exporter's time, in nanoseconds since 1970
     * @throws IllegalStateException if the format is not sFlow
     */
    public void encodeFrame(byte[] frame, int offset, int there, int length, int ingressInterface, long exportNanos) {
        if (!(writer instanceof SflowWriter sflow)) {
            throw new IllegalStateException(settings.format().label() + " has no samples of packets");
        }
        sflow.add(frame, offset, there, length, ingressInterface, exportNanos);
    }

    /** Sends what is held back. */
    public void flush(long exportNanos) {
        writer.flush(exportNanos);
    }
}
