package dev.sluice.bench.report;

import java.util.Locale;

/**
 * A drawing in SVG, of boxes, lines, dots and text. Colours are classes, so that they follow the reader's light or dark
 * mode; the background is the page's.
 */
final class Svg {
    /** Where text is anchored. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    private static final String STYLE = """
            <style>
              text { font: 12px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #24292f; }
              .h { font-size: 15px; font-weight: 600; }
              .s { fill: #57606a; }
              .v { font-variant-numeric: tabular-nums; }
              .grid { stroke: #d0d7de; stroke-width: 1; }
              .c1 { fill: #1f6feb; stroke: #1f6feb; } .c2 { fill: #bf5700; stroke: #bf5700; }
              .c3 { fill: #1a7f5a; stroke: #1a7f5a; } .c4 { fill: #8250df; stroke: #8250df; }
              .c5 { fill: #8c959f; stroke: #8c959f; }
              rect { stroke: none !important; }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3; }
                .s { fill: #9aa4ae; }
                .grid { stroke: #3d444d; }
                .c1 { fill: #58a6ff; stroke: #58a6ff; } .c2 { fill: #f0883e; stroke: #f0883e; }
                .c3 { fill: #3fb990; stroke: #3fb990; } .c4 { fill: #bc8cff; stroke: #bc8cff; }
                .c5 { fill: #6e7681; stroke: #6e7681; }
              }
            </style>
            """;

    private final int width;
    private final String title;
    private final StringBuilder body = new StringBuilder();

    Svg(int width, String title) {
        this.width = width;
        this.title = title;
    }

    void rect(String style, double x, double y, double w, double h) {
        add(
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                style, x, y, Math.max(0, w), h);
    }

    void line(String style, double x1, double y1, double x2, double y2) {
        add("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", style, x1, y1, x2, y2);
    }

    void dot(String style, double x, double y, double radius) {
        add("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>", style, x, y, radius);
    }

    void text(String style, Anchor anchor, double x, double y, String text) {
        String at = anchor.name().toLowerCase(Locale.ROOT);
        add("<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", style, at, x, y, escaped(text));
    }

    String toString(double height) {
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %.0f\" width=\"%d\" height=\"%.0f\""
                                + " role=\"img\">%n<title>%s</title>%n",
                        width,
                        height,
                        width,
                        height,
                        escaped(title))
                + STYLE
                + body
                + "</svg>\n";
    }

    private void add(String format, Object... values) {
        body.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
