package levee.capture;

import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import levee.telemetry.BatchSource;
import org.jspecify.annotations.Nullable;

/** The capture formats, told by their first bytes. */
public enum CaptureFormat {
    PCAP("pcap"),
    PCAPNG("pcapng");

    private final String label;

    CaptureFormat(String label) {
        this.label = label;
    }

    /** The name in reports. */
    public String label() {
        return label;
    }

    /** The format that a stream beginning with these bytes has; four of them are enough. */
    public static Optional<CaptureFormat> detect(byte[] head, int length) {
        if (length < 4) {
            return Optional.empty();
        }
        int magic = (head[0] & 0xff) << 24 | (head[1] & 0xff) << 16 | (head[2] & 0xff) << 8 | head[3] & 0xff;
        if (magic == PcapngReader.SECTION_HEADER) {
            return Optional.of(PCAPNG);
        }
        return PcapVariant.of(magic).isPresent() ? Optional.of(PCAP) : Optional.empty();
    }

    /** @param live whether bytes come slowly, so that packets should be passed on before more is waited for */
    public BatchSource open(ReadableByteChannel channel, boolean live) {
        return open(channel, live, null);
    }

    /** @param listener is shown each packet; one that keeps rows must have room for the batches that are filled */
    public BatchSource open(ReadableByteChannel channel, boolean live, @Nullable PacketListener listener) {
        return switch (this) {
            case PCAP -> new PcapReader(channel, live, listener);
            case PCAPNG -> new PcapngReader(channel, live, listener);
        };
    }
}
