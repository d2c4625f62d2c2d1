package dev.sluice.subscription.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SortedTest {
    @Test
    void behavesAsASortedMapThroughRandomChanges() {
        SplittableRandom random = new SplittableRandom(7);
        TreeMap<String, String> model = new TreeMap<>();
        Sorted<String> sorted = Sorted.empty(SortedTest::key);
        for (int i = 0; i < 20_000; i++) {
            String key = "k" + random.nextInt(1500);
            boolean grow = random.nextInt(100) < (i < 10_000 ? 70 : 30);
            if (grow) {
                model.put(key, key + "=" + i);
                sorted = sorted.with(key + "=" + i);
            } else {
                model.remove(key);
                sorted = sorted.without(key);
            }
            assertThat(sorted.get(key)).isEqualTo(model.get(key));
            if (i % 500 == 0) {
                assertSame(sorted, model);
            }
        }
        assertSame(sorted, model);
    }

    @Test
    void isBuiltFromWhatIsSortedAlready() {
        for (int size : new int[] {0, 1, 255, 256, 257, 1000, 5000}) {
            TreeMap<String, String> model = new TreeMap<>();
            for (int i = 0; i < size; i++) {
                model.put("k" + i, "k" + i + "=");
            }
            assertSame(Sorted.of(new ArrayList<>(model.values()), SortedTest::key), model);
        }
    }

    @Test
    void pagesThroughEverythingOnce() {
        Sorted<String> sorted = Sorted.empty(SortedTest::key);
        for (int i = 0; i < 1000; i++) {
            sorted = sorted.with("%04d=".formatted(i));
        }
        List<String> seen = new ArrayList<>();
        String after = "";
        for (List<String> page = sorted.after(after, 77); !page.isEmpty(); page = sorted.after(after, 77)) {
            seen.addAll(page);
            after = key(page.get(page.size() - 1));
        }
        assertThat(seen).hasSize(1000).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void leavesTheSetBeforeAsItWas() {
        Sorted<String> before =
                Sorted.<String>empty(SortedTest::key).with("a=1").with("b=1");
        Sorted<String> after = before.with("a=2").without("b");

        assertThat(before.get("a")).isEqualTo("a=1");
        assertThat(before.get("b")).isEqualTo("b=1");
        assertThat(after.get("a")).isEqualTo("a=2");
        assertThat(after.get("b")).isNull();
    }

    private static void assertSame(Sorted<String> sorted, Map<String, String> model) {
        List<String> all = new ArrayList<>();
        sorted.forEach(all::add);
        assertThat(all).containsExactlyElementsOf(model.values());
        assertThat(sorted.size()).isEqualTo(model.size());
        assertThat(sorted.after("", 10)).containsExactlyElementsOf(all.subList(0, Math.min(10, all.size())));
    }

    private static String key(String thing) {
        return thing.substring(0, thing.indexOf('='));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void losesOneAfterTheOtherFromEitherEnd(boolean fromTheEnd) {
        TreeMap<String, String> model = new TreeMap<>();
        for (int i = 0; i < 1000; i++) {
            model.put("%04d".formatted(i), "%04d=".formatted(i));
        }
        Sorted<String> sorted = Sorted.of(new ArrayList<>(model.values()), SortedTest::key);
        while (!model.isEmpty()) {
            String key = fromTheEnd ? model.lastKey() : model.firstKey();
            model.remove(key);
            sorted = sorted.without(key);
            assertSame(sorted, model);
        }
    }
}
