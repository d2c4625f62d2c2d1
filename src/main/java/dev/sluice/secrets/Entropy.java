package dev.sluice.secrets;

import java.security.SecureRandom;

/** Unpredictable bytes, as a parameter. Any thread. */
@FunctionalInterface
public interface Entropy {
    /** The operating system's; does not block once the machine has started. */
    Entropy SYSTEM = new Entropy() {
        private final SecureRandom random = new SecureRandom();

        @Override
        public byte[] bytes(int count) {
            byte[] bytes = new byte[count];
            random.nextBytes(bytes);
            return bytes;
        }
    };

    byte[] bytes(int count);
}
