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
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import levee.capture.CaptureFormat;
import levee.capture.PacketListener;
import levee.engine.Analyzer.Location;
import levee.flowexport.ExporterTable;
import levee.logs.LogType;
import levee.logs.ZeekFolder;
import levee.logs.ZeekLog;
import levee.telemetry.BatchSource;
import org.jspecify.annotations.Nullable;

/**
 * An input whose compression and format were told by its content.
 *
 * @param format the name of the format, or {@code unknown}
 * @param carries what it holds, such as {@code packets} or {@code connections}; known when something was read
 * @param source absent where the format is not known
 * @param failure why the format could not even be looked for
 * @param raw the file or stream itself
 */
record OpenInput(
        String format,
        Supplier<String> carries,
        Compression compression,
        Optional<BatchSource> source,
        Optional<IOException> failure,
        Closeable raw)
        implements Closeable {

    static final String UNKNOWN = "unknown";

    /** What logs carry that tell of no traffic. */
    static final String EVENTS = "events";

    /**
     * What inputs share.
     *
     * @param exporters of all captures of export datagrams
     * @param listener is shown each packet; null where nobody asks
     */
    record Context(ExporterTable exporters, @Nullable PacketListener listener) {}

    /** Enough to see past a log's comments. */
    private static final int HEAD = 1 << 14;

    static OpenInput file(Path path, Context context) throws IOException {
        FileChannel channel = FileChannel.open(path);
        OpenInput opened = open(channel, !Files.isRegularFile(path), context);
        if (!opened.format.equals(NfdumpSource.LABEL) || opened.compression != Compression.NONE) {
            return opened;
        }
        channel.close();
        NfdumpSource source;
        try {
            source = NfdumpSource.open(path);
        } catch (IOException e) {
            return unreadable(NfdumpSource.LABEL, Compression.NONE, e, channel);
        }
        return new OpenInput(
                NfdumpSource.LABEL, () -> "flows", Compression.NONE, Optional.of(source), Optional.empty(), channel);
    }

    private static OpenInput unreadable(String format, Compression compression, IOException failure, Closeable raw) {
        return new OpenInput(format, () -> UNKNOWN, compression, Optional.empty(), Optional.of(failure), raw);
    }

    /** Opens the logs of a folder; each file when its time comes. */
    static OpenInput zeekLogs(Location.ZeekLogs location) {
        LogFiles files = new LogFiles(location.folder());
        List<ZeekLog> logs = location.logs().stream()
                .map(log -> log.openedBy(() -> files.open(log.name())))
                .toList();
        return new OpenInput(
                ZeekFolder.LABEL,
                () -> ZeekFolder.carries(logs),
                Compression.NONE,
                Optional.of(ZeekFolder.open(logs)),
                Optional.empty(),
                files);
    }

    static OpenInput standardInput(Context context) throws IOException {
        return open(new FileInputStream(FileDescriptor.in).getChannel(), true, context);
    }

    /** @param live whether bytes come slowly, so that each should be looked at when it is there */
    static OpenInput open(ReadableByteChannel channel, boolean live, Context context) throws IOException {
        try {
            PrefixedChannel whole = PrefixedChannel.of(channel, HEAD, OpenInput::isEnough);
            Compression compression = Compression.detect(whole.head(), whole.headLength());
            if (compression == Compression.NONE) {
                return open(whole, compression, live, channel, context);
            }
            return openCompressed(whole, compression, live, channel, context);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static OpenInput openCompressed(
            PrefixedChannel whole, Compression compression, boolean live, ReadableByteChannel raw, Context context) {
        PrefixedChannel plain;
        try {
            plain = PrefixedChannel.of(compression.open(whole), HEAD, OpenInput::isEnough);
        } catch (IOException e) {
            return unreadable(UNKNOWN, compression, e, raw);
        }
        return open(plain, compression, live, raw, context);
    }

    private static OpenInput open(
            PrefixedChannel plain, Compression compression, boolean live, ReadableByteChannel raw, Context context) {
        Optional<CaptureFormat> capture = CaptureFormat.detect(plain.head(), plain.headLength());
        if (capture.isPresent()) {
            CaptureFormat format = capture.get();
            ExportSource source = new ExportSource(format, plain, live, context.exporters(), context.listener());
            return new OpenInput(
                    format.label(), source::carries, compression, Optional.of(source), Optional.empty(), raw);
        }
        if (NfdumpSource.isFile(plain.head(), plain.headLength())) {
            // The program wants to go back and forth in it.
            String wanted = "files of nfdump are read from a file that is not compressed as a whole";
            return unreadable(NfdumpSource.LABEL, compression, new IOException(wanted), raw);
        }
        Optional<LogType> log = LogType.detect(plain.head(), plain.headLength());
        if (log.isPresent()) {
            LogType type = log.get();
            BatchSource source = type.open(Channels.newInputStream(plain));
            return new OpenInput(type.label(), type::carries, compression, Optional.of(source), Optional.empty(), raw);
        }
        return new OpenInput(UNKNOWN, () -> UNKNOWN, compression, Optional.empty(), Optional.empty(), raw);
    }

    /** Bytes of the file read so far, before decompression; what the source says where it is no file. */
    long consumed(long fromSource) {
        try {
            return switch (raw) {
                case LogFiles files -> files.consumed();
                case FileChannel file when compression != Compression.NONE -> file.position();
                default -> fromSource;
            };
        } catch (IOException e) {
            // Standard input may be a pipe, which has no position.
            return fromSource;
        }
    }

    /** A slow pipe need not fill the head: a capture is told by four bytes. */
    private static boolean isEnough(byte[] head, int length) {
        return CaptureFormat.detect(head, length).isPresent() || NfdumpSource.isFile(head, length);
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
