package dev.sluice.config.load;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the settings may be. The records say it: there is no second list of names to keep in step with them. */
public sealed interface Schema {

    /** A record; its components are the settings. */
    record Section(Class<?> type, Map<String, Schema> fields) implements Schema {

        /** What the instance holds for this name. */
        @Nullable
        Object valueOf(Object instance, String name) {
            try {
                return type.getDeclaredMethod(name).invoke(instance);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        /**
         * Values in the order of the fields.
         *
         * @throws IllegalArgumentException as thrown by the record
         */
        Object create(List<@Nullable Object> values) {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            try {
                return type.getDeclaredConstructor(types).newInstance(values.toArray());
            } catch (InvocationTargetException thrown) {
                if (thrown.getCause() instanceof IllegalArgumentException refused) {
                    throw refused;
                }
                throw new IllegalStateException(thrown.getCause());
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** Records by names that the user chooses. */
    record Entries(Section entry) implements Schema {}

    record Items(Scalar item) implements Schema {}

    record Value(Scalar scalar, boolean nullable) implements Schema {}

    static Section of(Class<?> type) {
        Map<String, Schema> fields = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            fields.put(component.getName(), of(component));
        }
        return new Section(type, fields);
    }

    private static Schema of(RecordComponent component) {
        Type type = component.getGenericType();
        if (component.getType().isRecord()) {
            return of(component.getType());
        }
        if (component.getType() == Map.class) {
            return new Entries(of((Class<?>) argument(type, 1)));
        }
        if (component.getType() == List.class) {
            return new Items(Scalar.of(argument(type, 0), component.getName()));
        }
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return new Value(Scalar.of(type, component.getName()), nullable);
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
