package levee.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** What differs between databases. */
interface Database {

    /** Waiting longer than this for others is an error of {@link StoreException.Category#BUSY}. */
    Duration patience();

    /** Makes what must be there before the first connection. */
    void prepare();

    Connection connectWriter() throws SQLException;

    /** A connection that cannot write. */
    Connection connectReader() throws SQLException;

    /** Begins a transaction that writes; fails at once if that cannot be now. */
    void beginWriting(Connection connection) throws SQLException;

    /** Begins a transaction that reads as of one moment. */
    void beginReading(Connection connection) throws SQLException;

    void commit(Connection connection) throws SQLException;

    void rollBack(Connection connection) throws SQLException;

    /** Whether a connection that was not used for a while still works. */
    boolean isAlive(Connection connection) throws SQLException;

    /** Keeps other processes from migrating until the transaction ends. */
    void lockForMigration(Connection connection) throws SQLException;

    /** The number of tables where ours belong. */
    int countTables(Connection connection) throws SQLException;

    /** Replaces what our statements write as {@code ${TEXT}}, {@code ${BYTES}} and so on. */
    String translate(String statement);

    /**
     * Says what an error means.
     *
     * @param attempt what failed, such as {@code save findings}
     */
    StoreException explain(String attempt, SQLException error);
}
