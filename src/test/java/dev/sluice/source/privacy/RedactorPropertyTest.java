package dev.sluice.source.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.JsonText;
import dev.sluice.source.privacy.Privacy.NestedUsers;
import dev.sluice.source.privacy.TreeRedaction.Rule;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random bodies, random rules: what is left is what the same rules leave of a tree. */
class RedactorPropertyTest {
    private static final String[] NAMES = {
        "a",
        "b",
        "c",
        "id",
        "_id",
        "documentId",
        "username",
        "email",
        "provider",
        "count",
        "password",
        "Password",
        "é/~\""
    };
    private static final String[] PATHS = {"a", "b.c", "*.a", "**.c", "a.**.b", "a.*", "**.a.*.b", "*.**.id", "b"};
    private static final int BODIES_A_SEED = 300;

    private SplittableRandom random = new SplittableRandom();

    static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void leavesWhatTheSameRulesLeaveOfATree(int seed) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < BODIES_A_SEED; i++) {
            check();
        }
    }

    private void check() {
        String[] privatePaths = some(PATHS);
        String[] userPaths = some(PATHS);
        Privacy privacy = new Privacy(
                Set.of(),
                random.nextBoolean() ? Set.of("password", "b") : Set.of(),
                Map.of("m", PathRules.privateFields("m", privatePaths), "other", PathRules.privateFields("other", "a")),
                random.nextBoolean() ? NestedUsers.STRIP_TO_ID : NestedUsers.KEEP,
                PathRules.userPaths(userPaths),
                Set.of(Sensitive.TOKENS));
        Plan plan = Plan.of(privacy).entries(Set.of("m"), Path.ROOT);
        List<Rule> rules = new ArrayList<>();
        privacy.pathRules()
                .filter(rule -> !rule.label().startsWith("privateFields.other"))
                .forEach(rule -> rules.add(new Rule(rule.path(), rule.act())));
        for (String path : some(PATHS)) {
            Act act = List.of(Act.MASK, Act.EMPTY, Act.MASK_LEAVES, Act.BASE_NAMES)
                    .get(random.nextInt(4));
            plan.sensitive(Sensitive.TOKENS, Path.parse(path), act);
            plan.sensitive(Sensitive.SERVER_PATHS, Path.parse("**.a"), Act.MASK);
            rules.add(new Rule(Path.parse(path), act));
        }
        Buffer body = Buffer.buffer(object(4));

        Redacted redacted = plan.apply(JsonText.of(body), body);

        Object expected = new TreeRedaction(privacy, rules).of(new JsonObject(body));
        String what = body + " with " + privacy + rules;
        JsonText.of(redacted.body()).check();
        assertThat(new JsonObject(redacted.body())).as(what).isEqualTo(expected);
        assertThat(redacted.redactions().isEmpty()).as(what).isEqualTo(redacted.body() == body);
        assertThat(expected.equals(new JsonObject(body)) && redacted.body() != body && !hasMaskedMask(redacted, body))
                .as("changed for nothing: " + what)
                .isFalse();
    }

    /** A value that was the mask before. */
    private static boolean hasMaskedMask(Redacted redacted, Buffer body) {
        return body.toString().contains("***")
                && redacted.redactions().stream().allMatch(one -> one.what() == Redaction.What.MASKED);
    }

    private String[] some(String[] all) {
        return Arrays.stream(all).filter(one -> random.nextInt(6) == 0).toArray(String[]::new);
    }

    private String value(int depth) {
        int kind = random.nextInt(depth > 0 ? 10 : 5);
        if (kind < 5) {
            return new String[] {"1", "true", "null", "\"\\/var\\/x\\u00e9.png\"", "\"C:\\\\d\\\\\""}[kind];
        }
        return kind < 8 ? object(depth - 1) : array(depth - 1);
    }

    private String array(int depth) {
        StringBuilder json = new StringBuilder("[").append(space());
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            json.append(i == 0 ? "" : ",").append(space()).append(value(depth)).append(space());
        }
        return json.append(']').toString();
    }

    private String object(int depth) {
        StringBuilder json = new StringBuilder("{").append(space());
        List<String> names = new ArrayList<>(List.of(NAMES));
        int size = random.nextInt(8);
        boolean isUser = random.nextInt(6) == 0;
        List<String> members = new ArrayList<>(isUser ? List.of("username", "email", "provider") : List.of());
        while (members.size() < size) {
            String name = names.remove(random.nextInt(names.size()));
            if (!members.contains(name)) {
                members.add(name);
            }
        }
        for (int i = 0; i < members.size(); i++) {
            json.append(i == 0 ? "" : ",").append(space()).append(quoted(members.get(i)));
            json.append(space())
                    .append(':')
                    .append(space())
                    .append(value(depth))
                    .append(space());
        }
        return json.append('}').toString();
    }

    private String quoted(String name) {
        if (name.equals("a") && random.nextBoolean()) {
            return "\"\\u0061\"";
        }
        return '"' + name.replace("\"", "\\\"") + '"';
    }

    private String space() {
        return new String[] {"", "", "", " ", "\n\t"}[random.nextInt(5)];
    }
}
