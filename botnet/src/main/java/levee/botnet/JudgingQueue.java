package levee.botnet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Hosts that are to be judged: those of which something changed wait until a minute is over, and then for their turn. */
final class JudgingQueue {
    /** Hosts judged at once where judging is spread: a few milliseconds. */
    private static final int AT_ONCE = 400;

    /** Of them, those of which something is told, which takes as long as fifty others. */
    private static final int TOLD_AT_ONCE = 32;

    private final InfectedHosts findings;
    private final List<Host> changed = new ArrayList<>();
    private final Deque<Host> due = new ArrayDeque<>();
    private boolean isSpread;
    private boolean areToldChanged;

    JudgingQueue(InfectedHosts findings) {
        this.findings = findings;
    }

    /** From now on judges some hosts at a time instead of all. */
    void spread() {
        isSpread = true;
    }

    /** A host was looked at, and may have changed. */
    void add(Host host) {
        if (host.isDirty && !host.isQueued) {
            host.isQueued = true;
            changed.add(host);
        }
    }

    /** A host is to be judged though it did nothing. */
    void addAtOnce(Host host) {
        if (!host.isQueued) {
            host.isQueued = true;
            due.add(host);
        }
    }

    /** Those that changed are due. */
    void endMinute() {
        due.addAll(changed);
        changed.clear();
    }

    boolean isAnyDue() {
        return !due.isEmpty();
    }

    /** @return whether the last one that was due was judged now */
    boolean judge(long nowNanos) {
        int left = isSpread ? AT_ONCE : Integer.MAX_VALUE;
        int leftToTell = isSpread ? TOLD_AT_ONCE : Integer.MAX_VALUE;
        while (left > 0 && leftToTell > 0) {
            Host host = due.poll();
            if (host == null) {
                return false;
            }
            host.isQueued = false;
            host.isDirty = false;
            findings.judge(host, nowNanos);
            left--;
            if (host.told != null) {
                leftToTell--;
                areToldChanged = true;
            }
            if (due.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Whether any host that is told of was judged since this was asked last. */
    boolean takeToldChanged() {
        boolean were = areToldChanged;
        areToldChanged = false;
        return were;
    }
}
