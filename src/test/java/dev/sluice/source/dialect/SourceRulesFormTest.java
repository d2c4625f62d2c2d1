package dev.sluice.source.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.http.Field;
import dev.sluice.http.Problem.FieldError;
import dev.sluice.source.Arrivals;
import dev.sluice.source.Dialects;
import io.vertx.core.json.JsonObject;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceRulesFormTest {
    @ParameterizedTest
    @ValueSource(strings = {"strapi", "cockpit", "maya", "modyo", "generic"})
    void readsWhatItWrites(String dialect) {
        SourceRules defaults = Dialects.find(dialect).orElseThrow().defaultRules();
        SourceRules other = new Arrivals("generic")
                .rules("{'excludedModels':['x'],'passwordFields':[],'privateFields':{'a/b':['c.*','**.d']},"
                        + "'nestedUsers':'keep','userPaths':['owner'],'redact':['requestData'],'keepHook':true,"
                        + "'attributes':{'id':'header:X-Id','type':'/a~1b/0'}}");
        assertThat(read(defaults.write(), other)).isEqualTo(defaults);
        assertThat(read(other.write(), defaults)).isEqualTo(other);
        assertThat(read(new JsonObject(), defaults)).isEqualTo(defaults);
        assertThat(read(new JsonObject(), other)).isEqualTo(other);
    }

    @Test
    void showsEveryRuleWithItsDefault() {
        assertThat(Dialects.find("strapi").orElseThrow().defaultRules().write())
                .isEqualTo(new JsonObject(Arrivals.json(
                        "{'excludedModels':['admin::user','plugin::users-permissions.user','plugins::users-permissions.user','user'],"
                                + "'passwordFields':['confirmationToken','password','registrationToken','resetPasswordToken'],"
                                + "'privateFields':{},'nestedUsers':'strip-to-id','userPaths':[],'redact':[],'keepHook':false,"
                                + "'attributes':{'type':'/type'}}")));
        assertThat(Dialects.find("maya").orElseThrow().defaultRules().write().getJsonArray("redact"))
                .containsExactly("tokens", "serverPaths", "storageKeys", "accountEmails", "visitorData");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'other':1}                         | /other",
                "{'excludedModels':'user'}           | /excludedModels",
                "{'excludedModels':['']}             | /excludedModels/0",
                "{'passwordFields':['a',null]}       | /passwordFields/1",
                "{'privateFields':[]}                | /privateFields",
                "{'privateFields':{'a/b':null}}      | /privateFields/a~1b",
                "{'privateFields':{'a':['b','c.']}}  | /privateFields/a/1",
                "{'privateFields':{'a':['b.**']}}    | /privateFields/a/0",
                "{'userPaths':['a*']}                | /userPaths/0",
                "{'userPaths':['a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q']} | /userPaths/0",
                "{'nestedUsers':'drop'}              | /nestedUsers",
                "{'redact':['everything']}           | /redact/0",
                "{'redact':[null]}                   | /redact/0",
                "{'keepHook':'yes'}                  | /keepHook",
                "{'attributes':{}}                   | /attributes/type",
                "{'attributes':{'type':'type'}}      | /attributes/type",
                "{'attributes':{'type':'/a~2'}}      | /attributes/type",
                "{'attributes':{'type':'header:'}}   | /attributes/type",
                "{'attributes':{'type':'header:a b'}}| /attributes/type",
                "{'attributes':{'type':'/t','entryId':'/i'}} | /attributes/entryId",
                "{'attributes':{'type':'/t','tenant':'/i'}}  | /attributes/tenant",
                "{'attributes':{'type':'/t','sluiceheaders':'/i'}} | /attributes/sluiceheaders",
            })
    void saysWhichMemberIsWrong(String form, String pointer) {
        Field field = Field.root(new JsonObject(Arrivals.json(form.strip())));
        SourceRules.read(field, Dialects.find("generic").orElseThrow().defaultRules());
        assertThat(field.errors()).extracting(FieldError::pointer).contains(pointer.strip());
    }

    @Test
    void takesAttributesForTwentyPlaces() {
        JsonObject places = new JsonObject().put("type", "/t");
        IntStream.range(1, 20).forEach(i -> places.put("a" + i, "/" + i));
        JsonObject form = new JsonObject().put("attributes", places);
        SourceRules defaults = Dialects.find("generic").orElseThrow().defaultRules();
        assertThat(read(form, defaults).places()).hasSize(20);
        places.put("a20", "/20");
        Field field = Field.root(form);
        SourceRules.read(field, defaults);
        assertThat(field.errors()).extracting(FieldError::detail).contains("21 members (expected: at most 20)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "strapi  | {'userPaths':['$.entry.author']}                | /userPaths/0           | /entry/author",
                "strapi  | {'userPaths':['entry/author']}                  | /userPaths/0           | /entry/author",
                "strapi  | {'userPaths':[' author']}                       | /userPaths/0           | JSON pointer",
                "strapi  | {'userPaths':['/entry/a~2b']}                   | /userPaths/0           | ~1",
                "strapi  | {'userPaths':['/entry/images/-']}               | /userPaths/0           | leads nowhere",
                "strapi  | {'privateFields':{'address':['images[0].city']}}| /privateFields/address/0| /images/0/city",
                "strapi  | {'privateFields':{'art*':['city']}}             | /privateFields/art*    | * alone is any",
                "strapi  | {'excludedModels':['art*']}                     | /excludedModels/0      | its name",
                "strapi  | {'passwordFields':['/entry/pin']}               | /passwordFields/0      | name of a member alone",
                "strapi  | {'passwordFields':['user.pin']}                 | /passwordFields/0      | privateFields",
                "strapi  | {'redact':['requestData']}                      | /redact/0              | expected: none",
                "modyo   | {'redact':['tokens']}                           | /redact/0              | requestData",
                "strapi  | {'keepHook':true}                               | /keepHook              | expected: false",
                "strapi  | {'attributes':{'type':'/kind'}}                 | /attributes            | only for generic",
                "generic | {'excludedModels':['user']}                     | /attributes            | a place for model",
                "generic | {'privateFields':{'user':['email']}}            | /attributes            | a place for model",
            })
    void refusesWhatCanNeverDoAnythingAndSaysWhatCould(String dialect, String form, String pointer, String hint) {
        Field field = Field.root(new JsonObject(Arrivals.json(form.strip())));
        SourceRules.read(field, Dialects.find(dialect.strip()).orElseThrow());
        assertThat(field.errors()).hasSize(1);
        assertThat(field.errors().get(0).pointer()).isEqualTo(pointer.strip());
        assertThat(field.errors().get(0).detail()).contains(hint.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"strapi", "cockpit", "maya", "modyo", "generic"})
    void takesTheDefaultsOfADialectForItsOwn(String dialect) {
        Field field =
                Field.root(Dialects.find(dialect).orElseThrow().defaultRules().write());
        SourceRules.read(field, Dialects.find(dialect).orElseThrow());
        assertThat(field.errors()).isEmpty();
    }

    @Test
    void rulesAboutAnyContentTypeNeedNoPlaceForIt() {
        Field field = Field.root(new JsonObject(Arrivals.json("{'privateFields':{'*':['email']}}")));
        SourceRules.read(field, Dialects.find("generic").orElseThrow());
        assertThat(field.errors()).isEmpty();
    }

    @Test
    void readsWhatWasStoredBeforeItWasRefused() {
        JsonObject stored = new JsonObject(Arrivals.json(
                "{'userPaths':['$.entry.author'],'passwordFields':['/pin'],'redact':['tokens'],'keepHook':true}"));
        Field field = Field.root(stored);
        SourceRules.readStored(field, Dialects.find("strapi").orElseThrow().defaultRules());
        assertThat(field.errors()).isEmpty();
    }

    private static SourceRules read(JsonObject json, SourceRules otherwise) {
        Field field = Field.root(json);
        SourceRules rules = SourceRules.read(field, otherwise);
        assertThat(field.errors()).isEmpty();
        return rules;
    }
}
