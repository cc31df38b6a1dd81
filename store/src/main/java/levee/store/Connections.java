package levee.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import levee.store.StoreException.Category;
import org.jspecify.annotations.Nullable;

/** One connection that writes and a few that read, made when needed and again after they broke. */
final class Connections implements AutoCloseable {
    private static final int MOST_READERS = 4;

    private final Database database;
    private final Migrator migrator;
    private final ReentrantLock writing = new ReentrantLock(true);
    private final Semaphore reading = new Semaphore(MOST_READERS, true);
    private final ConcurrentLinkedDeque<Connection> idleReaders = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    /** Guarded by {@link #writing}. */
    private @Nullable Connection writer;

    Connections(Database database, Migrator migrator) {
        this.database = database;
        this.migrator = migrator;
    }

    /** What is done within a transaction. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /**
     * Does something in a transaction of its own, which takes place as a whole or not at all.
     *
     * @param attempt what it does, such as {@code save findings}
     */
    <T> T write(String attempt, Work<T> work) {
        await(attempt, () -> writing.tryLock(database.patience().toNanos(), TimeUnit.NANOSECONDS));
        try {
            checkOpen();
            Connection connection = liveWriter();
            boolean done = false;
            try {
                database.beginWriting(connection);
                T result = work.with(connection);
                database.commit(connection);
                done = true;
                return result;
            } finally {
                if (!done && !rollBack(connection)) {
                    writer = null;
                }
            }
        } catch (SQLException e) {
            throw failed(attempt, e);
        } finally {
            writing.unlock();
        }
    }

    /** Guarded by {@link #writing}. */
    private StoreException failed(String attempt, SQLException error) {
        StoreException failure = database.explain(attempt, error);
        if (!isPassing(failure.category()) && writer != null) {
            discard(writer);
            writer = null;
        }
        return failure;
    }

    private Connection liveWriter() throws SQLException {
        Connection present = writer;
        if (present != null && database.isAlive(present)) {
            return present;
        }
        if (present != null) {
            writer = null;
            discard(present);
        }
        Connection connection = database.connectWriter();
        boolean done = false;
        try {
            migrator.migrate(connection);
            done = true;
        } finally {
            if (!done) {
                discard(connection);
            }
        }
        writer = connection;
        return connection;
    }

    /** Reads, as of one moment. */
    <T> T read(String attempt, Work<T> work) {
        await(attempt, () -> reading.tryAcquire(database.patience().toNanos(), TimeUnit.NANOSECONDS));
        try {
            checkOpen();
            Connection connection = liveReader();
            boolean reusable = false;
            try {
                database.beginReading(connection);
                T result = work.with(connection);
                database.commit(connection);
                reusable = true;
                return result;
            } catch (SQLException e) {
                StoreException failure = database.explain(attempt, e);
                reusable = isPassing(failure.category()) && rollBack(connection);
                throw failure;
            } finally {
                if (reusable) {
                    idleReaders.push(connection);
                    if (closed) {
                        closeReaders();
                    }
                } else {
                    discard(connection);
                }
            }
        } catch (SQLException e) {
            throw database.explain(attempt, e);
        } finally {
            reading.release();
        }
    }

    private Connection liveReader() throws SQLException {
        Connection idle = idleReaders.poll();
        while (idle != null) {
            if (database.isAlive(idle)) {
                return idle;
            }
            discard(idle);
            idle = idleReaders.poll();
        }
        return database.connectReader();
    }

    /** Whether a connection is as good as before when this is over. */
    private static boolean isPassing(Category category) {
        return category == Category.BUSY || category == Category.FULL;
    }

    private boolean rollBack(Connection connection) {
        try {
            database.rollBack(connection);
            return true;
        } catch (SQLException e) {
            discard(connection);
            return false;
        }
    }

    private static void discard(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // It was broken, and nothing is lost: what was not committed is told to the caller as failed.
        }
    }

    private interface Waiting {
        boolean succeeds() throws InterruptedException;
    }

    private static void await(String attempt, Waiting waiting) {
        try {
            if (!waiting.succeeds()) {
                throw new StoreException(
                        Category.BUSY,
                        "cannot " + attempt + ": others have used the store for too long; try again",
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Category.BUSY, "cannot " + attempt + ": interrupted while waiting for others", e);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }

    @Override
    public void close() {
        writing.lock();
        try {
            closed = true;
            if (writer != null) {
                // Last, so that it can move the log into the database.
                closeReaders();
                discard(writer);
                writer = null;
            }
            closeReaders();
        } finally {
            writing.unlock();
        }
    }

    private void closeReaders() {
        Connection idle = idleReaders.poll();
        while (idle != null) {
            discard(idle);
            idle = idleReaders.poll();
        }
    }
}
