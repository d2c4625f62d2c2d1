package dev.sluice.testing;

import dev.sluice.source.Sources;

class InMemorySourcesTest extends SourcesContract {
    private final InMemorySources sources = new InMemorySources(CONFIGURED);

    @Override
    protected Sources sources() {
        return sources;
    }
}
