package levee.evaluation;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells: the first of each line is text and flush left, the others are numbers and flush right. */
final class Table {
    private static final String INDENT = "  ";
    private static final String GAP = "  ";

    private final List<List<String>> lines = new ArrayList<>();
    private final List<Integer> widths = new ArrayList<>();

    Table line(String... cells) {
        lines.add(List.of(cells));
        for (int i = 0; i < cells.length; i++) {
            if (i == widths.size()) {
                widths.add(0);
            }
            widths.set(i, Math.max(widths.get(i), cells[i].length()));
        }
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> cells : lines) {
            StringBuilder line = new StringBuilder(INDENT);
            for (int i = 0; i < cells.size(); i++) {
                String padding = " ".repeat(widths.get(i) - cells.get(i).length());
                line.append(i == 0 ? cells.get(i) + padding : GAP + padding + cells.get(i));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
