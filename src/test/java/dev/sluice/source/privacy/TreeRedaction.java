package dev.sluice.source.privacy;

import dev.sluice.source.privacy.Privacy.NestedUsers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The rules, applied to a tree: slow and plain, to hold the {@link Redactor} against. */
final class TreeRedaction {
    record Rule(Path path, Act act) {}

    private static final Set<String> IDS = Set.of("id", "_id", "documentId");

    private final Privacy privacy;
    /** The stronger first. */
    private final List<Rule> rules;

    TreeRedaction(Privacy privacy, List<Rule> rules) {
        this.privacy = privacy;
        this.rules = rules;
    }

    Object of(Object value) {
        return value(value, List.of(), null, 0);
    }

    private Object value(Object value, List<String> way, Act given, int depth) {
        Act act = given;
        for (Rule rule : rules) {
            boolean isHere = !way.isEmpty() && leads(rule.path.steps(), 0, way, 0);
            boolean isWeaker = given != null && given.isOfLeaves() && rule.act == Act.REDUCE;
            if (isHere && !isWeaker) {
                act = rule.act;
                break;
            }
            if (isHere) {
                break;
            }
        }
        return changed(value, way, act, depth);
    }

    private Object changed(Object value, List<String> way, Act act, int depth) {
        if (act == Act.MASK || act == Act.EMPTY) {
            return value == null || act == Act.EMPTY ? null : "***";
        }
        if (value instanceof JsonObject object) {
            return object(object, way, act, depth);
        }
        if (value instanceof JsonArray array) {
            JsonArray changed = new JsonArray();
            array.forEach(element -> changed.add(changed(element, way, act, depth)));
            return changed;
        }
        if (value == null || act == null) {
            return value;
        }
        if (act == Act.BASE_NAMES && value instanceof String text) {
            String trimmed = text.replaceAll("[/\\\\]+$", "");
            return trimmed.replaceAll("(?s)^.*[/\\\\]", "");
        }
        return act == Act.MASK_LEAVES ? "***" : value;
    }

    private JsonObject object(JsonObject object, List<String> way, Act act, int depth) {
        boolean isLeaves = act != null && act.isOfLeaves();
        boolean isUser = depth >= 2
                && privacy.nestedUsers() == NestedUsers.STRIP_TO_ID
                && object.fieldNames().containsAll(Set.of("username", "email", "provider"));
        JsonObject changed = new JsonObject();
        JsonObject reduced = new JsonObject();
        for (String name : object.fieldNames()) {
            Object member = object.getValue(name);
            List<String> inside = new ArrayList<>(way);
            inside.add(name);
            boolean isScalarId =
                    IDS.contains(name) && !(member instanceof JsonObject) && !(member instanceof JsonArray);
            if (privacy.passwordFields().stream().anyMatch(name::equalsIgnoreCase) || isRemoved(inside)) {
                continue;
            }
            if (isScalarId) {
                reduced.put(name, member);
            }
            changed.put(name, value(member, inside, isLeaves ? act : null, depth + 1));
        }
        boolean isOnlyCounted = object.size() == 1 && object.containsKey("count");
        boolean hasMore = object.size() > reduced.size() && !isOnlyCounted;
        return !isLeaves && hasMore && (isUser || act == Act.REDUCE) ? reduced : changed;
    }

    private boolean isRemoved(List<String> way) {
        return rules.stream()
                .filter(rule -> leads(rule.path.steps(), 0, way, 0))
                .findFirst()
                .filter(rule -> rule.act == Act.REMOVE)
                .isPresent();
    }

    private static boolean leads(List<PathStep> steps, int at, List<String> way, int done) {
        if (at == steps.size()) {
            return done == way.size();
        }
        PathStep step = steps.get(at);
        if (step.kind() == PathStep.Kind.DEEP) {
            return leads(steps, at + 1, way, done) || (done < way.size() && leads(steps, at, way, done + 1));
        }
        return done < way.size() && step.takes(way.get(done)) && leads(steps, at + 1, way, done + 1);
    }
}
