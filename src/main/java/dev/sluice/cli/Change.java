package dev.sluice.cli;

import java.util.List;
import java.util.stream.Stream;

/**
 * One thing that has to be done.
 *
 * @param what  it is done to, for people
 * @param lines what becomes different
 * @param deed  does it; blocks
 */
record Change(Sign sign, String what, List<String> lines, Runnable deed) {
    enum Sign {
        MAKE("+"),
        ALTER("~"),
        DELETE("-");

        private final String text;

        Sign(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** A line, and one for each member. */
    List<String> text() {
        return Stream.concat(Stream.of(sign + " " + what), lines.stream().map(line -> "    " + line))
                .toList();
    }
}
