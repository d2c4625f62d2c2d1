package dev.sluice.sim.redis;

import java.util.List;

/** The words of one command behind its name, read from the left. */
final class Arguments {
    private final List<String> words;
    private int at;

    Arguments(List<String> words) {
        this(words, 0);
    }

    /** @param at where they begin */
    Arguments(List<String> words, int at) {
        this.words = words;
        this.at = at;
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

    /** The next ones, so many of them. */
    List<String> some(int count) {
        if (count < 0 || count > left()) {
            throw new Failure("ERR Number of keys can't be greater than number of args");
        }
        at += count;
        return words.subList(at - count, at);
    }

    List<String> rest() {
        List<String> rest = words.subList(at, words.size());
        at = words.size();
        return rest;
    }

    /** Whether the next word is this one, which is taken then. */
    boolean take(String option) {
        boolean is = hasMore() && words.get(at).equalsIgnoreCase(option);
        if (is) {
            at++;
        }
        return is;
    }

    Failure syntax() {
        return new Failure("ERR syntax error");
    }
}
