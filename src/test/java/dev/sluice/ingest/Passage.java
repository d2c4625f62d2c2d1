package dev.sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.delivery.send.SendingHarness;
import dev.sluice.delivery.send.Webhooks;
import dev.sluice.event.Draft;
import dev.sluice.event.Event;
import dev.sluice.event.EventId;
import dev.sluice.memory.Quota;
import dev.sluice.source.SourceForms;
import dev.sluice.source.provider.Providers;
import dev.sluice.source.sns.Outside;
import dev.sluice.subscription.Target.SigningKey;
import dev.sluice.subscription.Webhook;
import dev.sluice.testing.RawHttp;
import dev.sluice.testing.RecordedRequest;
import dev.sluice.testing.ScriptedEndpoint;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;

/** From a producer through a source of it to a receiver: ingest and sending are the real ones, what is between them is left out. */
final class Passage implements AutoCloseable {
    private final IngestServer server;
    private final SourceForms forms;
    private final SendingHarness sending = new SendingHarness();
    private final ScriptedEndpoint receiver = new ScriptedEndpoint();
    private final RawHttp producer;

    Passage(InstantSource clock) {
        server = IngestServer.locked(new IngestLimits(1 << 20, 1000, new Quota(20_000_000)), clock);
        forms = new SourceForms(clock, Providers.builtIn());
        producer = server.connect();
    }

    /** What is at a URL that ingest asks for. */
    void outside(Outside outside) {
        server.outside = outside;
    }

    /** A source {@code any}. */
    void source(JsonObject members) {
        server.sources.save(forms.create(null, members.copy().put("name", "any")));
    }

    void source(String provider, String secret) {
        source(new JsonObject().put("provider", provider).put("secret", secret));
    }

    RawHttp.Response post(String headers, String body) {
        return producer.post("/v1/sources/any/events", headers, body).read();
    }

    /** As a receiver gets it that wants no signature of Sluice. */
    RecordedRequest carries(String headers, String body) {
        RawHttp.Response taken = post(headers, body);
        assertThat(taken.status()).as(taken.body()).isBetween(200, 299);
        Webhook unsigned =
                Webhooks.to(receiver.url()).key(SigningKey.NONE.secret(), null).build();
        sending.send(lastEvent(), unsigned, 1);
        List<RecordedRequest> requests = receiver.requests();
        return requests.get(requests.size() - 1);
    }

    Event lastEvent() {
        List<Draft> drafts = server.journal.drafts();
        Draft last = drafts.get(drafts.size() - 1);
        return new Event(new EventId("evt_1"), last.attributes(), last.data(), last.dialect());
    }

    @Override
    public void close() {
        producer.close();
        receiver.close();
        sending.close();
        server.close();
    }
}
