package dev.sluice.source.strapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.source.Arrivals;
import dev.sluice.testing.Captures;
import dev.sluice.testing.Captures.Capture;
import dev.sluice.testing.Samples;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StrapiPartsTest {
    private final Arrivals strapi = new Arrivals("strapi");

    static Stream<Buffer> bodies() {
        Stream<Buffer> captured = Stream.of("strapi-v3.6.11", "strapi-v5.54.0")
                .flatMap(folder -> Captures.in(folder).stream())
                .map(Capture::bytes);
        return Stream.concat(captured, Samples.lines("strapi-v4").stream());
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void st12_buildsWhatStrapiSentFromItsParts(Buffer body) {
        JsonObject sent = new JsonObject(body);
        JsonObject parts = new JsonObject();
        List<String> names = sent.fieldNames().stream().toList();
        for (int i = names.size() - 1; i >= 0; i--) {
            boolean isExtra = names.get(i).equals("workflow") || names.get(i).equals("release");
            if (!isExtra) {
                parts.put(names.get(i), sent.getValue(names.get(i)));
            }
        }
        names.stream().filter(name -> !parts.containsKey(name)).forEach(name -> parts.put(name, sent.getValue(name)));
        assertThat(strapi.dialect.envelope(parts, Arrivals.INSTANT)).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'entry':{'id':1},'model':'a','event':'entry.create'}            | {'event':'entry.create','created_at':'NOW','model':'a','entry':{'id':1}}",
                "{'entry':null,'model':'a','event':'entry.update','version':'v4'} | {'event':'entry.update','createdAt':'NOW','model':'a','entry':null}",
                "{'entry':{'documentId':'d'},'event':'entry.x','model':'a'}       | {'event':'entry.x','createdAt':'NOW','model':'a','entry':{'documentId':'d'}}",
                "{'event':'entry.x','uid':'api::a.a','model':'a','entry':[]}      | {'event':'entry.x','createdAt':'NOW','model':'a','uid':'api::a.a','entry':[]}",
                "{'version':'v3','createdAt':'T','event':'e','uid':'u'}           | {'event':'e','created_at':'T','uid':'u'}",
                "{'event':'media.create','media':{'id':1},'z':1,'model':'file'}   | {'event':'media.create','created_at':'NOW','model':'file','media':{'id':1},'z':1}",
                "{'event':'trigger-test'}                                         | {'event':'trigger-test','created_at':'NOW'}",
            })
    void st12_choosesTheKeyOfTheTimeByTheVersion(String parts, String expected) {
        assertThat(strapi.envelope(parts)).isEqualTo(expected.strip().replace("NOW", Arrivals.NOW));
    }

    @Test
    void namesEachPartThatIsWrong() {
        assertThat(strapi.wrongParts("{'event':'entry.create'}")).containsExactly("/model", "/entry");
        assertThat(strapi.wrongParts("{'event':'entry.create','model':7,'entry':1}"))
                .containsExactly("/model");
        assertThat(strapi.wrongParts("{'event':'media.create'}")).containsExactly("/media");
        assertThat(strapi.wrongParts("{'version':'v6'}")).containsExactlyInAnyOrder("/event", "/version");
        assertThat(strapi.wrongParts("{'event':'x','created_at':'a','createdAt':'b'}"))
                .containsExactly("/createdAt");
    }
}
