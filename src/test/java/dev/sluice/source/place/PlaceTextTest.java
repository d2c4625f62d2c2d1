package dev.sluice.source.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.http.Field;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTextTest {
    private static final String FORM =
            "a=1&payload=%7B%22action%22%3A%22opened%22%2C%22n%22%3A7%7D&name=J%C3%BCrgen+M&a=2";

    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/action                          | opened",
                "/list/1/b                        | 2",
                "/deep~1er/~0x                    | y",
                "/none                            | ",
                "/list                            | ",
                "/null                            | ",
                "header:x-event                   | push",
                "header:none                      | ",
                "query:token                      | a b",
                "query:none                       | ",
                "text:order.created               | order.created",
                "text:                            | ''",
                "{header:X-Event}.{/action}       | push.opened",
                "{header:X-Event}.{/none}         | ",
                "{{{/action}}}                    | {opened}",
                "crm.{/action}                    | crm.opened",
                "form:action                      | ",
            })
    void findsWhatIsThere(String text, String value) {
        headers.add("X-Event", "push").add("X-Event", "second");
        String body = "{'action':'closed','list':[{},{'b':2}],'deep/er':{'~x':'y'},'null':null,'action':'opened'}";
        Letter letter = letter(body.replace('\'', '"'), "x=1&token=a%20b");
        assertThat(PlaceText.parse(text.strip()).in(letter)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "form:a                           | 1",
                "form:name                        | Jürgen M",
                "form:payload#/action             | opened",
                "form:payload#/n                  | 7",
                "form:none#/n                     | ",
                "form:name#/n                     | ",
                "hook.{form:payload#/action}      | hook.opened",
                "/a                               | ",
            })
    void readsForms(String text, String value) {
        headers.add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        assertThat(PlaceText.parse(text.strip()).in(letter(FORM, null))).isEqualTo(value);
    }

    @Test
    void readsTheFieldsOfAFormThatHoldsFiles() {
        headers.add("Content-Type", "multipart/form-data; boundary=\"x y\"");
        String form = String.join(
                "\r\n",
                "--x y",
                "Content-Disposition: form-data; name=\"event\"",
                "",
                "pärt",
                "--x y",
                "Content-Disposition: form-data; name=\"json\"",
                "Content-Type: application/json",
                "",
                "{\"a\":\"b\"}",
                "--x y",
                "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"",
                "",
                "--x not the end",
                "--x y--",
                "");
        Letter letter = letter(form, null);
        assertThat(PlaceText.parse("{form:event} {form:json#/a}").in(letter)).isEqualTo("pärt b");
        assertThat(PlaceText.parse("form:file").in(letter)).isNull();
        headers.set("Content-Type", "multipart/form-data");
        assertThat(PlaceText.parse("form:event").in(letter(form, null))).isNull();
    }

    @Test
    void refusesTenThousandParts() {
        headers.add("Content-Type", "multipart/form-data; boundary=x");
        String form = "--x\r\n\r\n\r\n".repeat(10_000) + "--x--";
        assertThatThrownBy(() -> PlaceText.parse("form:a").in(letter(form, null)))
                .hasMessageContaining("too many fields");
    }

    @Test
    void takesTheFirstOfSeveralThatIsThere() {
        Field field = Field.root(new JsonObject()
                .put("type", new JsonArray().add("/none").add("{/a}.{/none}").add("/a")));
        Place place = PlaceText.read(field.member("type"));
        assertThat(place.in(letter("{\"a\":\"x\"}", null))).isEqualTo("x");
        assertThat(PlaceText.write(place)).isEqualTo(field.member("type").value());
        assertThat(field.errors()).isEmpty();
    }

    @Test
    void readsHeadersAsUtf8WhereTheyAre() {
        headers.add("a", new String("é".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .add("b", "é");
        assertThat(PlaceText.parse("header:a").in(letter("", null))).isEqualTo("é");
        assertThat(PlaceText.parse("header:b").in(letter("", null))).isEqualTo("é");
    }

    @Test
    void tellsTheEventFromTheBodyAroundIt() {
        Letter letter = new Letter(headers, null, Buffer.buffer("{\"a\":1}"), Buffer.buffer("{\"a\":2}"), List.of());
        assertThat(PlaceText.parse("{/a} of {body:/a}").in(letter)).isEqualTo("2 of 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "type",
                "/a~2",
                "header:",
                "header:a b",
                "form:",
                "query:",
                "body:a",
                "{",
                "a{/b",
                "{nothing}",
                "{}",
            })
    void refusesWhatIsNoPlace(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PlaceText.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/a/b~1c", "header:X-A", "form:a", "form:a#/b", "query:q", "body:/x", "text:{a}", "{/a}-{{"})
    void writesWhatItReads(String text) {
        assertThat(PlaceText.parse(text).text()).isEqualTo(text);
    }

    private Letter letter(String body, String query) {
        Buffer bytes = Buffer.buffer(body);
        return new Letter(headers, query, bytes, bytes, List.of());
    }
}
