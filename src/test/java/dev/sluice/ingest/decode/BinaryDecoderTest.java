package dev.sluice.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.http.Problem;
import dev.sluice.http.ProblemException;
import dev.sluice.ingest.Decoding;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinaryDecoderTest {
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("ce-type", "a");

    @Test
    void takesAttributesFromHeadersAndDataFromTheBody() {
        headers.add("CE-Id", "1")
                .add("ce-SpecVersion", "1.0")
                .add("ce-source", "/s")
                .add("ce-subject", "%E2%82%AC");
        headers.add("Content-Type", "text/plain").add("X-Other", "x");

        Draft draft = decode("bytes \u0000");

        assertThat(draft.attributes())
                .isEqualTo(Attributes.of(
                        "type",
                        "a",
                        "id",
                        "1",
                        "source",
                        "/s",
                        "subject",
                        "€",
                        "datacontenttype",
                        "text/plain",
                        "time",
                        Decoding.NOW));
        assertThat(draft.data()).hasToString("bytes \u0000");
    }

    @Test
    void leavesOutTheByteOrderMarkBeforeJsonThatIsPutIntoOtherJson() {
        headers.add("Content-Type", "application/json");
        assertThat(decode("\uFEFF {\"n\":1}").data()).hasToString(" {\"n\":1}");
        headers.set("Content-Type", "text/plain");
        assertThat(decode("\uFEFFtext").data()).hasToString("\uFEFFtext");
    }

    @Test
    void callsBytesOfNoTypeOctets() {
        assertThat(decode("x").attributes().get("datacontenttype")).isEqualTo("application/octet-stream");
    }

    @Test
    void takesAnEventWithoutData() {
        assertThat(decode("").data().length()).isZero();
        assertThat(decode("").attributes().get("datacontenttype")).isNull();
    }

    @Test
    void refusesABodyThatIsNotTheJsonItClaimsToBe() {
        headers.add("Content-Type", "application/vnd.x+json; charset=utf-8");

        assertThat(decode("{\"a\":1}").data()).hasToString("{\"a\":1}");
        assertThat(Decoding.pointers(refusal("1},\"type\":\"forged\",\"x\":{\"y\":1")))
                .containsExactly("/data");
    }

    @ParameterizedTest
    @CsvSource({
        "ce-time,tomorrow,/time",
        "ce-specversion,0.3,/specversion",
        "ce-datacontenttype,text/plain,/datacontenttype",
        "ce-subject,%C0%A0,/subject",
        "ce-subject,%0A,/subject",
        "ce-site_id,1,/site_id",
        "ce-type,b,/type",
        "ce-,1,/",
    })
    void namesTheWrongAttribute(String name, String value, String pointer) {
        headers.add(name, value);
        assertThat(Decoding.pointers(refusal(""))).containsExactly(pointer);
    }

    private Draft decode(String body) {
        return new BinaryDecoder()
                .decode(headers, Buffer.buffer(body), Decoding.ANYBODY)
                .get(0);
    }

    private Problem refusal(String body) {
        return catchThrowableOfType(ProblemException.class, () -> decode(body)).problem();
    }
}
