package dev.sluice.access;

import dev.sluice.testing.InMemoryKeys;

class InMemoryKeysTest extends KeyStoreContract {
    @Override
    protected KeyStore keys(KeyRing ring) {
        return new InMemoryKeys(ring);
    }
}
