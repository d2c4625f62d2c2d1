package dev.sluice.delivery.send.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import dev.sluice.config.TransformConfig;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds our functions against those of the library. */
class FunctionsTest {
    private static final Budget BUDGET = new Budget(() -> 0, new TransformConfig(Duration.ofMillis(250), 100, 1 << 20));

    @Test
    void standInForEveryFunctionOfTheLibrary() throws ReflectiveOperationException {
        assertThat(ours().keySet())
                .containsExactlyInAnyOrderElementsOf(library().keySet());
    }

    @Test
    void takeTheSameArgumentsAsTheLibrarys() throws ReflectiveOperationException {
        Map<String, BoundedFunction> ours = ours();
        for (Map.Entry<String, Object> one : library().entrySet()) {
            JFunction theirs = (JFunction) one.getValue();
            assertThat(signature(ours.get(one.getKey()))).as(one.getKey()).isEqualTo(signature(theirs));
            assertThat(ours.get(one.getKey()).getNumberOfArgs())
                    .as(one.getKey())
                    .isEqualTo(theirs.getNumberOfArgs());
        }
    }

    private static Map<String, BoundedFunction> ours() {
        List<BoundedFunction> ours = Expression.functions(BUDGET, new Weights(BUDGET, false), () -> 0);
        return ours.stream().collect(Collectors.toMap(BoundedFunction::name, Function.identity()));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> library() throws ReflectiveOperationException {
        Field frame = Jsonata.class.getDeclaredField("staticFrame");
        Field bindings = Frame.class.getDeclaredField("bindings");
        frame.setAccessible(true);
        bindings.setAccessible(true);
        return (Map<String, Object>) bindings.get(frame.get(null));
    }

    private static Object signature(JFunction function) throws ReflectiveOperationException {
        Field signature = JFunction.class.getDeclaredField("signature");
        signature.setAccessible(true);
        Object parsed = signature.get(function);
        Field regex = parsed.getClass().getDeclaredField("_signature");
        regex.setAccessible(true);
        return regex.get(parsed);
    }
}
