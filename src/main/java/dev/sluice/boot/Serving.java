package dev.sluice.boot;

import org.jspecify.annotations.Nullable;

/**
 * Where a pod listens.
 *
 * @param url of the API and of ingest; null where the pod has neither role
 */
record Serving(@Nullable String url, String managementScheme, int managementPort) {}
