package levee.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Conditions of a query, all of which must hold, with their values. */
final class Conditions {
    private final List<String> texts = new ArrayList<>(List.of("1 = 1"));
    private final List<Object> values = new ArrayList<>();

    void add(String text, Object... more) {
        texts.add(text);
        values.addAll(List.of(more));
    }

    /** The same condition for several values, one of which must do; without any, nothing does. */
    void addAny(String text, List<Object[]> all) {
        texts.add(all.isEmpty() ? "1 = 0" : "(" + String.join(" OR ", Collections.nCopies(all.size(), text)) + ")");
        all.forEach(some -> values.addAll(List.of(some)));
    }

    String text() {
        return String.join(" AND ", texts);
    }

    /** Sets the values, and tells the index of the next. */
    int fill(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        return values.size() + 1;
    }
}
