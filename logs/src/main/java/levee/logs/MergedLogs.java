package levee.logs;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import levee.telemetry.SourceStatistics;

/**
 * The records of several logs in the order of time. A log is opened when its time has come and closed at its end, so that of
 * the logs of a day, one for each hour, only those of one hour are open.
 *
 * <p>No log is in order by itself: Zeek writes a connection when it ended, and what was written is often sorted by when it
 * began. A log's next record counts as of its start, and never as before the one that came before it. A connection that
 * lasted for hours then comes where its log has it: it neither waits for its end, while the log's other records wait behind
 * it, nor holds back the other logs.
 */
final class MergedLogs implements RecordSource {
    /** So many may be open at once; where more overlap, some wait, and their records come late. */
    static final int MOST_OPEN = 128;

    private final SourceStatistics statistics;
    private final Deque<ZeekLog> waiting;
    private final PriorityQueue<OpenLog> open =
            new PriorityQueue<>(Comparator.comparingLong(OpenLog::nanos).thenComparingInt(OpenLog::number));
    private final String repeated;
    private Optional<OpenLog> current = Optional.empty();

    /** The latest end so far; since the clock jumped, if it did. */
    private long latestNanos = Long.MIN_VALUE;

    private boolean restarts;
    private int opened;

    /** @param logs in the order of their names */
    MergedLogs(List<ZeekLog> logs, SourceStatistics statistics) {
        this.statistics = statistics;
        List<ZeekLog> whole = logs.stream().filter(log -> !log.isSnapshot()).toList();
        StringBuilder repeats = new StringBuilder();
        Deque<ZeekLog> used = new ArrayDeque<>();
        for (ZeekLog log : whole) {
            Optional<ZeekLog> before = used.stream().filter(log::repeats).findFirst();
            if (before.isEmpty()) {
                used.add(log);
            } else {
                repeats.append(repeats.isEmpty() ? "" : "; ")
                        .append(log.name())
                        .append(" tells of the same as ")
                        .append(before.get().name())
                        .append(" and was not read");
            }
        }
        repeated = repeats.toString();
        waiting = new ArrayDeque<>(used.stream()
                .sorted(Comparator.comparingLong(ZeekLog::firstNanos))
                .toList());
    }

    @Override
    public boolean advance() {
        if (current.isPresent()) {
            OpenLog log = current.get();
            current = Optional.empty();
            goOn(log);
        }
        while (isDue()) {
            begin(waiting.remove());
        }
        current = Optional.ofNullable(open.poll());
        if (current.isEmpty() && !repeated.isEmpty()) {
            // At the end, so that damage goes before it.
            statistics.damaged(0, repeated);
        }
        current.ifPresent(this::watchClock);
        return current.isPresent();
    }

    /** Each log's own clock was watched before; here leaps are those between logs, too. */
    private void watchClock(OpenLog log) {
        long nanos = log.lines.record().endNanos();
        restarts = latestNanos != Long.MIN_VALUE
                && (nanos - latestNanos > ClockedLog.FORWARD_NANOS || latestNanos - nanos > ClockedLog.BACKWARD_NANOS);
        latestNanos = restarts ? nanos : Math.max(latestNanos, nanos);
    }

    @Override
    public boolean restarts() {
        return restarts;
    }

    /** Whether the next log has to be opened. */
    private boolean isDue() {
        ZeekLog next = waiting.peek();
        OpenLog earliest = open.peek();
        return next != null && (earliest == null || next.firstNanos() <= earliest.nanos() && open.size() < MOST_OPEN);
    }

    private void begin(ZeekLog log) {
        try {
            goOn(new OpenLog(log, statistics, opened++));
        } catch (IOException e) {
            damaged(log, e);
        }
    }

    /** Goes to the log's next record, and puts the log where that belongs. */
    private void goOn(OpenLog log) {
        boolean more = false;
        try {
            more = log.advance();
        } catch (IOException e) {
            damaged(log.log, e);
        }
        if (more) {
            open.add(log);
        } else {
            close(log);
        }
    }

    /** What was read of the log until here counts, and so do the other logs. */
    private void damaged(ZeekLog log, IOException e) {
        String reason = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
        statistics.damaged(statistics.bytes, log.name() + ": " + reason);
    }

    private void close(OpenLog log) {
        try {
            log.lines.close();
        } catch (IOException e) {
            damaged(log.log, e);
        }
    }

    @Override
    public RecordFormat record() {
        return current.orElseThrow().lines.record();
    }

    @Override
    public void close() {
        current.ifPresent(this::close);
        open.forEach(this::close);
        open.clear();
        waiting.clear();
    }

    /** A log at one of its records. */
    private static final class OpenLog {
        private final ZeekLog log;
        private final ClockedLog lines;
        private final int number;
        private long nanos;

        OpenLog(ZeekLog log, SourceStatistics statistics, int number) throws IOException {
            this.log = log;
            this.number = number;
            lines = new ClockedLog(new LogLines(log.opener().open(), log.type(), statistics), statistics);
            nanos = log.firstNanos();
            if (log.first().isPresent()) {
                lines.beginAt(nanos);
            }
        }

        boolean advance() throws IOException {
            boolean more = lines.advance();
            if (more) {
                long start = lines.record().startNanos();
                nanos = lines.restarts() ? start : Math.max(nanos, start);
            }
            return more;
        }

        long nanos() {
            return nanos;
        }

        int number() {
            return number;
        }
    }
}
