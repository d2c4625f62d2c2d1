package dev.sluice.subscription.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.Field;
import dev.sluice.subscription.filter.Filter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be asked, and that it is shown as it was said. */
final class FilterFormTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'exact':{'type':'com.github.push','subject':'https://github.com/cloudevents/spec'}}",
                "{'prefix':{'type':'com.github.'}}",
                "{'suffix':{'type':'.created','subject':'/cloudevents/spec'}}",
                "{'all':[{'exact':{'model':'article'}},{'sql':'site = 12'}]}",
                "{'any':[{'exact':{'type':'a'}},{'not':{'prefix':{'subject':'b'}}}]}",
                "{'exact':{'/data/n':1,'/data/x':1.5,'/data/big':12345678901234567890,'/data/yes':true,'/data/a~1b':' '}}",
                "{'prefix':{'/data':'x','/data/':'y'}}",
                "[{'prefix':{'type':'com.github.issue'}}]",
                "[{'all':[{'exact':{'type':'a'}}]},{'sql':'TRUE'}]",
            })
    void showsAFilterAsItWasWritten(String json) {
        Object written = value(json);
        Filter filter = read(written);

        assertThat(filter).isNotNull();
        assertThat(text(filter.toJson())).isEqualTo(text(written));
        assertThat(read(filter.toJson())).isEqualTo(filter).hasSameHashCodeAs(filter);
    }

    @Test
    void takesNoListForNoFilter() {
        assertThat(read(new JsonArray())).isNull();
        assertThat(read(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | /filter not an object with one member",
                "true | /filter not an object with one member",
                "{} | /filter not an object with one member",
                "{'exact':{'a':'1'},'prefix':{'a':'1'}} | /filter not an object with one member",
                "{'regex':{'a':'1'}} | /filter/regex unknown (expected: one of exact",
                "{'exact':null} | /filter/exact not an object",
                "{'exact':{}} | /filter/exact not an object with members",
                "{'exact':['a']} | /filter/exact not an object",
                "{'exact':{'type':''}} | /filter/exact/type empty",
                "{'exact':{'':'a'}} | /filter/exact/ no attribute",
                "{'exact':{'Model':'a'}} | /filter/exact/Model no attribute",
                "{'exact':{'data.status':'a'}} | /filter/exact/data.status no attribute",
                "{'exact':{'site':12}} | /filter/exact/site not a string",
                "{'exact':{'type':null}} | /filter/exact/type not a string",
                "{'exact':{'/data/a':null}} | /filter/exact/~1data~1a not a string, a number, true or false",
                "{'exact':{'/data/a':{}}} | /filter/exact/~1data~1a not a string, a number, true or false",
                "{'exact':{'/data/a':''}} | /filter/exact/~1data~1a empty",
                "{'exact':{'/data/a':1e999}} | /filter/exact/~1data~1a not a string, a number, true or false",
                "{'exact':{'/data/~2':'a'}} | /filter/exact/~1data~1~02 ~2 (expected: ~0 for ~, ~1 for /)",
                "{'exact':{'/type':'a'}} | /filter/exact/~1type /type (expected: /data",
                "{'prefix':{'/data/a':1}} | /filter/prefix/~1data~1a not a string",
                "{'suffix':{'/data/a':true}} | /filter/suffix/~1data~1a not a string",
                "{'all':[]} | /filter/all 0 elements (expected: 1 to 100)",
                "{'any':[]} | /filter/any 0 elements (expected: 1 to 100)",
                "{'all':{'exact':{'a':'1'}}} | /filter/all not an array",
                "{'any':null} | /filter/any not an array",
                "{'all':[{'exact':{'a':'1'}},null]} | /filter/all/1 not an object",
                "{'not':[]} | /filter/not not an object",
                "{'not':{'not':{'regex':1}}} | /filter/not/not/regex unknown",
                "{'sql':7} | /filter/sql not a string",
                "{'sql':'site ='} | /filter/sql line 1, column 7: mismatched input",
                "{'all':[{'sql':'site @ 1'}]} | /filter/all/0/sql line 1, column 6: token recognition error",
                "[7] | /filter/0 not an object",
                "[[]] | /filter/0 not an object",
                "[{'sql':'('}] | /filter/0/sql line 1, column 2",
            })
    void pointsAtWhatIsWrong(String json, String error) {
        assertThat(errors(value(json))).hasSize(1).first().asString().startsWith(error);
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        assertThat(errors(value("{'all':[{'exact':{'A':'1','b':''}},{'sql':'x ='},{'nor':1}]}")))
                .hasSize(4);
    }

    @Test
    void boundsTheDepth() {
        String eight = "{'not':".repeat(7) + "{'exact':{'a':'1'}}" + "}".repeat(7);

        assertThat(errors(value(eight))).isEmpty();
        assertThat(errors(value("{'not':" + eight + "}")))
                .containsExactly("/filter" + "/not".repeat(8) + " nested too deeply (expected: at most 8 levels)");
        assertThat(errors(value("[" + eight + "]"))).isEmpty();
    }

    @Test
    void boundsTheOperators() {
        String pairs = pairs(98);

        assertThat(errors(value("{'all':[{'exact':{" + pairs + "}},{'sql':'TRUE'}]}")))
                .isEmpty();
        assertThat(errors(value("{'all':[{'exact':{" + pairs + "}},{'sql':'TRUE'},{'sql':'TRUE'}]}")))
                .containsExactly("/filter too large (expected: at most 100 operators)");
    }

    @Test
    void boundsTextsAndExpressions() {
        String text = "x".repeat(1000);
        String sql = "a = '" + "x".repeat(494) + "'";

        assertThat(errors(value("{'exact':{'a':'" + text + "'}}"))).isEmpty();
        assertThat(errors(value("{'exact':{'a':'" + text + "x'}}")))
                .containsExactly("/filter/exact/a 1001 characters (expected: at most 1000)");
        assertThat(errors(value("{'exact':{'/data/" + "x".repeat(494) + "':'a'}}")))
                .isEmpty();
        assertThat(errors(value("{'exact':{'/data/" + "x".repeat(495) + "':'a'}}")))
                .first()
                .asString()
                .endsWith("a pointer of 501 characters (expected: at most 500)");
        assertThat(errors(new JsonArray().add(sql(sql)).add(sql(sql)))).isEmpty();
        assertThat(errors(new JsonArray().add(sql(sql)).add(sql(sql + " "))))
                .containsExactly("/filter/1/sql 1001 characters of CESQL (expected: at most 1000 in a filter)");
    }

    private static String pairs(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'a" + i + "':'1'").collect(Collectors.joining(","));
    }

    private static JsonObject sql(String text) {
        return new JsonObject().put("sql", text);
    }

    private static List<String> errors(Object json) {
        Field form = Field.root(new JsonObject().put("filter", json));
        FilterForm.read(form.member("filter"));
        return form.errors().stream()
                .map(error -> error.pointer() + " " + error.detail())
                .toList();
    }

    private static @Nullable Filter read(@Nullable Object json) {
        Field form = Field.root(new JsonObject().put("filter", json));
        Filter filter = FilterForm.read(form.member("filter"));
        assertThat(form.errors()).isEmpty();
        return filter;
    }

    private static Object value(String json) {
        return new JsonObject("{\"filter\":" + json.replace('\'', '"') + "}").getValue("filter");
    }

    private static String text(Object json) {
        return new JsonObject().put("filter", json).encode();
    }
}
