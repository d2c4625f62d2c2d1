package dev.sluice.ingest.decode;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.http.PlainText;
import org.jspecify.annotations.Nullable;

/** What a context attribute may be called, and say (CloudEvents 1.0, section 3). */
final class AttributeRules {
    static final int MAX_NAME = 64;
    /** Of {@code type}, {@code source}, {@code id}, {@code tenant}: they are parts of keys and of headers. */
    static final int MAX_KEY_VALUE = 1024;

    static final int MAX_VALUE = 8192;
    /** Each look-up walks over all of them, and so does each webhook's filter. */
    static final int MAX_COUNT = 64;
    /** Of all names and values: deliveries carry them as headers. */
    static final int MAX_CHARACTERS = 64 * 1024;

    private static final String NAME = "no control characters, line breaks or marks of writing direction";

    private AttributeRules() {}

    static boolean isName(String name) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    /** What the value should have been, or null if it is right. */
    static @Nullable String expected(String name, String value) {
        String expected = expectedBy(name, value);
        if (expected != null) {
            return expected;
        }
        return isText(value) ? null : "no control characters and no half surrogate pairs";
    }

    private static @Nullable String expectedBy(String name, String value) {
        return switch (name) {
            case Attributes.SOURCE ->
                value.equals(Event.OPERATIONS) ? "another: this one is of events about Sluice itself" : keyed(value);
            case Attributes.MUTED, Attributes.HEADERS, Attributes.ENCODING -> "none: only Sluice sets it";
            case Attributes.TYPE, Attributes.ID -> keyed(value);
            case Attributes.TENANT ->
                keyed(value) != null ? keyed(value) : PlainText.problem(value) == null ? null : NAME;
            case Attributes.TIME -> Rfc3339.isDateTime(value) ? null : "RFC 3339, as 2026-11-21T09:14:04.817Z";
            case Attributes.DATA_CONTENT_TYPE -> isMediaType(value) ? null : "a media type";
            case Attributes.SUBJECT, Attributes.DATA_SCHEMA, Attributes.PARTITION_KEY ->
                value.isEmpty() || value.length() > MAX_VALUE ? "1 to " + MAX_VALUE + " characters" : null;
            default -> value.length() > MAX_VALUE ? "at most " + MAX_VALUE + " characters" : null;
        };
    }

    /** Whether it is an extension of which nothing is known, so that it keeps the type it came with. */
    static boolean mayBeBare(String name) {
        return switch (name) {
            case Attributes.ID,
                    Attributes.SOURCE,
                    Attributes.TYPE,
                    Attributes.TIME,
                    Attributes.SUBJECT,
                    Attributes.DATA_CONTENT_TYPE,
                    Attributes.DATA_SCHEMA,
                    Attributes.TENANT,
                    Attributes.PARTITION_KEY -> false;
            default -> true;
        };
    }

    private static @Nullable String keyed(String value) {
        return value.isEmpty() || value.length() > MAX_KEY_VALUE ? "1 to " + MAX_KEY_VALUE + " characters" : null;
    }

    /** Printable ASCII with a slash: it becomes a header of deliveries. */
    private static boolean isMediaType(String value) {
        int slash = value.indexOf('/');
        if (slash <= 0 || slash == value.length() - 1 || value.length() > MAX_KEY_VALUE) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** CloudEvents 1.0, section 3.1, "String". */
    static boolean isText(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || (c >= 0x7F && c <= 0x9F)) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (i + 1 == value.length() || !Character.isSurrogatePair(c, value.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
