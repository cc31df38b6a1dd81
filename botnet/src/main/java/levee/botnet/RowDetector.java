package levee.botnet;

import java.util.List;
import java.util.function.Consumer;
import levee.model.Finding;
import levee.model.Finding.State;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.telemetry.FlowBatch;

/**
 * What detectors have in common that look at each row by itself: rows let time go on, and at equal intervals it is judged what
 * was counted. Findings are told of when they open, when there is much more (see {@link Telling}), and when nothing was counted
 * for long. Where the clock of the input jumps, everything is told of as it stands, and counted anew.
 *
 * @param <S> what findings are about
 */
abstract class RowDetector<S extends Subject> {
    static final long SECOND_NANOS = 1_000_000_000L;

    final Evictions evictions = new Evictions();
    private final long tickNanos;
    private final long periodNanos;
    private final long silenceNanos;
    private final Consumer<FindingEvent> listener;
    private boolean isStarted;
    private long nowNanos = Long.MIN_VALUE;
    private long nextTickNanos = Long.MIN_VALUE;
    private long periodEndNanos;

    /**
     * @param tickNanos between two looks at what was counted
     * @param periodNanos after which it is counted anew
     * @param silenceNanos after which a finding is over
     * @param listener is told of every finding that opens, changes and ends, on the thread that calls
     */
    RowDetector(long tickNanos, long periodNanos, long silenceNanos, Consumer<FindingEvent> listener) {
        this.tickNanos = tickNanos;
        this.periodNanos = periodNanos;
        this.silenceNanos = silenceNanos;
        this.listener = listener;
    }

    /** How often something had to be forgotten because a table was full. */
    public final long evicted() {
        return evictions.total();
    }

    /** Looks at all rows of a batch, whose hashes and relations must be filled in. */
    public final void process(FlowBatch batch) {
        if (batch.restart) {
            finish();
        }
        look(batch, batch.rows == FlowBatch.Rows.FLOWS ? batch.lastNanos : batch.firstNanos);
    }

    /** Lets time go on though no rows come. @param timeNanos since 1970 */
    public final void tick(long timeNanos) {
        if (isStarted && timeNanos >= nextTickNanos) {
            advance(timeNanos);
        }
    }

    /** Judges what is there: the input is at its end, or its clock jumped. */
    public final void finish() {
        if (!isStarted) {
            return;
        }
        judge();
        for (S subject : subjects()) {
            Telling telling = subject.telling;
            if (telling != null) {
                tell(subject, telling, isSilent(subject) ? Change.ENDED : Change.CHANGED);
            }
            subject.release();
        }
        clear();
        isStarted = false;
        nowNanos = Long.MIN_VALUE;
        nextTickNanos = Long.MIN_VALUE;
    }

    /** Looks at all rows. @param times of the rows, for {@link #pass} */
    abstract void look(FlowBatch batch, long[] times);

    /** What findings are open about, in the order in which they are told of. */
    abstract List<S> subjects();

    /** Opens findings, and lets those that are open {@link #goOn}. */
    abstract void judge();

    /** The time of the first row has come. */
    void begin() {}

    /** A tick is over. */
    void passTick() {
        judge();
    }

    /** A period is over: what is not of an open finding is counted anew. */
    abstract void forget();

    /** Forgets everything. */
    abstract void clear();

    /** What there is to tell. */
    abstract Finding finding(S subject, Telling telling, State state);

    /** Lets time go on to that of a row. */
    final void pass(long timeNanos) {
        if (timeNanos >= nextTickNanos) {
            advance(timeNanos);
        }
        nowNanos = Math.max(nowNanos, timeNanos);
    }

    private void advance(long timeNanos) {
        if (!isStarted) {
            isStarted = true;
            nowNanos = timeNanos;
            periodEndNanos = timeNanos + periodNanos;
            begin();
        } else {
            nowNanos = Math.max(nowNanos, timeNanos);
            passTick();
            if (nowNanos >= periodEndNanos) {
                periodEndNanos = nowNanos + periodNanos;
                forget();
            }
        }
        nextTickNanos = (Math.floorDiv(nowNanos, tickNanos) + 1) * tickNanos;
    }

    /** The latest time so far, in nanoseconds since 1970. */
    final long nowNanos() {
        return nowNanos;
    }

    final void open(S subject, Telling telling) {
        subject.telling = telling;
        tell(subject, telling, Change.OPENED);
    }

    /** Ends a finding that has been silent for long, and tells of one of which there is something to tell. */
    final void goOn(S subject) {
        Telling telling = subject.telling;
        if (telling == null) {
            return;
        }
        if (isSilent(subject)) {
            tell(subject, telling, Change.ENDED);
            subject.telling = null;
            subject.release();
        } else if (telling.isDue(nowNanos, subject.amount())) {
            tell(subject, telling, Change.CHANGED);
        }
    }

    private boolean isSilent(S subject) {
        return nowNanos - subject.activeNanos > silenceNanos;
    }

    private void tell(S subject, Telling telling, Change change) {
        Finding finding = finding(subject, telling, change == Change.ENDED ? State.ENDED : State.OPEN);
        telling.told(nowNanos, subject.amount());
        listener.accept(new FindingEvent(change, finding));
    }
}
