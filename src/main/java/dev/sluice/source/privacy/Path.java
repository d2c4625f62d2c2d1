package dev.sluice.source.privacy;

import dev.sluice.source.privacy.Step.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where members of a body are: names with points between them, as {@code owner.email}. {@code *} is any name, {@code **}
 * any number of them. Arrays are passed through: {@code images.hash} is the {@code hash} of every image. In the paths of a
 * dialect {@code #1} is the second element of an array, {@code !a,b} any name but these. A name with a point or a star in
 * it cannot be written.
 */
public record Path(List<Step> steps) {
    public static final int MAX_LENGTH = 256;
    private static final int MAX_STEPS = 16;
    public static final String EXPECTED =
            "names with points between, at most " + MAX_STEPS + ", as owner.email or **.secret";

    public static final Path ROOT = new Path(List.of());

    public Path {
        steps = List.copyOf(steps);
    }

    /** @throws IllegalArgumentException if it is not a path as a user may write it */
    public static Path parse(String text) {
        String[] names = text.split("\\.", -1);
        boolean isPath = text.length() <= MAX_LENGTH
                && names.length <= MAX_STEPS
                && Stream.of(names).allMatch(Path::isStep)
                && !names[names.length - 1].equals("**");
        if (!isPath) {
            throw new IllegalArgumentException("path: %s (expected: %s)".formatted(text, EXPECTED));
        }
        return new Path(Stream.of(names).map(Path::step).toList());
    }

    private static boolean isStep(String name) {
        boolean isPlain = name.indexOf('*') < 0 && name.chars().noneMatch(Character::isISOControl);
        return !name.isEmpty() && (isPlain || name.equals("*") || name.equals("**"));
    }

    /** As a dialect writes it. */
    public static Path of(String text) {
        return new Path(Stream.of(text.split("\\.")).map(Path::special).toList());
    }

    private static Step special(String name) {
        return switch (name.charAt(0)) {
            case '#' -> new Step(Kind.INDEX, Set.of(name.substring(1)));
            case '!' -> new Step(Kind.EXCEPT, Set.of(name.substring(1).split(",")));
            default -> step(name);
        };
    }

    private static Step step(String name) {
        return switch (name) {
            case "*" -> Step.ANY;
            case "**" -> Step.DEEP;
            default -> Step.name(name);
        };
    }

    /** The other path, from where this one ends. */
    Path then(Path other) {
        List<Step> all = new ArrayList<>(steps);
        all.addAll(other.steps);
        return new Path(all);
    }
}
