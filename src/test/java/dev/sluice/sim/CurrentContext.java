package dev.sluice.sim;

import io.vertx.core.internal.ContextInternal;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;

/** Which context Vert.x takes this thread to be on. There is no way to say it but the one that Vert.x itself goes. */
final class CurrentContext {
    private static final ThreadLocal<Object> DISPATCH;
    private static final Field CONTEXT;
    private static final Object PLACE;

    static {
        try {
            Class<?> vertx = Class.forName("io.vertx.core.impl.VertxImpl");
            Field dispatch = vertx.getDeclaredField("nonVertxContextDispatch");
            dispatch.setAccessible(true);
            DISPATCH = threadLocal(dispatch.get(null));
            Class<?> place = Class.forName("io.vertx.core.impl.VertxImpl$ContextDispatch");
            CONTEXT = place.getDeclaredField("context");
            CONTEXT.setAccessible(true);
            Constructor<?> make = place.getDeclaredConstructor();
            make.setAccessible(true);
            PLACE = make.newInstance();
        } catch (ReflectiveOperationException other) {
            throw new ExceptionInInitializerError(other);
        }
    }

    private CurrentContext() {}

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
        try {
            ContextInternal before = (ContextInternal) CONTEXT.get(PLACE);
            CONTEXT.set(PLACE, context);
            if (context == null) {
                DISPATCH.remove();
            } else {
                DISPATCH.set(PLACE);
            }
            return before;
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
