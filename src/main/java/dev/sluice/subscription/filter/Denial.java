package dev.sluice.subscription.filter;

/**
 * Which part of a filter said no.
 *
 * @param pointer RFC 6901; the innermost part that can be named
 * @param detail  for a person: what the event has, and what was expected
 */
public record Denial(String pointer, String detail) {}
