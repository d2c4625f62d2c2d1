package dev.sluice.ingest.decode;

import static dev.sluice.ingest.Decoding.json;
import static dev.sluice.ingest.Decoding.pointers;
import static dev.sluice.ingest.Decoding.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.event.Attributes;
import dev.sluice.event.Draft;
import dev.sluice.http.Problem;
import dev.sluice.ingest.Decoding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDecoderTest {
    private static final String STRICT = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"a\"}";

    @Test
    void wantsOnlyAType() {
        Draft draft = json("{\"type\":\"order.paid\"}");

        assertThat(draft.attributes())
                .isEqualTo(Attributes.of("type", "order.paid", "source", "default", "time", Decoding.NOW));
        assertThat(draft.data().length()).isZero();
        assertThat(draft.identity()).isNull();
        assertThat(draft.dialect()).isNull();
    }

    @Test
    void keepsWhatTheProducerGave() {
        Draft draft = json("{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/cms\",\"type\":\"a\",\"subject\":\"é\","
                + "\"time\":\"2026-01-01T00:00:00+01:00\",\"site\":12,\"ratio\":1.50,\"big\":12345678901234567890,"
                + "\"draft\":true,\"live\":false,\"gone\":null,\"tenant\":\"acme\"}");

        assertThat(draft.attributes())
                .isEqualTo(Attributes.of(
                                "id",
                                "7",
                                "source",
                                "/cms",
                                "type",
                                "a",
                                "subject",
                                "é",
                                "time",
                                "2026-01-01T00:00:00+01:00",
                                "site",
                                "12",
                                "ratio",
                                "1.50",
                                "big",
                                "12345678901234567890",
                                "draft",
                                "true",
                                "live",
                                "false",
                                "tenant",
                                "acme")
                        .withBare(List.of("site", "draft", "live")));
        assertThat(draft.identity().key()).isEqualTo("acme\nid\n/cms\n7");
    }

    @Test
    void keepsForAStringWhatCloudEventsOrSluiceWantsAsOne() {
        Draft draft = json("{\"id\":7,\"source\":1,\"type\":true,\"subject\":2,\"tenant\":3,\"partitionkey\":4,"
                + "\"dataschema\":5,\"text\":\"true\",\"n\":6}");
        assertThat(draft.attributes().bare()).containsExactly("n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\" : [ 1.0e0, \"\\u00e9\\/\" ] }",
                "[]",
                "{}",
                "\"text with \\\"quotes\\\" and é\"",
                "\"\"",
                "0",
                "-12.50e+3",
                "true",
                "false",
                "null",
                "{\"twice\":1,\"twice\":2}",
            })
    void passesDataOnByteForByte(String data) {
        for (String body : new String[] {
            "{\"type\":\"a\",\"data\":" + data + "}",
            "{\"data\":" + data + ",\"type\":\"a\"}",
            " { \"data\" :\n\t" + data + " \n, \"type\" : \"a\" } ",
        }) {
            Draft draft = json(body);
            assertThat(draft.data()).hasToString(data);
            assertThat(draft.attributes().get("datacontenttype")).isEqualTo("application/json");
        }
    }

    @Test
    void decodesBase64() {
        Draft draft = json("{\"type\":\"a\",\"datacontenttype\":\"image/png\",\"data_base64\":\"AP+A\"}");
        assertThat(draft.data().getBytes()).containsExactly(0, -1, -128);
        assertThat(json("{\"type\":\"a\",\"data_base64\":\"AP+A\"}")
                        .attributes()
                        .get("datacontenttype"))
                .isEqualTo("application/octet-stream");
    }

    @Test
    void takesAStringForTheContentWhereTheTypeIsNotJson() {
        Draft draft = json("{\"type\":\"a\",\"data\":\"<a>\\u00e9\\n</a>\",\"datacontenttype\":\"text/xml\"}");
        assertThat(draft.data()).hasToString("<a>é\n</a>");
        assertThat(draft.attributes().get("datacontenttype")).isEqualTo("text/xml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|/type",
                "{\"type\":\"\"}|/type",
                "{\"type\":null}|/type",
                "{\"type\":[1]}|/type /type",
                "{\"type\":\"a\\u0007\"}|/type",
                "{\"type\":\"a\\ud800\"}|/type",
                "{\"type\":\"a\",\"type\":\"a\"}|/type",
                "{\"type\":\"a\",\"specversion\":\"0.3\"}|/specversion",
                "{\"type\":\"a\",\"specversion\":1.0,\"specversion\":\"1.0\"}|/specversion",
                "{\"type\":\"a\",\"time\":\"yesterday\"}|/time",
                "{\"type\":\"a\",\"id\":\"\"}|/id",
                "{\"type\":\"a\",\"source\":\"\"}|/source",
                "{\"type\":\"a\",\"subject\":\"\"}|/subject",
                "{\"type\":\"a\",\"datacontenttype\":\"json\"}|/datacontenttype",
                "{\"type\":\"a\",\"siteId\":1}|/siteId",
                "{\"type\":\"a\",\"\":1}|/",
                "{\"type\":\"a\",\"a/b~c\":1}|/a~1b~0c",
                "{\"type\":\"a\",\"site\":{\"x\":1}}|/site",
                "{\"type\":\"a\",\"data\":1,\"data\":2}|/data",
                "{\"type\":\"a\",\"data\":1,\"data_base64\":\"AA==\"}|/data",
                "{\"type\":\"a\",\"data_base64\":\"?\"}|/data_base64",
                "{\"type\":\"a\",\"data_base64\":{}}|/data_base64",
                "{\"type\":\"a\",\"datacontenttype\":\"application/json\",\"data_base64\":\"AP+A\"}|/data",
                "{\"time\":1,\"siteId\":{},\"id\":\"\"}|/time /siteId /id /type",
            })
    void namesEveryWrongMember(String body, String pointers) {
        Problem problem = refusal(Format.JSON, body);
        assertThat(problem.status()).isEqualTo(400);
        assertThat(pointers(problem)).containsExactly(pointers.split(" "));
    }

    @Test
    void saysWhatWasWrongAndWhatWasExpected() {
        assertThat(refusal(Format.JSON, "{}").detail()).isEqualTo("type: missing (expected: a string)");
    }

    @Test
    void bounds1024CharactersOfATypeAndShowsOnlyTheFirst() {
        json("{\"type\":\"" + "t".repeat(1024) + "\"}");
        Problem problem = refusal(Format.JSON, "{\"type\":\"" + "t".repeat(1025) + "\"}");
        assertThat(problem.detail()).hasSizeLessThan(150);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[{\"type\":\"a\"}]",
                "1",
                "\"a\"",
                "null",
                "",
                "{\"type\":\"a\"",
                "{\"type\":\"a\"}x",
                "{'type':'a'}"
            })
    void refusesWhatIsNotOneObject(String body) {
        assertThat(refusal(Format.JSON, body).status()).isEqualTo(400);
    }

    @Test
    void takesAStrictCloudEvent() {
        assertThat(Decoding.one(Format.STRUCTURED, STRICT).attributes().get("id"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"specversion", "id", "source", "type"})
    void wantsAllOfAStrictCloudEvent(String name) {
        String body = STRICT.replaceFirst("\"" + name + "\":\"[^\"]*\",?", "").replace(",}", "}");
        assertThat(pointers(refusal(Format.STRUCTURED, body))).containsExactly("/" + name);
    }

    @Test
    void setsTheTenantAndTheSourceOfTheKey() {
        Stamp bound = new Stamp("acme", "shop", "key_1\n/v1/events", null, Decoding.NOW, 0);
        Draft draft = Decoding.all(Format.JSON, "{\"type\":\"a\",\"id\":\"1\"}", bound)
                .get(0);
        assertThat(draft.attributes().get("tenant")).isEqualTo("acme");
        assertThat(draft.attributes().get("source")).isEqualTo("shop");
        assertThat(draft.identity().key()).isEqualTo("acme\nid\nshop\n1");
        assertThat(Decoding.all(Format.JSON, "{\"type\":\"a\",\"tenant\":\"acme\",\"source\":\"shop\"}", bound))
                .hasSize(1);
    }

    @Test
    void forbidsAnotherTenantAndSourceThanTheKeys() {
        Stamp bound = new Stamp("acme", "shop", "key_1\n/v1/events", null, Decoding.NOW, 0);
        Problem problem = refusal(Format.JSON, "{\"type\":\"a\",\"tenant\":\"evil\",\"source\":\"x\"}", bound);
        assertThat(problem.status()).isEqualTo(403);
        assertThat(pointers(problem)).containsExactly("/tenant", "/source");
    }

    @Test
    void prefersTheKeyOfTheRequestToTheIdOfTheEvent() {
        Stamp keyed = new Stamp(null, null, "key_1\n/v1/events", "k", Decoding.NOW, 0);
        assertThat(Decoding.all(Format.JSON, "{\"type\":\"a\",\"id\":\"1\"}", keyed)
                        .get(0)
                        .identity()
                        .key())
                .isEqualTo("default\nkey\nkey_1\n/v1/events\nk");
    }

    @Test
    void takes64AttributesAndNoMore() {
        Draft most = json(withExtensions(63, "1"));
        Problem problem = refusal(Format.JSON, withExtensions(64, "1"));

        assertThat(most.attributes().get("x62")).isEqualTo("1");
        assertThat(pointers(problem)).containsExactly("/x63");
        assertThat(problem.detail()).isEqualTo("more than 64 attributes (expected: at most 64)");
    }

    /** Each look-up walks over what is there already: without a bound these take the square of their number. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "\"\"", "true"})
    void passesOverHundredsOfThousandsOfMembers(String value) {
        assertThat(pointers(refusal(Format.JSON, withExtensions(300_000, value))))
                .containsExactly("/x63");
    }

    /** To say what is wrong costs more than to read it. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]"})
    void endsWithTheFaultThatIsTooMany(String value) {
        Problem problem = refusal(Format.JSON, withExtensions(300_000, value));

        assertThat(problem.errors()).hasSize(1000);
        assertThat(problem.detail()).startsWith("more than 1000 errors");
    }

    @Test
    void takes65536CharactersOfAttributesAndNoMore() {
        int type = "type".length() + "a".length();
        int room = 64 * 1024 - type - 9 * 2;
        String eight = IntStream.range(0, 8)
                .mapToObj(i -> ",\"x" + i + "\":\"" + "v".repeat(8000) + "\"")
                .collect(Collectors.joining());
        String last = ",\"x8\":\"" + "v".repeat(room - 8 * 8000);

        assertThat(json("{\"type\":\"a\"" + eight + last + "\"}").attributes().size())
                .isEqualTo(12);
        Problem problem = refusal(Format.JSON, "{\"type\":\"a\"" + eight + last + "v\"}");
        assertThat(problem.detail())
                .isEqualTo("attributes of more than 65536 characters in all (expected: at most 65536)");
    }

    /** {@code type} and so many others. */
    private static String withExtensions(int count, String value) {
        return IntStream.range(0, count)
                .mapToObj(i -> ",\"x" + i + "\":" + value)
                .collect(Collectors.joining("", "{\"type\":\"a\"", "}"));
    }
}
