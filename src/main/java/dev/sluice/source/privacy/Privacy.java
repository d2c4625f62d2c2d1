package dev.sluice.source.privacy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a source's bodies lose before they are stored. An empty rule is switched off.
 *
 * @param excludedModels events about a content type of this name ({@code model} or {@code uid}) are not kept at all
 * @param passwordFields members of these names are removed at any depth, whatever their case
 * @param privateFields  members to remove from an entry, by the {@code model} or {@code uid} of its content type; {@code *}
 *                       is any. See {@link Path} for how a path is written
 * @param nestedUsers    what becomes of a user inside of an entry: an object with {@code username}, {@code email} and
 *                       {@code provider}
 * @param userPaths      where users are that do not look like one, as paths from the entry
 * @param redact         what else is sensitive, as far as the dialect knows it
 */
public record Privacy(
        Set<String> excludedModels,
        Set<String> passwordFields,
        Map<String, List<PathRule>> privateFields,
        NestedUsers nestedUsers,
        List<PathRule> userPaths,
        Set<Sensitive> redact) {
    /** Names under which Strapi keeps hashes and one-time tokens. */
    public static final Set<String> PASSWORD_FIELDS =
            Set.of("password", "resetPasswordToken", "registrationToken", "confirmationToken");

    /** Every rule off. */
    public static final Privacy NONE = new Privacy(Set.of(), Set.of(), Map.of(), NestedUsers.KEEP, List.of(), Set.of());

    /** What becomes of a user inside of an entry. */
    public enum NestedUsers {
        KEEP("keep"),
        STRIP_TO_ID("strip-to-id");

        private final String text;

        NestedUsers(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public Privacy {
        excludedModels = Set.copyOf(excludedModels);
        passwordFields = Set.copyOf(passwordFields);
        Map<String, List<PathRule>> copy = new LinkedHashMap<>();
        privateFields.forEach((model, rules) -> copy.put(model, List.copyOf(rules)));
        privateFields = Collections.unmodifiableMap(copy);
        userPaths = List.copyOf(userPaths);
        redact = Set.copyOf(redact);
    }

    /** Private fields of all models, and user paths. */
    public Stream<PathRule> pathRules() {
        return Stream.concat(privateFields.values().stream().flatMap(List::stream), userPaths.stream());
    }
}
