package levee.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
    @TempDir
    Path folder;

    @Override
    Store open() {
        return Store.open(new StoreLocation.SqliteFile(folder.resolve("levee.db")));
    }
}
