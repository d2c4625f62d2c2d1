package dev.sluice.fuzz;

import dev.sluice.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What meets strangers, as a function of bytes. It answers, or refuses with a problem of the sender's; whatever else it
 * throws is a finding, and so is a property that does not hold.
 *
 * @param seeds right inputs, of which wrong ones are made; before the first of them is taken
 */
record Target(String name, Supplier<List<byte[]>> seeds, Consumer<byte[]> parser) {
    /** Of text. */
    static Target of(String name, Consumer<String> parser, String... seeds) {
        return new Target(name, () -> bytes(seeds), bytes -> parser.accept(new String(bytes, StandardCharsets.UTF_8)));
    }

    static List<byte[]> bytes(String... texts) {
        return Stream.of(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    void take(byte[] input) {
        refusable(() -> parser.accept(input));
    }

    /** One of several looks at the same input. */
    static void refusable(Runnable look) {
        try {
            look.run();
        } catch (ProblemException refused) {
            int status = refused.problem().status();
            boolean isSaid = status >= 400
                    && status < 500
                    && !refused.problem().detail().isBlank()
                    && !refused.problem().toJson().encode().isEmpty();
            if (!isSaid) {
                throw new AssertionError("not a refusal of the sender's: " + refused.problem(), refused);
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
