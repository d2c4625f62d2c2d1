package dev.sluice.trace;

/** Takes spans, at once and without a word: whoever makes one goes on. Any thread. */
@FunctionalInterface
interface Spans {
    void add(Span span);
}
