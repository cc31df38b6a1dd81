package levee.engine;

import levee.telemetry.FlowBatch;

/** Sees the rows that {@link LiveEngine} detects in, on the thread that detects: it must not wait. */
public interface RowObserver {
    /**
     * Rows came.
     *
     * @param batch with its relations filled in; valid until this returns, and not to be changed
     */
    void rows(FlowBatch batch);

    /**
     * Time goes on, some ten times a second, whether rows come or not.
     *
     * @param nowNanos nanoseconds since 1970
     */
    void tick(long nowNanos);
}
