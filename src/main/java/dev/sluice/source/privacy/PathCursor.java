package dev.sluice.source.privacy;

import dev.sluice.source.privacy.PathStep.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a path was followed on the way down a body; the cursors of one path are a chain, and made once. Where none is
 * left, nothing is to be done below.
 */
final class PathCursor {
    /**
     * What to do at the end of a path, and the rule that wants it.
     *
     * @param path as the operator wrote it, behind the member of the rules; null for one of the dialect
     */
    record Target(Act act, String rule, @Nullable String path) {}

    private final Target target;
    private final @Nullable PathStep step;
    private final @Nullable PathCursor next;

    private PathCursor(Target target, @Nullable PathStep step, @Nullable PathCursor next) {
        this.target = target;
        this.step = step;
        this.next = next;
    }

    static PathCursor end(Target target) {
        return new PathCursor(target, null, null);
    }

    /** Where the path begins that leads to where this one does. */
    PathCursor from(Path path) {
        PathCursor cursor = this;
        for (int i = path.steps().size() - 1; i >= 0; i--) {
            cursor = new PathCursor(target, path.steps().get(i), cursor);
        }
        return cursor;
    }

    Target target() {
        return target;
    }

    /** Notes the operator's paths that lead here. */
    static void note(List<PathCursor> cursors, Set<String> arrived) {
        for (int i = 0; i < cursors.size(); i++) {
            String path = cursors.get(i).step == null ? cursors.get(i).target.path() : null;
            if (path != null) {
                arrived.add(path);
            }
        }
    }

    /** Of those that have arrived, what the first wants; null if none has. */
    static @Nullable Target met(List<PathCursor> cursors) {
        for (int i = 0; i < cursors.size(); i++) {
            if (cursors.get(i).step == null) {
                return cursors.get(i).target;
            }
        }
        return null;
    }

    static List<PathCursor> intoMember(List<PathCursor> cursors, String name) {
        if (cursors.isEmpty()) {
            return cursors;
        }
        List<PathCursor> inside = new ArrayList<>(cursors.size());
        for (int i = 0; i < cursors.size(); i++) {
            cursors.get(i).follow(name, inside);
        }
        return inside.isEmpty() ? List.of() : inside;
    }

    private void follow(String name, List<PathCursor> inside) {
        if (step == null || next == null) {
            return;
        }
        if (step.kind() == Kind.DEEP) {
            addNew(this, inside);
            next.follow(name, inside);
        } else if (step.takes(name)) {
            addNew(next, inside);
        }
    }

    static List<PathCursor> intoElement(List<PathCursor> cursors, int index) {
        if (cursors.isEmpty()) {
            return cursors;
        }
        List<PathCursor> inside = new ArrayList<>(cursors.size());
        for (int i = 0; i < cursors.size(); i++) {
            PathCursor cursor = cursors.get(i);
            if (cursor.step == null || cursor.next == null) {
                continue;
            }
            if (cursor.step.kind() != Kind.INDEX) {
                addNew(cursor, inside);
            } else if (cursor.step.takes(Integer.toString(index))) {
                addNew(cursor.next, inside);
            }
        }
        return inside.isEmpty() ? List.of() : inside;
    }

    /**
     * Two ways to one place, as {@code **} finds them, are one: else a deep body would have them without end. Those to one
     * target stand together, and are as few as their paths have steps.
     */
    private static void addNew(PathCursor cursor, List<PathCursor> cursors) {
        for (int i = cursors.size() - 1; i >= 0 && cursors.get(i).target.equals(cursor.target); i--) {
            if (cursors.get(i) == cursor) {
                return;
            }
        }
        cursors.add(cursor);
    }
}
