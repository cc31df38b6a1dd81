package levee.report;

import static levee.report.Element.element;

import java.util.ArrayList;
import java.util.List;

/** A table whose first column names the row. */
public final class DataTable {
    private final List<Column> columns;
    private final Layout layout;
    private final String caption;
    private final Element head = element("tr");
    private final List<Element> bodies = new ArrayList<>();

    /** A column with its name, and what it holds. */
    public record Column(String name, Kind kind) {
        /** How it is laid out. */
        public enum Kind {
            WORDS,
            NUMBER,
            UNBROKEN
        }
    }

    /** What becomes of the table on narrow screens. Where rows are taken apart, roles keep it a table for the ear. */
    private enum Layout {
        STACKING,
        COMPACT,
        SCROLLING
    }

    private DataTable(String caption, Layout layout, Column... columns) {
        this.caption = caption;
        this.layout = layout;
        this.columns = List.of(columns);
        role(head, "row");
        for (Column column : columns) {
            head.add(role(cell("th", column), "columnheader")
                    .attribute("scope", "col")
                    .text(column.name()));
        }
    }

    /** On narrow screens each row becomes a block, with the column's name before each cell. */
    public static DataTable stacking(String caption, Column... columns) {
        return new DataTable(caption, Layout.STACKING, columns);
    }

    /** On narrow screens the last cell moves below the others of its row. */
    public static DataTable compact(String caption, Column... columns) {
        return new DataTable(caption, Layout.COMPACT, columns);
    }

    /** On narrow screens it moves sideways. */
    public static DataTable scrolling(String caption, Column... columns) {
        return new DataTable(caption, Layout.SCROLLING, columns);
    }

    public static Column words(String name) {
        return new Column(name, Column.Kind.WORDS);
    }

    public static Column number(String name) {
        return new Column(name, Column.Kind.NUMBER);
    }

    public static Column unbroken(String name) {
        return new Column(name, Column.Kind.UNBROKEN);
    }

    /** What the rows after this one have in common. */
    public void group(Content name) {
        Element header = role(element("th"), "rowheader")
                .attribute("scope", "rowgroup")
                .attribute("colspan", columns.size())
                .add(name);
        bodies.add(role(element("tbody"), "rowgroup")
                .add(role(element("tr"), "row").withClass("group").add(header)));
    }

    public void row(List<String> cells) {
        row(cells.stream().map(cell -> Content.text(cell)).toArray(Content[]::new));
    }

    /** A cell for each column. */
    public void row(Content... cells) {
        Element row = role(element("tr"), "row");
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            Element cell = i == 0
                    ? role(cell("th", column), "rowheader").attribute("scope", "row")
                    : role(cell("td", column), "cell");
            if (layout == Layout.STACKING && i > 0) {
                cell.attribute("data-column", column.name());
            }
            row.add(cell.add(cells[i]));
        }
        if (bodies.isEmpty()) {
            bodies.add(role(element("tbody"), "rowgroup"));
        }
        bodies.getLast().add(row);
    }

    private static Element cell(String name, Column column) {
        Element cell = element(name);
        return switch (column.kind()) {
            case WORDS -> cell;
            case NUMBER -> cell.withClass("number");
            case UNBROKEN -> cell.withClass("unbroken");
        };
    }

    private Element role(Element element, String role) {
        return layout == Layout.SCROLLING ? element : element.attribute("role", role);
    }

    public Element toElement() {
        Element table = role(element("table"), "table")
                .add(
                        element("caption", caption),
                        role(element("thead"), "rowgroup").add(head))
                .add(bodies);
        return switch (layout) {
            case STACKING -> table.withClass("stacking");
            case COMPACT -> table.withClass("compact columns-" + columns.size());
            case SCROLLING ->
                element("div")
                        .withClass("scrolling")
                        .attribute("role", "group")
                        .attribute("aria-label", caption)
                        .attribute("tabindex", 0)
                        .add(table);
        };
    }
}
