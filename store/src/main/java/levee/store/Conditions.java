package levee.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Conditions of a query, all of which must hold, with their values. */
final class Conditions {
    private final List<String> texts = new ArrayList<>(List.of("1 = 1"));
    private final List<Object> values = new ArrayList<>();

    void add(String text, Object... more) {
        texts.add(text);
        values.addAll(List.of(more));
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
