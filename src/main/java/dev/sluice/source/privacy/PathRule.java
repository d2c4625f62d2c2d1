package dev.sluice.source.privacy;

/**
 * A path of the operator's, and what becomes of what it leads to. Made when the rules are, and not for each event.
 *
 * @param setting the member of the rules that it stands in
 * @param label   what people are told of it by, such as {@code userPaths: author}
 */
public record PathRule(Path path, Act act, String setting, String label) {
    private static final String PRIVATE_FIELDS = "privateFields";
    private static final String USER_PATHS = "userPaths";

    /** @param model the content type whose entries it is about */
    public static PathRule privateField(String model, Path path) {
        return new PathRule(
                path, Act.REMOVE, PRIVATE_FIELDS, "%s.%s: %s".formatted(PRIVATE_FIELDS, model, path.text()));
    }

    public static PathRule userPath(Path path) {
        return new PathRule(path, Act.REDUCE, USER_PATHS, "%s: %s".formatted(USER_PATHS, path.text()));
    }
}
