package dev.sluice.access;

import dev.sluice.testing.InMemoryKeys;

class InMemoryKeysTest extends KeysContract {
    @Override
    protected Keys keys(KeyRing ring) {
        return new InMemoryKeys(ring);
    }
}
