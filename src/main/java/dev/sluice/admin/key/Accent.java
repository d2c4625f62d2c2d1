package dev.sluice.admin.key;

import io.vertx.core.json.JsonObject;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A colour of a host application as the console can use it: for text, and for areas with white text on them, in light and in
 * dark. Whatever the host says is mixed with black or white until it can be read (WCAG 2.2, 1.4.3 and 1.4.11); its hue stays.
 */
record Accent(Shade light, Shade dark) {
    static final double TEXT = 4.5;
    static final double SHAPE = 3;

    private static final Pattern FORM = Pattern.compile("#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})");
    /** Small enough not to be seen, and few enough. */
    private static final int STEPS = 64;
    /** The worst that text stands on: of the page, and of what is tinted with the colour, as app.css mixes it. */
    private static final Rgb LIGHT_GROUND = Rgb.of("#eef0f4");

    private static final Rgb DARK_GROUND = Rgb.of("#222732");
    private static final double LIGHT_TINT = 0.09;
    private static final double DARK_TINT = 0.2;
    private static final Rgb LIGHT_RAISED = Rgb.WHITE;
    private static final Rgb DARK_RAISED = Rgb.of("#171a22");

    /**
     * Two colours, {@code #rrggbb}.
     *
     * @param fill of areas
     */
    record Shade(String text, String fill) {
        JsonObject view() {
            return new JsonObject().put("text", text).put("fill", fill);
        }
    }

    /** Null if it is no colour: {@code #rgb} or {@code #rrggbb}. */
    static @Nullable Accent of(String said) {
        if (!FORM.matcher(said).matches()) {
            return null;
        }
        Rgb colour = Rgb.of(said);
        Rgb underWhite = colour.towards(Rgb.BLACK, area -> area.contrast(Rgb.WHITE) >= TEXT);
        Rgb onDark = underWhite.towards(Rgb.WHITE, area -> area.contrast(DARK_RAISED) >= SHAPE);
        Rgb light = colour.towards(Rgb.BLACK, text -> isRead(text, LIGHT_GROUND, LIGHT_RAISED, LIGHT_TINT));
        Rgb dark = colour.towards(Rgb.WHITE, text -> isRead(text, DARK_GROUND, DARK_RAISED, DARK_TINT));
        return new Accent(new Shade(light.text(), underWhite.text()), new Shade(dark.text(), onDark.text()));
    }

    private static boolean isRead(Rgb text, Rgb ground, Rgb raised, double tint) {
        return text.contrast(ground) >= TEXT && text.contrast(raised.mixed(text, tint)) >= TEXT;
    }

    JsonObject view() {
        return new JsonObject().put("light", light.view()).put("dark", dark.view());
    }

    /** Red, green and blue, 0 to 1 each, as sRGB has them. */
    record Rgb(double red, double green, double blue) {
        static final Rgb BLACK = new Rgb(0, 0, 0);
        static final Rgb WHITE = new Rgb(1, 1, 1);

        static Rgb of(String hex) {
            boolean isShort = hex.length() == 4;
            int all = Integer.parseInt(hex.substring(1), 16);
            int bits = isShort ? 4 : 8;
            double most = isShort ? 15 : 255;
            int mask = (1 << bits) - 1;
            return new Rgb(((all >> (2 * bits)) & mask) / most, ((all >> bits) & mask) / most, (all & mask) / most);
        }

        /** As far towards the other one as it takes. */
        Rgb towards(Rgb other, Predicate<Rgb> isEnough) {
            for (int step = 0; step < STEPS; step++) {
                Rgb mixed = rounded(mixed(other, (double) step / STEPS));
                if (isEnough.test(mixed)) {
                    return mixed;
                }
            }
            return other;
        }

        /** What a browser is told, so that it is this that was looked at. */
        private static Rgb rounded(Rgb colour) {
            return of(colour.text());
        }

        Rgb mixed(Rgb other, double share) {
            return new Rgb(
                    red + (other.red - red) * share,
                    green + (other.green - green) * share,
                    blue + (other.blue - blue) * share);
        }

        double contrast(Rgb other) {
            double one = luminance() + 0.05;
            double two = other.luminance() + 0.05;
            return Math.max(one, two) / Math.min(one, two);
        }

        private double luminance() {
            return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
        }

        private static double linear(double part) {
            return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
        }

        String text() {
            return "#%02x%02x%02x".formatted(Math.round(red * 255), Math.round(green * 255), Math.round(blue * 255));
        }
    }
}
