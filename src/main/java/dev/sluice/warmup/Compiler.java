package dev.sluice.warmup;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** That of this JVM. */
final class Compiler {
    private static final @Nullable CompilationMXBean BEAN = ManagementFactory.getCompilationMXBean();

    private Compiler() {}

    /** Milliseconds that it took until now, on all of its threads; always 0 where nothing is compiled. */
    static long taken() {
        return BEAN == null || !BEAN.isCompilationTimeMonitoringSupported() ? 0 : BEAN.getTotalCompilationTime();
    }
}
