package levee.botnet;

/** Hosts that began to chat lately: who are told to do it together do it at the same time. */
final class ChatNewcomers {
    private static final int KEPT = 64;
    private static final long TOGETHER_NANOS = 600_000_000_000L;

    private final long[] hosts = new long[KEPT];
    private final long[] nanos = new long[KEPT];
    private int next;
    private int size;

    void add(Host host, long time) {
        for (int i = 0; i < size; i++) {
            if (hosts[i] == host.hash && Math.abs(nanos[i] - time) <= TOGETHER_NANOS) {
                return;
            }
        }
        hosts[next] = host.hash;
        nanos[next] = time;
        next = next + 1 & KEPT - 1;
        size = Math.min(size + 1, KEPT);
    }

    void clear() {
        size = 0;
        next = 0;
    }

    /** How many began within ten minutes of a time, if a host is one of them; else none. */
    int around(Host host, long time) {
        int count = 0;
        boolean isOne = false;
        for (int i = 0; i < size; i++) {
            if (Math.abs(nanos[i] - time) <= TOGETHER_NANOS) {
                count++;
                isOne |= hosts[i] == host.hash;
            }
        }
        return isOne ? count : 0;
    }
}
