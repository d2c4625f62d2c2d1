package dev.sluice.sim;

import io.vertx.core.internal.ContextInternal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;

/**
 * Which context Vert.x takes this thread to be on. There is no way to say it but the one that Vert.x itself goes: each thread has a
 * place for it.
 */
final class CurrentContext {
    private static final ThreadLocal<Object> PLACES;
    private static final VarHandle CONTEXT;
    private static final Class<?> PLACE;

    static {
        try {
            Class<?> vertx = Class.forName("io.vertx.core.impl.VertxImpl");
            Field places = vertx.getDeclaredField("nonVertxContextDispatch");
            places.setAccessible(true);
            PLACES = threadLocal(places.get(null));
            PLACE = Class.forName("io.vertx.core.impl.VertxImpl$ContextDispatch");
            CONTEXT = lookup().findVarHandle(PLACE, "context", ContextInternal.class);
        } catch (ReflectiveOperationException other) {
            throw new ExceptionInInitializerError(other);
        }
    }

    private CurrentContext() {}

    private static MethodHandles.Lookup lookup() throws IllegalAccessException {
        return MethodHandles.privateLookupIn(PLACE, MethodHandles.lookup());
    }

    @SuppressWarnings("unchecked")
    private static ThreadLocal<Object> threadLocal(Object it) {
        return (ThreadLocal<Object>) it;
    }

    /**
     * Answers which it was before.
     *
     * @param context null: none
     */
    static ContextInternal set(ContextInternal context) {
        Object place = place();
        ContextInternal before = (ContextInternal) CONTEXT.get(place);
        CONTEXT.set(place, context);
        return before;
    }

    private static Object place() {
        Object known = PLACES.get();
        if (known == null) {
            known = made();
            PLACES.set(known);
        }
        return known;
    }

    private static Object made() {
        try {
            return lookup().findConstructor(PLACE, MethodType.methodType(void.class))
                    .invoke();
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
