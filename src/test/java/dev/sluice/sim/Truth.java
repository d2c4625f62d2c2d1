package dev.sluice.sim;

import dev.sluice.delivery.Delivery;
import dev.sluice.delivery.policy.Answer;
import dev.sluice.delivery.policy.RetryRule;
import dev.sluice.delivery.send.Attempt;
import dev.sluice.event.Attributes;
import dev.sluice.event.EventId;
import dev.sluice.subscription.Pacing.Coalesce;
import dev.sluice.subscription.Pacing.Ordering;
import dev.sluice.subscription.Webhook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What really happened, as nobody in the fleet knows it: what was accepted, and what arrived where. */
final class Truth {
    private static final int SERVER_ERROR = 500;

    private final World world;
    private final Map<String, Accepted> accepted = new TreeMap<>();
    private final Map<String, List<Arrival>> arrivals = new TreeMap<>();
    private final Map<String, Failed> failed = new HashMap<>();
    /** By delivery, the numbers of attempts that were answered with not yet: they are no steps of the schedule. */
    private final Map<String, Set<Integer>> refused = new HashMap<>();

    private final Map<String, Long> leftAlone = new HashMap<>();
    private final Map<String, Long> knownSince = new HashMap<>();
    /** Of which nothing certain can be said any more. */
    final Set<String> changed = new HashSet<>();

    final List<String> violations = new ArrayList<>();

    /** An event that some producer was told is stored. */
    record Accepted(String id, String type, String key, long at) {}

    /** An attempt that came to an endpoint. */
    record Arrival(long at, String pod, String event, String key, boolean isTaken) {}

    /** The last attempt of a delivery that failed; of two of one number, the first. */
    private record Failed(int number, long at) {}

    Truth(World world) {
        this.world = world;
    }

    void accepted(String id, String type, String key) {
        accepted.put(id, new Accepted(id, type, key, world.scheduler.now()));
    }

    int count() {
        return accepted.size();
    }

    void arrived(SimPod pod, Attempt attempt, Answer answer, long began) {
        Webhook webhook = attempt.webhook();
        String event = attempt.event().id().text();
        long now = world.scheduler.now();
        boolean isTaken = RetryRule.isDelivered(answer);
        world.scheduler.tell(
                "%s -> %s: %s, attempt %d: %s", pod.name, webhook.id(), event, attempt.number(), said(answer));
        arrivals.computeIfAbsent(webhook.id(), first -> new ArrayList<>())
                .add(new Arrival(
                        now, pod.name, event, attempt.event().attributes().get(Attributes.PARTITION_KEY), isTaken));
        hasWaited(attempt, began);
        Long until = leftAlone.get(alone(pod, webhook));
        if (until != null && began < until && knownSince.get(alone(pod, webhook)) < began) {
            violate(
                    "%s asked %s again %d ms before the end of its Retry-After",
                    pod.name, webhook.id(), (until - now) / Times.MILLI);
        }
        boolean isInOrder = webhook.pacing().ordering() == Ordering.KEY
                && attempt.event().attributes().get(Attributes.PARTITION_KEY) != null;
        if (isInOrder && !world.redis.holdsLease(pod, event) && isBehindOthers(pod, attempt)) {
            violate(
                    "%s sent %s to %s behind a younger one of another pod, without the lease",
                    pod.name, event, webhook.id());
        }
        if (isInOrder && world.redis.isForeignLease(pod, event)) {
            violate("%s sent %s to %s while another pod reads its partition", pod.name, event, webhook.id());
        }
    }

    /** Another pod has sent a younger one of its key before. */
    private boolean isBehindOthers(SimPod pod, Attempt attempt) {
        String key = attempt.event().attributes().get(Attributes.PARTITION_KEY);
        return arrivals(attempt.webhook()).stream()
                .filter(one -> key.equals(one.key()) && !pod.name.equals(one.pod()))
                .anyMatch(one -> one.event().compareTo(attempt.event().id().text()) > 0);
    }

    private static String said(Answer answer) {
        return answer instanceof Answer.Status status
                ? status.code() + (status.retryAfter() == null ? "" : " retry-after " + status.retryAfter())
                : ((Answer.Failure) answer).kind().name();
    }

    private static String delivery(Attempt attempt) {
        return attempt.event().id().text() + attempt.webhook().id();
    }

    /** Who knows that an attempt failed knows how long to wait. */
    private void hasWaited(Attempt attempt, long began) {
        Failed before = failed.get(delivery(attempt));
        if (before == null || attempt.number() != before.number + 1) {
            return;
        }
        Duration plain = SimConfig.DELIVERY.retryDelays().get(steps(attempt, before.number) - 1);
        long least = (long) (plain.toNanos() * (1 - SimConfig.DELIVERY.retryJitter())) - 2 * Times.MILLI;
        if (began < before.at + least) {
            violate(
                    "attempt %d of %s at %s came %d ms after the one before had failed (expected: at least %d)",
                    attempt.number(),
                    attempt.event().id(),
                    attempt.webhook().id(),
                    (began - before.at) / Times.MILLI,
                    least / Times.MILLI);
        }
    }

    /** How many of the attempts up to this one, which failed, failed at least. */
    private int steps(Attempt attempt, int number) {
        Set<Integer> notYet = refused.getOrDefault(delivery(attempt), Set.of());
        return number - (int) notYet.stream().filter(one -> one < number).count();
    }

    private static String alone(SimPod pod, Webhook webhook) {
        return pod.name + webhook.id() + webhook.target().url();
    }

    void answered(SimPod pod, Attempt attempt, Answer answer) {
        boolean isStep = answer instanceof Answer.Failure
                || (answer instanceof Answer.Status status && status.code() == SERVER_ERROR);
        if (isStep) {
            failed.merge(
                    delivery(attempt),
                    new Failed(attempt.number(), world.scheduler.now()),
                    (former, now) -> former.number == now.number ? former : now);
        }
        if (RetryRule.isNotYet(answer)) {
            refused.computeIfAbsent(delivery(attempt), first -> new HashSet<>()).add(attempt.number());
        }
        if (answer instanceof Answer.Status status && status.retryAfter() != null) {
            Webhook webhook = attempt.webhook();
            long until = world.scheduler.now() + Long.parseLong(status.retryAfter()) * Times.SECOND;
            leftAlone.merge(alone(pod, webhook), until, Math::max);
            knownSince.put(alone(pod, webhook), world.scheduler.now());
        }
    }

    /** Each once: what is looked at again and again would be all of the story. */
    void violate(String form, Object... about) {
        String violation = form.formatted(about);
        if (!violations.contains(violation)) {
            world.scheduler.tell("VIOLATION: %s", violation);
            violations.add(violation);
        }
    }

    /** When nothing is under way any more. */
    void judge() {
        for (Webhook webhook : world.webhooks) {
            if (!changed.contains(webhook.id())) {
                List<Accepted> wanted = accepted.values().stream()
                        .filter(event -> webhook.subscription().eventTypes().contains(event.type()))
                        .toList();
                complete(webhook, wanted);
                ordered(webhook, wanted);
                limited(webhook);
            }
        }
    }

    private List<Arrival> arrivals(Webhook webhook) {
        return arrivals.getOrDefault(webhook.id(), List.of());
    }

    private boolean isEnded(Webhook webhook, String event) {
        return arrivals(webhook).stream()
                        .anyMatch(one -> one.isTaken() && one.event().equals(event))
                || world.redis.isDead(webhook, Delivery.id(new EventId(event), webhook.id()));
    }

    /** A younger one stood for it: it was taken, whether or not its producer heard that it was accepted, or is dead. */
    private boolean isStoodFor(Webhook webhook, Accepted event, List<Accepted> wanted) {
        return arrivals(webhook).stream()
                        .anyMatch(one -> one.isTaken()
                                && event.key().equals(one.key())
                                && one.event().compareTo(event.id()) > 0)
                || wanted.stream()
                        .anyMatch(one -> event.key().equals(one.key())
                                && one.id().compareTo(event.id()) > 0
                                && isEnded(webhook, one.id()));
    }

    private void complete(Webhook webhook, List<Accepted> wanted) {
        Coalesce coalesce = webhook.pacing().coalesce();
        for (Accepted event : wanted) {
            boolean isSuperseded = coalesce != null && event.key() != null && isStoodFor(webhook, event, wanted);
            if (!isSuperseded && !isEnded(webhook, event.id())) {
                violate("%s was accepted and never ended for %s", event.id(), webhook.id());
            }
        }
        if (world.faults() == 0 && coalesce == null) {
            for (Accepted event : wanted) {
                long taken = arrivals(webhook).stream()
                        .filter(one -> one.isTaken() && one.event().equals(event.id()))
                        .count();
                if (taken > 1) {
                    violate("%s was delivered to %s %d times, and nothing was wrong", event.id(), webhook.id(), taken);
                }
            }
        }
    }

    /** Nothing of a key arrives before all that was accepted before it was taken, or had its last attempt. */
    private void ordered(Webhook webhook, List<Accepted> wanted) {
        if (webhook.pacing().ordering() != Ordering.KEY) {
            return;
        }
        for (Accepted event : wanted) {
            if (event.key() == null) {
                continue;
            }
            long ended = arrivals(webhook).stream()
                    .filter(one -> one.event().equals(event.id()) && one.isTaken())
                    .mapToLong(Arrival::at)
                    .min()
                    .orElse(world.lastArrivalOfDead(arrivals(webhook), event.id()));
            arrivals(webhook).stream()
                    .filter(one -> event.key().equals(one.key()) && one.event().compareTo(event.id()) > 0)
                    .filter(one -> one.at() < ended)
                    .findFirst()
                    .ifPresent(one -> violate(
                            "%s overtook %s of key %s at %s", one.event(), event.id(), event.key(), webhook.id()));
        }
    }

    /** As documented: burst and share of the time, and what those are late with that stood still. */
    private void limited(Webhook webhook) {
        if (webhook.pacing().rateLimit() == null) {
            return;
        }
        long spacing = webhook.pacing().rateLimit().period().toNanos()
                / webhook.pacing().rateLimit().limit();
        long late = world.podsEver() * (1 + Math.max(250 * Times.MILLI, spacing / 4) / spacing);
        List<Arrival> all = arrivals(webhook);
        for (int first = 0; first < all.size(); first++) {
            for (int last = first; last < all.size(); last++) {
                long span = all.get(last).at() - all.get(first).at();
                long most = webhook.pacing().rateLimit().burst() + span / spacing + 1 + late;
                if (last - first + 1 > most
                        && !world.lostWritesBetween(
                                all.get(first).at(), all.get(last).at())) {
                    violate(
                            "%d attempts at %s within %d ms (expected: at most %d)",
                            last - first + 1, webhook.id(), span / Times.MILLI, most);
                    return;
                }
            }
        }
    }
}
