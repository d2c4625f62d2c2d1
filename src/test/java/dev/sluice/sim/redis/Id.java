package dev.sluice.sim.redis;

/** The id of a stream's entry. */
record Id(long ms, long number) implements Comparable<Id> {
    static final Id FIRST = new Id(0, 0);
    static final Id LAST = new Id(Long.MAX_VALUE, Long.MAX_VALUE);

    /** @param otherwise the number of one that has none */
    static Id of(String text, long otherwise) {
        int dash = text.indexOf('-');
        try {
            return dash < 0
                    ? new Id(Long.parseLong(text), otherwise)
                    : new Id(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
        } catch (NumberFormatException none) {
            throw new Failure("ERR Invalid stream ID specified as stream command argument");
        }
    }

    private static Id ofRange(String text, long otherwise) {
        if (text.equals("-")) {
            return FIRST;
        }
        return text.equals("+") ? LAST : of(text, otherwise);
    }

    static Id from(String text) {
        return text.startsWith("(") ? of(text.substring(1), 0).next() : ofRange(text, 0);
    }

    static Id to(String text) {
        return text.startsWith("(") ? of(text.substring(1), Long.MAX_VALUE).before() : ofRange(text, Long.MAX_VALUE);
    }

    Id next() {
        return number == Long.MAX_VALUE ? new Id(ms + 1, 0) : new Id(ms, number + 1);
    }

    private Id before() {
        return number == 0 ? new Id(ms - 1, Long.MAX_VALUE) : new Id(ms, number - 1);
    }

    @Override
    public int compareTo(Id other) {
        int byTime = Long.compare(ms, other.ms);
        return byTime == 0 ? Long.compare(number, other.number) : byTime;
    }

    @Override
    public String toString() {
        return ms + "-" + number;
    }
}
