package levee.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import levee.logs.LogFormat;
import levee.logs.LogKind;
import levee.logs.LogType;
import levee.telemetry.BatchSource;
import levee.telemetry.FlowBatch;
import levee.telemetry.SourceStatistics;

/**
 * Reads a file of nfdump through the program {@code nfdump}, which knows all versions and compressions of it. The program
 * is a child process that reads one file and prints lines; it is gone when the source is closed.
 */
final class NfdumpSource implements BatchSource {
    static final String LABEL = "nfdump";

    /** The first two bytes are 0xa50c in the byte order of the machine that wrote them; the version follows. */
    private static final int MAGIC = 0xa50c;

    private static final int LAST_VERSION = 2;

    /** The columns that are asked for, whose names nfdump does not print. They are the same from version 1.6 to 1.7. */
    private static final String HEADER = "ts,te,sa,da,sp,dp,pr,flg,ipkt,ibyt,opkt,obyt\n";

    private static final String COLUMNS = "fmt:%ts,%te,%sa,%da,%sp,%dp,%pr,%flg,%pkt,%byt,%opkt,%obyt";
    private static final int LONGEST_COMPLAINT = 1000;
    private static final long SECONDS_TO_END = 5;

    private final Process process;
    private final BatchSource rows;
    private final ByteArrayOutputStream complaint = new ByteArrayOutputStream();
    private final Thread listener;
    private boolean ended;

    private NfdumpSource(Process process) {
        this.process = process;
        InputStream lines =
                new SequenceInputStream(new ByteArrayInputStream(HEADER.getBytes(US_ASCII)), process.getInputStream());
        rows = new LogType(LogFormat.NFDUMP_CSV, LogKind.CONNECTIONS).open(lines);
        listener = Thread.ofPlatform().daemon().name("levee-nfdump").start(this::listen);
    }

    /** Whether the input is a file of nfdump, by its beginning. */
    static boolean isFile(byte[] head, int length) {
        if (length < 4) {
            return false;
        }
        int magic = (head[0] & 0xff) << 8 | head[1] & 0xff;
        int version = (head[2] & 0xff) << 8 | head[3] & 0xff;
        if (magic != MAGIC) {
            magic = Integer.reverseBytes(magic) >>> 16;
            version = Integer.reverseBytes(version) >>> 16;
        }
        return magic == MAGIC && version >= 1 && version <= LAST_VERSION;
    }

    /** @throws IOException if there is no nfdump */
    static NfdumpSource open(Path file) throws IOException {
        return open("nfdump", file);
    }

    static NfdumpSource open(String program, Path file) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                List.of(program, "-r", file.toAbsolutePath().toString(), "-q", "-N", "-6", "-o", COLUMNS));
        // It prints times of the zone where it runs.
        builder.environment().put("TZ", "UTC");
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new NfdumpSource(process);
        } catch (IOException e) {
            throw new IOException("the program nfdump, which reads such files, cannot be run: is it installed?", e);
        }
    }

    /** Keeps the beginning of what the program complains of, and lets it go on complaining. */
    private void listen() {
        byte[] buffer = new byte[LONGEST_COMPLAINT];
        try (InputStream errors = process.getErrorStream()) {
            for (int count = errors.read(buffer); count >= 0; count = errors.read(buffer)) {
                complaint.write(buffer, 0, Math.min(count, LONGEST_COMPLAINT - complaint.size()));
            }
        } catch (IOException e) {
            // The program was ended.
        }
    }

    @Override
    public boolean fill(FlowBatch batch) throws IOException {
        boolean more = rows.fill(batch);
        if (!more && !ended) {
            ended = true;
            awaitEnd();
        }
        return more;
    }

    private void awaitEnd() {
        try {
            boolean exited = process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
            listener.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_END));
            String said = complaint.toString(UTF_8).strip().replaceAll("\\p{Cntrl}+", "; ");
            if (!said.isEmpty()) {
                statistics().damaged(statistics().bytes, "nfdump says: " + said);
            } else if (!exited || process.exitValue() != 0) {
                statistics().damaged(statistics().bytes, "nfdump could not read it to its end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public SourceStatistics statistics() {
        return rows.statistics();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        rows.close();
    }
}
