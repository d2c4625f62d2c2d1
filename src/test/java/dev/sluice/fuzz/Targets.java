package dev.sluice.fuzz;

import java.util.List;
import java.util.stream.Stream;

/** Every parser that meets strangers. */
final class Targets {
    private Targets() {}

    static List<Target> all() {
        return Stream.of(EventTargets.all(), SourceTargets.all(), WebhookTargets.all(), OtherTargets.all())
                .flatMap(List::stream)
                .toList();
    }

    static Target named(String name) {
        return all().stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("fuzz.target: %s (expected: one of %s)"
                        .formatted(name, all().stream().map(Target::name).toList())));
    }
}
