package dev.sluice.source.privacy;

import java.util.Set;

/**
 * One step of a {@link Path}, from a value to what is inside of it.
 *
 * @param names of {@link Kind#NAME} and {@link Kind#EXCEPT}; the number of {@link Kind#INDEX}
 */
record PathStep(Kind kind, Set<String> names) {
    enum Kind {
        /** A member of this name. */
        NAME,
        /** Any member. */
        ANY,
        /** Any number of members, none too. */
        DEEP,
        /** An element of an array by its place. */
        INDEX,
        /** A member of another name. */
        EXCEPT
    }

    static final PathStep ANY = new PathStep(Kind.ANY, Set.of());
    static final PathStep DEEP = new PathStep(Kind.DEEP, Set.of());

    static PathStep name(String name) {
        return new PathStep(Kind.NAME, Set.of(name));
    }

    boolean takes(String name) {
        return switch (kind) {
            case NAME, INDEX -> names.contains(name);
            case ANY, DEEP -> true;
            case EXCEPT -> !names.contains(name);
        };
    }
}
