package dev.sluice.statistics.redis;

import dev.sluice.statistics.Sums;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code d=12 s204=12 n1=12}, as the script writes it. */
final class SumsText {
    private static final Pattern SUM = Pattern.compile("([a-z0-9_]+)=(\\d{1,18})");

    private SumsText() {}

    /** Adds what is there; what reads otherwise says nothing here. */
    static void read(String text, Sums sums) {
        Matcher found = SUM.matcher(text);
        while (found.find()) {
            sums.add(found.group(1), Long.parseLong(found.group(2)));
        }
    }
}
