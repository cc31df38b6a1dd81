package levee.drill;

import java.util.Arrays;

/** Actors by the time at which they act next; a heap. Of the same time the one that was added first goes first. */
final class Schedule {
    private long[] times = new long[1_024];
    private long[] numbers = new long[1_024];
    private Actor[] actors = new Actor[1_024];
    private int size;
    private long added;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    long nextTime() {
        return size == 0 ? Actor.NEVER : times[0];
    }

    Actor next() {
        return actors[0];
    }

    void add(long nanos, Actor actor) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
            actors = Arrays.copyOf(actors, 2 * size);
        }
        int at = size++;
        long number = added++;
        while (at > 0) {
            int parent = at - 1 >>> 1;
            if (times[parent] <= nanos) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        set(at, nanos, number, actor);
    }

    /** Puts off what is next to another time, not earlier than now, or drops it. */
    void reschedule(long nanos) {
        if (nanos == Actor.NEVER) {
            size--;
            if (size > 0) {
                sink(times[size], numbers[size], actors[size]);
            }
        } else {
            sink(nanos, added++, actors[0]);
        }
    }

    private void sink(long nanos, long number, Actor actor) {
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && isBefore(child + 1, times[child], numbers[child])) {
                child++;
            }
            if (!isBefore(child, nanos, number)) {
                break;
            }
            move(child, at);
            at = child;
        }
        set(at, nanos, number, actor);
    }

    private boolean isBefore(int at, long nanos, long number) {
        return times[at] < nanos || times[at] == nanos && numbers[at] < number;
    }

    private void move(int from, int to) {
        set(to, times[from], numbers[from], actors[from]);
    }

    private void set(int at, long nanos, long number, Actor actor) {
        times[at] = nanos;
        numbers[at] = number;
        actors[at] = actor;
    }
}
