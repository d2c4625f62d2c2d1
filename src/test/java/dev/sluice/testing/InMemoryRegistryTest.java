package dev.sluice.testing;

import dev.sluice.subscription.Registry;

final class InMemoryRegistryTest extends RegistryContract {
    private final InMemoryRegistry registry = new InMemoryRegistry();

    @Override
    protected Registry registry() {
        return registry;
    }
}
