package levee.engine;

import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import levee.capture.CaptureFormat;
import levee.capture.PacketDetails;
import levee.logs.LogFormat;
import levee.telemetry.BatchSource;
import org.jspecify.annotations.Nullable;

/**
 * An input whose compression and format were told by its content.
 *
 * @param format the name of the format, or {@code unknown}
 * @param carries what it holds: {@code packets} or {@code connections}
 * @param source absent where the format is not known
 * @param failure why the format could not even be looked for
 * @param raw the file or stream itself
 */
record OpenInput(
        String format,
        String carries,
        Compression compression,
        Optional<BatchSource> source,
        Optional<IOException> failure,
        ReadableByteChannel raw)
        implements Closeable {

    static final String UNKNOWN = "unknown";

    /** Enough to see past a log's comments. */
    private static final int HEAD = 1 << 14;

    /** @param details takes what rows have no column for; null where nobody asks */
    static OpenInput file(Path path, @Nullable PacketDetails details) throws IOException {
        FileChannel channel = FileChannel.open(path);
        return open(channel, !Files.isRegularFile(path), details);
    }

    static OpenInput standardInput(@Nullable PacketDetails details) throws IOException {
        return open(new FileInputStream(FileDescriptor.in).getChannel(), true, details);
    }

    /** @param live whether bytes come slowly, so that each should be looked at when it is there */
    static OpenInput open(ReadableByteChannel channel, boolean live, @Nullable PacketDetails details)
            throws IOException {
        try {
            PrefixedChannel whole = PrefixedChannel.of(channel, HEAD, OpenInput::isEnough);
            Compression compression = Compression.detect(whole.head(), whole.headLength());
            if (compression == Compression.NONE) {
                return open(whole, compression, live, channel, details);
            }
            return openCompressed(whole, compression, live, channel, details);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static OpenInput openCompressed(
            PrefixedChannel whole,
            Compression compression,
            boolean live,
            ReadableByteChannel raw,
            @Nullable PacketDetails details) {
        PrefixedChannel plain;
        try {
            plain = PrefixedChannel.of(compression.open(whole), HEAD, OpenInput::isEnough);
        } catch (IOException e) {
            return new OpenInput(UNKNOWN, UNKNOWN, compression, Optional.empty(), Optional.of(e), raw);
        }
        return open(plain, compression, live, raw, details);
    }

    private static OpenInput open(
            PrefixedChannel plain,
            Compression compression,
            boolean live,
            ReadableByteChannel raw,
            @Nullable PacketDetails details) {
        Optional<CaptureFormat> capture = CaptureFormat.detect(plain.head(), plain.headLength());
        if (capture.isPresent()) {
            CaptureFormat format = capture.get();
            return new OpenInput(
                    format.label(),
                    "packets",
                    compression,
                    Optional.of(format.open(plain, live, details)),
                    Optional.empty(),
                    raw);
        }
        Optional<LogFormat> log = LogFormat.detect(plain.head(), plain.headLength());
        if (log.isPresent()) {
            LogFormat format = log.get();
            BatchSource source = format.open(Channels.newInputStream(plain));
            return new OpenInput(
                    format.label(), "connections", compression, Optional.of(source), Optional.empty(), raw);
        }
        return new OpenInput(UNKNOWN, UNKNOWN, compression, Optional.empty(), Optional.empty(), raw);
    }

    /** Bytes of the file read so far, before decompression; what the source says where it is no file. */
    long consumed(long fromSource) {
        try {
            return raw instanceof FileChannel file && compression != Compression.NONE ? file.position() : fromSource;
        } catch (IOException e) {
            // Standard input may be a pipe, which has no position.
            return fromSource;
        }
    }

    /** A slow pipe need not fill the head: a capture is told by four bytes. */
    private static boolean isEnough(byte[] head, int length) {
        return CaptureFormat.detect(head, length).isPresent();
    }

    @Override
    public void close() throws IOException {
        if (source.isPresent()) {
            source.get().close();
        } else {
            raw.close();
        }
    }
}
