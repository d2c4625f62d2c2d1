package dev.sluice.boot;

/** Where a pod listens. */
record Serving(String host, int port, int managementPort) {}
