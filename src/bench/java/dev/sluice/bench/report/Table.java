package dev.sluice.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Text in columns: the first to the left, the others to the right. */
public final class Table {
    private static final String GAP = "   ";

    private final List<List<String>> lines = new ArrayList<>();

    public Table line(List<String> cells) {
        lines.add(List.copyOf(cells));
        return this;
    }

    @Override
    public String toString() {
        int columns = lines.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = IntStream.range(0, columns).map(this::width).toArray();
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int column = 0; column < line.size(); column++) {
                String pad = " ".repeat(widths[column] - line.get(column).length());
                row.append(column == 0 ? line.get(column) + pad : GAP + pad + line.get(column));
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return lines.stream()
                .filter(line -> column < line.size())
                .mapToInt(line -> line.get(column).length())
                .max()
                .orElse(0);
    }
}
