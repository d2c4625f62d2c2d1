package dev.sluice.source.cockpit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.source.Arrivals;
import dev.sluice.source.dialect.Reading;
import dev.sluice.source.dialect.SourceRules;
import dev.sluice.testing.Captures;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** COMPATIBILITY 2.3, "Sensitive content". */
class CockpitSecretsTest {
    private final Arrivals cockpit = new Arrivals("cockpit");
    private final Arrivals maya = new Arrivals("maya");

    @Test
    void theTypedPasswordOfAFailedLoginIsRemoved() {
        Reading.Kept kept = capture("cockpit.authentication.failed");
        assertThat(kept.body().toString()).contains("[{\"user\":\"admin\"},\"Authentication failed\"]");
        assertThat(Arrivals.shown(kept)).containsExactly("passwordFields /args/0/password removed");
    }

    @Test
    void theHashAndTheAddressOfASavedAccountAreGone() {
        Reading.Kept kept = capture("cockpit.accounts.save");
        assertThat(kept.body().toString())
                .contains("{\"name\":\"Ed\",\"user\":\"ed\",\"email\":\"***\",\"active\":true,")
                .doesNotContain("$2y$");
    }

    @Test
    void theTokenOfACallerOfTheApiIsMasked() {
        Reading.Kept kept = capture("cockpit.api.authenticate");
        assertThat(kept.body().toString())
                .contains("[{\"token\":\"***\",\"authenticated\":false,", "\"path\":\"collections\\/get\\/posts\"");
        assertThat(Arrivals.shown(kept)).containsExactly("redact.tokens /args/0/token masked");

        Reading.Kept known =
                maya.keep("{'event':'maya.api.authenticate','args':[{'token':'t','query':{'params':{'token':'u'}},"
                        + "'user':{'email':'e','api_key':'k','_id':'1'}}]}");
        assertThat(known.body())
                .hasToString(
                        "{'event':'maya.api.authenticate','args':[{'token':'***','query':{'params':{'token':'***'}},'user':{'email':'***','api_key':'***','_id':'1'}}]}"
                                .replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cockpit.media.upload      | [[\"note.png\"],[]]",
                "cockpit.media.rename      | [\"note.png\",\"note2.png\"]",
                "cockpit.media.removefiles | [[\"note2.png\"]]",
                "cockpit.export            | [{\"target\":\"export\"}]",
                "cockpit.import            | [{\"src\":\"export\"}]",
            })
    void ofServerPathsTheLastSegmentStays(String event, String arguments) {
        Reading.Kept kept = capture(event);
        assertThat(kept.body().toString()).endsWith("\"args\":" + arguments + "}");
        assertThat(Arrivals.shown(kept)).allMatch(one -> one.startsWith("redact.serverPaths "));
    }

    @Test
    void whereAnUploadedAssetLayIsHiddenAndWhereItIsServedIsNot() {
        assertThat(capture("cockpit.asset.upload").body().toString())
                .contains("{\"path\":\"\\/2026\\/11\\/21\\/image_uid_6b015e4598f16.png\"")
                .endsWith("\"image.png\",\"\\/2026\\/11\\/21\\/image_uid_6b015e4598f16.png\"]}");
    }

    @Test
    void theSettingsOfStoragesAreMasked() {
        assertThat(capture("cockpit.filestorages.init").body().toString())
                .contains(
                        "\"adapter\":\"League\\\\Flysystem\\\\Adapter\\\\Local\",\"args\":\"***\",\"mount\":true,\"url\":")
                .doesNotContain("\\/var\\/www");
        assertThat(maya.keep(
                                "{'event':'maya.filestorages.init','args':[{'s3':{'adapter':'A','key':'AKIA','secret':{'x':1}}}]}")
                        .body())
                .hasToString(
                        "{'event':'maya.filestorages.init','args':[{'s3':{'adapter':'A','key':'***','secret':'***'}}]}"
                                .replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cockpit.account.editview", "cockpit.account.logout", "cockpit.authentication.success"})
    void theAddressOfAnAccountIsMasked(String event) {
        assertThat(capture(event).body().toString())
                .contains("\"email\":\"***\"")
                .doesNotContain("yourdomain");
    }

    @Test
    void whatAVisitorTypedIsMaskedAndTheNamesOfTheFieldsStay() {
        assertThat(capture("forms.save.after").body().toString())
                .contains("[\"contact\",{\"data\":{\"name\":\"***\",\"message\":\"***\"},\"_modified\":1795251869,");
        assertThat(capture("forms.submit.after").body().toString())
                .contains(
                        "[\"contact\",{\"name\":\"***\",\"message\":\"***\"},{\"_id\":\"contact\",\"name\":\"contact\",");
    }

    @ParameterizedTest
    @CsvSource({
        "cockpit.api.authenticate, tokens",
        "cockpit.media.upload, serverPaths",
        "cockpit.filestorages.init, storageKeys",
        "cockpit.account.logout, accountEmails",
        "forms.submit.after, visitorData"
    })
    void eachKindIsASwitch(String event, String kind) {
        JsonArray others = cockpit.dialect.defaultRules().write().getJsonArray("redact");
        assertThat(others.remove(kind)).isTrue();
        Buffer sent = Captures.named("cockpit-v1-0.12.2/" + event).bytes();
        assertThat(capture(event).redactions())
                .isNotEmpty()
                .allMatch(one -> one.rule().equals("redact." + kind));
        assertThat(cockpit.keep(sent, cockpit.rules("{'redact':" + others + "}"))
                        .body())
                .isSameAs(sent);
    }

    @Test
    void privateFieldsOfACollectionAreRemovedFromItsEntries() {
        SourceRules rules =
                cockpit.rules("{'privateFields':{'posts':['internal','_by']},'excludedModels':['members']}");
        assertThat(cockpit.keep(
                                "{'event':'collections.find.after','args':['posts',[{'a':1,'internal':2},{'_by':3}],false]}",
                                rules)
                        .body())
                .hasToString(
                        "{'event':'collections.find.after','args':['posts',[{'a':1},{}],false]}".replace('\'', '"'));
        assertThat(cockpit.read(Arrivals.json("{'event':'collections.save.after','args':['members',{},false]}"), rules))
                .isInstanceOf(Reading.Dropped.class);
    }

    private Reading.Kept capture(String event) {
        return cockpit.capture("cockpit-v1-0.12.2/" + event);
    }
}
