package dev.sluice.source.privacy;

import dev.sluice.http.JsonText;
import dev.sluice.source.privacy.Cursor.Target;
import dev.sluice.source.privacy.Privacy.NestedUsers;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The rules for one body: those of the operator, put where the dialect says entries are, and the dialect's own. */
public final class Plan {
    static final String PASSWORD_FIELDS = "passwordFields";
    static final String NESTED_USERS = "nestedUsers";
    private static final String PRIVATE_FIELDS = "privateFields";
    private static final String USER_PATHS = "userPaths";
    private static final String ANY_MODEL = "*";

    private final Privacy privacy;
    private final List<Cursor> cursors = new ArrayList<>();

    private Plan(Privacy privacy) {
        this.privacy = privacy;
    }

    public static Plan of(Privacy privacy) {
        return new Plan(privacy);
    }

    /**
     * Applies private fields and user paths to what stands at these places.
     *
     * @param models the names by which the entry's content type may be known
     */
    public Plan entries(Collection<String> models, Path... roots) {
        for (Path root : roots) {
            privacy.privateFields().forEach((model, paths) -> {
                if (model.equals(ANY_MODEL) || models.contains(model)) {
                    paths.forEach(path -> add(root.then(Path.parse(path)), Act.REMOVE, PRIVATE_FIELDS));
                }
            });
            privacy.userPaths().forEach(path -> add(root.then(Path.parse(path)), Act.REDUCE, USER_PATHS));
        }
        return this;
    }

    /** Does this at the path, unless this kind is switched off. */
    public Plan sensitive(Sensitive kind, Path path, Act act) {
        if (privacy.redact().contains(kind)) {
            add(path, act, kind.rule());
        }
        return this;
    }

    private void add(Path path, Act act, String rule) {
        cursors.add(Cursor.start(path, new Target(act, rule)));
    }

    /** @param body the bytes of {@code text}, which is known to be JSON */
    public Redacted apply(JsonText text, Buffer body) {
        boolean isUseless =
                cursors.isEmpty() && privacy.passwordFields().isEmpty() && privacy.nestedUsers() == NestedUsers.KEEP;
        if (isUseless) {
            return new Redacted(body, List.of());
        }
        return text.read(parser -> new Redactor(parser, body, this).redact());
    }

    List<Cursor> cursors() {
        return List.copyOf(cursors);
    }

    NameSet passwordFields() {
        return new NameSet(privacy.passwordFields());
    }

    boolean reducesUsers() {
        return privacy.nestedUsers() == NestedUsers.STRIP_TO_ID;
    }
}
