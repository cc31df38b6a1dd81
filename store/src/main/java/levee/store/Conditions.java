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

    /**
     * Some row of a list must do; without any, nothing does. Not as alternatives, of which databases allow few.
     *
     * @param text names the columns of the list {@code some_network.column1} and so on
     */
    void addSome(String text, List<List<Object>> rows) {
        if (rows.isEmpty()) {
            texts.add("1 = 0");
            return;
        }
        String row = "(" + String.join(", ", Collections.nCopies(rows.getFirst().size(), "?")) + ")";
        texts.add("EXISTS (SELECT 1 FROM (VALUES " + String.join(", ", Collections.nCopies(rows.size(), row))
                + ") AS some_network WHERE " + text + ")");
        rows.forEach(values::addAll);
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
