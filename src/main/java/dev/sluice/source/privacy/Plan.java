package dev.sluice.source.privacy;

import dev.sluice.http.JsonText;
import dev.sluice.source.privacy.PathCursor.Target;
import dev.sluice.source.privacy.Privacy.NestedUsers;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The rules for one body: those of the operator, put where the dialect says entries are, and the dialect's own. */
public final class Plan {
    static final String PASSWORD_FIELDS = "passwordFields";
    static final String NESTED_USERS = "nestedUsers";
    private static final String ANY_MODEL = "*";

    private final Privacy privacy;
    private final List<PathCursor> cursors = new ArrayList<>();

    private Plan(Privacy privacy) {
        this.privacy = privacy;
    }

    public static Plan of(Privacy privacy) {
        return new Plan(privacy);
    }

    /**
     * Applies private fields and user paths to what stands at these places. A path that begins at the top of the body, as
     * the pointers of a preview do, is understood as well.
     *
     * @param models the names by which the entry's content type may be known
     */
    public Plan entries(Collection<String> models, Path... roots) {
        privacy.privateFields().forEach((model, rules) -> {
            if (model.equals(ANY_MODEL) || models.contains(model)) {
                rules.forEach(rule -> add(rule, roots));
            }
        });
        privacy.userPaths().forEach(rule -> add(rule, roots));
        return this;
    }

    /** Does this at the path, unless this kind is switched off. */
    public Plan sensitive(Sensitive kind, Path path, Act act) {
        if (privacy.redact().contains(kind)) {
            cursors.add(PathCursor.end(new Target(act, kind.rule(), null)).from(path));
        }
        return this;
    }

    private void add(PathRule rule, Path... roots) {
        PathCursor entry = PathCursor.end(new Target(rule.act(), rule.setting(), rule.label()))
                .from(rule.path());
        for (Path root : roots) {
            cursors.add(entry.from(root));
            if (rule.path().beginsWith(root)) {
                cursors.add(entry);
            }
        }
    }

    /** @param body the bytes of {@code text}, which is known to be JSON */
    public Redacted apply(JsonText text, Buffer body) {
        boolean isUseless =
                cursors.isEmpty() && privacy.passwordFields().isEmpty() && privacy.nestedUsers() == NestedUsers.KEEP;
        if (isUseless) {
            return new Redacted(body, List.of(), Set.of(), Set.of());
        }
        return text.read(parser -> new Redactor(parser, body, this).redact());
    }

    /** The paths of the operator that apply to the body. */
    Set<String> paths() {
        Set<String> paths = new LinkedHashSet<>();
        cursors.forEach(cursor -> {
            String path = cursor.target().path();
            if (path != null) {
                paths.add(path);
            }
        });
        return paths;
    }

    List<PathCursor> cursors() {
        return List.copyOf(cursors);
    }

    NameSet passwordFields() {
        return new NameSet(privacy.passwordFields());
    }

    boolean reducesUsers() {
        return privacy.nestedUsers() == NestedUsers.STRIP_TO_ID;
    }
}
