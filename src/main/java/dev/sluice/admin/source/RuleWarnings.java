package dev.sluice.admin.source;

import dev.sluice.source.Sightings;
import dev.sluice.source.Source;
import dev.sluice.source.privacy.PathRule;
import dev.sluice.source.privacy.Redacted;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Privacy rules that hide nothing, for whoever wrote them. */
final class RuleWarnings {
    private RuleWarnings() {}

    /** Of those that the source has now. */
    static List<String> of(Source source, Sightings.Seen seen) {
        Set<String> present =
                source.rules().privacy().pathRules().map(PathRule::label).collect(Collectors.toSet());
        return seen.rules().stream()
                .filter(rule -> rule.isIdle() && present.contains(rule.rule()))
                .map(rule -> "%s has never matched, in %d events to which it applied."
                        .formatted(rule.rule(), rule.unmatched()))
                .sorted()
                .toList();
    }

    /** In one body. */
    static List<String> of(Redacted redacted) {
        return redacted.unmatched().stream()
                .map(rule -> "%s matches nothing in this body.".formatted(rule))
                .toList();
    }
}
