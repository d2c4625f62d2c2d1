package dev.sluice.sim.redis;

import java.util.List;
import java.util.Locale;

/** The words of one command behind its name, read from the left. */
final class Arguments {
    private final List<String> words;
    private int at;

    Arguments(List<String> words) {
        this.words = words;
    }

    boolean hasMore() {
        return at < words.size();
    }

    int left() {
        return words.size() - at;
    }

    String next() {
        if (!hasMore()) {
            throw new Failure("ERR wrong number of arguments");
        }
        return words.get(at++);
    }

    long whole() {
        return Numbers.whole(next());
    }

    double score() {
        return Numbers.score(next());
    }

    List<String> rest() {
        List<String> rest = words.subList(at, words.size());
        at = words.size();
        return rest;
    }

    /** Whether the next word is this one, which is taken then. */
    boolean take(String option) {
        boolean is = hasMore() && words.get(at).toUpperCase(Locale.ROOT).equals(option);
        if (is) {
            at++;
        }
        return is;
    }

    Failure syntax() {
        return new Failure("ERR syntax error");
    }
}
