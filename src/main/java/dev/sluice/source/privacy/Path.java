package dev.sluice.source.privacy;

import dev.sluice.source.privacy.PathStep.Kind;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where members of a body are: names with points between them, as {@code owner.email}, or a JSON pointer (RFC 6901), as
 * {@code /owner/email}; in both, {@code *} is any name and {@code **} any number of them. Arrays are passed through:
 * {@code images.hash} is the {@code hash} of every image, {@code /images/0/hash} that of the first. In the paths of a dialect
 * {@code #1} is the second element of an array, {@code !a,b} any name but these. A name with a point in it can only be
 * written in a pointer.
 *
 * @param text as it was written
 */
public record Path(String text, List<PathStep> steps) {
    public static final int MAX_LENGTH = 256;
    private static final int MAX_STEPS = 16;
    public static final String EXPECTED = "names with points between, at most " + MAX_STEPS
            + ", as owner.email or **.secret, or a JSON pointer, as /entry/owner/email";

    /** What members are hardly ever called, and users write who think of another language for paths. */
    private static final Pattern FOREIGN = Pattern.compile("^\\s|\\s$|[\\[\\]/\"'$#!]");

    public static final Path ROOT = new Path("", List.of());

    public Path {
        steps = List.copyOf(steps);
    }

    /** @throws IllegalArgumentException if it is not a path as a user may write it */
    public static Path parse(String text) {
        List<String> names = names(text);
        boolean isPath = text.length() <= MAX_LENGTH
                && names.size() <= MAX_STEPS
                && names.stream().allMatch(text.startsWith("/") ? Path::isToken : Path::isStep)
                && !names.get(names.size() - 1).equals("**");
        if (!isPath) {
            throw new IllegalArgumentException("path: %s (expected: %s)".formatted(text, EXPECTED));
        }
        return new Path(
                text,
                names.stream()
                        .map(text.startsWith("/") ? Path::pointed : Path::step)
                        .toList());
    }

    private static List<String> names(String text) {
        return text.startsWith("/")
                ? Stream.of(text.substring(1).split("/", -1))
                        .map(Path::unescaped)
                        .toList()
                : List.of(text.split("\\.", -1));
    }

    private static String unescaped(String token) {
        return token.replace("~1", "/").replace("~0", "~");
    }

    /**
     * What is wrong with a path that is well-formed, and yet will hardly ever lead anywhere; null: nothing. A member that is
     * really called so can be written in a JSON pointer.
     */
    public static @Nullable String suspicion(String text) {
        if (text.startsWith("/")) {
            boolean isTorn = text.matches(".*~([^01].*|$)") || text.endsWith("/-");
            return isTorn ? "a JSON pointer that leads nowhere (expected: ~0 for ~, ~1 for /, no - at its end)" : null;
        }
        return FOREIGN.matcher(text).find()
                ? "would match no member (expected: names with points between, as %s, or a JSON pointer, as %s)"
                        .formatted(String.join(".", plain(text)), "/" + String.join("/", plain(text)))
                : null;
    }

    /** What was probably meant. */
    private static List<String> plain(String text) {
        List<String> names = Stream.of(text.split("[^\\w*-]+"))
                .filter(name -> !name.isEmpty() && name.length() <= MAX_LENGTH / 4)
                .limit(MAX_STEPS)
                .toList();
        return names.isEmpty() ? List.of("owner", "email") : names;
    }

    private static boolean isStep(String name) {
        boolean isPlain = name.indexOf('*') < 0 && name.chars().noneMatch(Character::isISOControl);
        return !name.isEmpty() && (isPlain || name.equals("*") || name.equals("**"));
    }

    private static boolean isToken(String name) {
        return !name.isEmpty() && name.chars().noneMatch(Character::isISOControl);
    }

    /** A number may be the place of an element, or the name of a member. */
    private static PathStep pointed(String token) {
        boolean isNumber = token.matches("0|[1-9]\\d{0,8}");
        return isNumber ? new PathStep(Kind.INDEX, Set.of(token)) : step(token);
    }

    /** As a dialect writes it. */
    public static Path of(String text) {
        return new Path(text, Stream.of(text.split("\\.")).map(Path::special).toList());
    }

    private static PathStep special(String name) {
        return switch (name.charAt(0)) {
            case '#' -> new PathStep(Kind.INDEX, Set.of(name.substring(1)));
            case '!' -> new PathStep(Kind.EXCEPT, Set.of(name.substring(1).split(",")));
            default -> step(name);
        };
    }

    private static PathStep step(String name) {
        return switch (name) {
            case "*" -> PathStep.ANY;
            case "**" -> PathStep.DEEP;
            default -> PathStep.name(name);
        };
    }

    boolean beginsWith(Path other) {
        return !other.steps.isEmpty()
                && steps.size() > other.steps.size()
                && IntStream.range(0, other.steps.size())
                        .allMatch(i ->
                                steps.get(i).names().equals(other.steps.get(i).names())
                                        && !steps.get(i).names().isEmpty());
    }
}
