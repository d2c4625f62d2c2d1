package dev.sluice.boot.doctor;

/**
 * One line of what was looked at.
 *
 * @param todo empty where nothing has to be done
 */
record Finding(Level level, String what, String found, String todo) {
    enum Level {
        /** As it should be. */
        WELL("ok  "),
        /** It works, and may hurt some day. */
        CARE("care"),
        /** It does not work. */
        WRONG("BAD ");

        private final String word;

        Level(String word) {
            this.word = word;
        }
    }

    static Finding well(String what, String found) {
        return new Finding(Level.WELL, what, found, "");
    }

    static Finding care(String what, String found, String todo) {
        return new Finding(Level.CARE, what, found, todo);
    }

    static Finding wrong(String what, String found, String todo) {
        return new Finding(Level.WRONG, what, found, todo);
    }

    /** @param isWell false: there is something to care for */
    static Finding of(String what, String found, boolean isWell, String todo) {
        return isWell ? well(what, found) : care(what, found, todo);
    }

    @Override
    public String toString() {
        String line = "%s  %s: %s".formatted(level.word, what, found);
        return todo.isEmpty() ? line : line + "\n      -> " + todo;
    }
}
