package levee.report;

import static levee.report.Element.element;

import java.util.List;

/** A table whose first column names the row. */
final class DataTable {
    private final List<Column> columns;
    private final boolean isStacking;
    private final String caption;
    private final Element head = element("tr");
    private final Element body = element("tbody");

    /** A column with its name, and whether it holds numbers. */
    record Column(String name, boolean isNumber) {}

    private DataTable(String caption, boolean isStacking, Column... columns) {
        this.caption = caption;
        this.isStacking = isStacking;
        this.columns = List.of(columns);
        role(head, "row");
        for (Column column : columns) {
            head.add(role(cell("th", column), "columnheader")
                    .attribute("scope", "col")
                    .text(column.name()));
        }
        role(body, "rowgroup");
    }

    /**
     * On narrow screens each row becomes a block, with the column's name before each cell. The roles keep it a table for
     * those who listen to it.
     */
    static DataTable stacking(String caption, Column... columns) {
        return new DataTable(caption, true, columns);
    }

    /** On narrow screens it moves sideways. */
    static DataTable scrolling(String caption, Column... columns) {
        return new DataTable(caption, false, columns);
    }

    static Column words(String name) {
        return new Column(name, false);
    }

    static Column number(String name) {
        return new Column(name, true);
    }

    void row(List<String> cells) {
        row(cells.stream().map(cell -> Content.text(cell)).toArray(Content[]::new));
    }

    /** A cell for each column. */
    void row(Content... cells) {
        Element row = role(element("tr"), "row");
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            Element cell = i == 0
                    ? role(cell("th", column), "rowheader").attribute("scope", "row")
                    : role(cell("td", column), "cell");
            if (isStacking && i > 0) {
                cell.attribute("data-column", column.name());
            }
            row.add(cell.add(cells[i]));
        }
        body.add(row);
    }

    private static Element cell(String name, Column column) {
        Element cell = element(name);
        return column.isNumber() ? cell.withClass("number") : cell;
    }

    private Element role(Element element, String role) {
        return isStacking ? element.attribute("role", role) : element;
    }

    Element toElement() {
        Element table = role(element("table"), "table")
                .add(
                        element("caption", caption),
                        role(element("thead"), "rowgroup").add(head),
                        body);
        return isStacking
                ? table.withClass("stacking")
                : element("div")
                        .withClass("scrolling")
                        .attribute("role", "region")
                        .attribute("aria-label", caption)
                        .attribute("tabindex", 0)
                        .add(table);
    }
}
