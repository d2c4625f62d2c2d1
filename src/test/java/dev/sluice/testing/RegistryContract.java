package dev.sluice.testing;

import static dev.sluice.testing.Webhooks.disabled;
import static dev.sluice.testing.Webhooks.nextVersion;
import static dev.sluice.testing.Webhooks.ofTenant;
import static dev.sluice.testing.Webhooks.patterns;
import static dev.sluice.testing.Webhooks.renamed;
import static dev.sluice.testing.Webhooks.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Attributes;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.http.ProblemException;
import dev.sluice.subscription.Registry;
import dev.sluice.subscription.Webhook;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link Registry} does; each test begins with an empty one. */
public abstract class RegistryContract {
    protected abstract Registry registry();

    @Test
    void holdsATenantFromTheFirstQuestionOn() {
        assertThat(registry().cached("default")).isNull();
        assertThat(get(registry().index("default")).match(event("a"))).isEmpty();
        assertThat(registry().cached("default")).isNotNull();
    }

    @Test
    void hasASavedWebhookInForceAtOnce() {
        Webhook webhook = webhook("wh_1", "entry.*");
        get(registry().index("default"));

        assertThat(get(registry().save(webhook))).isTrue();

        assertThat(registry().cached("default").match(event("entry.create"))).containsExactly(webhook);
        assertThat(get(registry().find("default", "wh_1"))).contains(webhook);
    }

    @Test
    void findsAWebhookOfAColdTenant() {
        Webhook webhook = webhook("wh_1", "entry.*");
        get(registry().save(webhook));

        assertThat(get(registry().find("default", "wh_1"))).contains(webhook);
        assertThat(get(registry().find("default", "wh_2"))).isEmpty();
        assertThat(get(registry().index("default")).match(event("entry.create")))
                .containsExactly(webhook);
    }

    @Test
    void hasAChangeInForceAtOnce() {
        Webhook webhook = webhook("wh_1", "**");
        get(registry().index("default"));
        get(registry().save(webhook));
        get(registry().save(disabled(nextVersion(webhook))));

        assertThat(registry().cached("default").match(event("a"))).isEmpty();

        get(registry().delete("default", "wh_1"));
        assertThat(get(registry().find("default", "wh_1"))).isEmpty();
    }

    @Test
    void refusesWhatSomebodyElseChangedMeanwhile() {
        Webhook first = webhook("wh_1", "**");
        Webhook second = renamed(first, "mine");

        assertThat(get(registry().save(second))).as("a change of nothing").isFalse();
        assertThat(get(registry().save(first))).isTrue();
        assertThat(get(registry().save(first))).as("a second creation").isFalse();
        assertThat(get(registry().save(second))).isTrue();
        assertThat(get(registry().save(renamed(first, "theirs"))))
                .as("a change of the old version")
                .isFalse();
        assertThat(get(registry().find("default", "wh_1"))).contains(second);
    }

    @Test
    void deletesOnce() {
        get(registry().save(webhook("wh_1", "**")));

        assertThat(get(registry().delete("default", "wh_1"))).isTrue();
        assertThat(get(registry().delete("default", "wh_1"))).isFalse();
        assertThat(get(registry().save(nextVersion(webhook("wh_1", "**")))))
                .as("a change of what is deleted")
                .isFalse();
    }

    @Test
    void listsInTheOrderOfTheIds() {
        for (String id : List.of("wh_c", "wh_a", "wh_d", "wh_b")) {
            get(registry().save(webhook(id, "**")));
        }

        assertThat(get(registry().list("default", "", 3)))
                .extracting(Webhook::id)
                .containsExactly("wh_a", "wh_b", "wh_c");
        assertThat(get(registry().list("default", "wh_c", 3)))
                .extracting(Webhook::id)
                .containsExactly("wh_d");
        assertThat(get(registry().list("default", "wh_d", 3))).isEmpty();
    }

    @Test
    void keepsTenantsApart() {
        get(registry().save(ofTenant(webhook("wh_1", "**"), "acme")));

        assertThat(get(registry().find("default", "wh_1"))).isEmpty();
        assertThat(get(registry().list("default", "", 10))).isEmpty();
        assertThat(get(registry().delete("default", "wh_1"))).isFalse();
        assertThat(get(registry().index("default")).match(event("a"))).isEmpty();
        assertThat(get(registry().index("acme")).match(event("a"))).hasSize(1);
    }

    @Test
    void refusesWhatAllWebhooksOfATenantTogetherMayNotHaveAndTakesWhatMakesThemFewer() {
        List<Future<Boolean>> saves = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            saves.add(registry().save(webhook("wh_%03d".formatted(i), patterns(200))));
        }
        assertThat(get(Future.all(saves)).<Boolean>list()).containsOnly(true);

        Throwable refusal = refusal(registry().save(webhook("wh_more", "a")));
        assertThat(refusal).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().type()).isEqualTo("too-many-webhooks");
            assertThat(refused.problem().detail()).contains("200001 patterns").contains("at most 200000");
        });
        assertThat(get(registry().find("default", "wh_more"))).isEmpty();
        assertThat(get(registry().save(ofTenant(webhook("wh_more", "a"), "acme"))))
                .isTrue();
        assertThat(get(registry().save(nextVersion(webhook("wh_001", patterns(200))))))
                .as("no more")
                .isTrue();
        assertThat(get(registry().save(nextVersion(webhook("wh_002", patterns(199))))))
                .isTrue();
        assertThat(get(registry().save(webhook("wh_more", "a")))).isTrue();
    }

    @Test
    void countsWhatIsBeingWrittenForATenant() {
        List<Future<Boolean>> saves = new ArrayList<>();
        for (int i = 0; i < 1003; i++) {
            saves.add(registry().save(webhook("wh_%04d".formatted(i), patterns(200))));
        }
        saves.forEach(RegistryContract::outcome);

        assertThat(saves).filteredOn(Future::succeeded).hasSize(1000);
    }

    private static Throwable refusal(Future<?> future) {
        return outcome(future).orElseThrow(() -> new AssertionError("not refused"));
    }

    private static Optional<Throwable> outcome(Future<?> future) {
        return get(future.transform(ended -> Future.succeededFuture(Optional.ofNullable(ended.cause()))));
    }

    public static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    public static Event event(String type) {
        return new Event(
                new EventId("evt_1"),
                Attributes.of(Attributes.TYPE, type, Attributes.SOURCE, "cms"),
                Buffer.buffer(),
                null);
    }
}
