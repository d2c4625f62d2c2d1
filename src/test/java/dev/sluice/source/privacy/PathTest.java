package dev.sluice.source.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.source.Arrivals;
import dev.sluice.source.dialect.Reading;
import dev.sluice.source.dialect.SourceRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths of an operator, in both their languages, on bodies of the systems. */
class PathTest {
    private static final String ENTRY =
            "{'event':'entry.create','created_at':'2026-01-15T09:30:00.000Z','model':'address',"
                    + "'entry':{'id':7,'city':'Bern','author':{'id':1,'email':'a@b.example'},"
                    + "'images':[{'hash':'x','by.whom':'me'},{'hash':'y'}]}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "author             | a@b.example",
                "/author            | a@b.example",
                "/entry/author      | a@b.example",
                "entry.author       | a@b.example",
                "/entry/*           | a@b.example",
                "/**/author         | a@b.example",
            })
    void leadsToAUser(String path, String gone) {
        Reading.Kept kept = keep("{'userPaths':['%s']}".formatted(path.strip()));
        assertThat(kept.body().toString()).doesNotContain(gone).contains("\"id\":1");
        assertThat(kept.redacted().matched()).containsExactly("userPaths: " + path.strip());
        assertThat(kept.redacted().unmatched()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/city                      | Bern",
                "/entry/city                | Bern",
                "city                       | Bern",
                "/images/1/hash             | \"y\"",
                "/entry/images/0/hash       | \"x\"",
                "/entry/images/hash         | \"y\"",
                "/entry/images/0/by.whom    | \"me\"",
            })
    void leadsToAPrivateField(String path, String gone) {
        Reading.Kept kept = keep("{'privateFields':{'address':['%s']}}".formatted(path.strip()));
        assertThat(kept.body().toString()).doesNotContain(gone);
        assertThat(kept.redacted().matched()).containsExactly("privateFields.address: " + path.strip());
    }

    @Test
    void onlyTheElementThatAPointerNamesGoes() {
        assertThat(keep("{'privateFields':{'*':['/images/1/hash']}}").body().toString())
                .contains("\"x\"");
    }

    @Test
    void takesNothingOfTheEnvelope() {
        assertThat(keep("{'privateFields':{'*':['/model','/event','model']}}")
                        .body()
                        .toString())
                .contains("\"model\":\"address\"", "\"event\"");
    }

    @Test
    void saysWhatAppliedAndLedNowhere() {
        Reading.Kept kept =
                keep("{'userPaths':['owner','author'],'privateFields':{'address':['zip'],'order':['total']}}");
        assertThat(kept.redacted().matched()).containsExactly("userPaths: author");
        assertThat(kept.redacted().unmatched())
                .containsExactlyInAnyOrder("userPaths: owner", "privateFields.address: zip");
    }

    /** A body is read with what was made when the rules were. */
    @Test
    void makesNothingOfARuleAnewForEachEvent() {
        Arrivals strapi = new Arrivals("strapi");
        SourceRules rules = strapi.rules("{'userPaths':['author'],'privateFields':{'*':['zip']}}");
        Redacted one = strapi.keep(ENTRY, rules).redacted();
        Redacted other = strapi.keep(ENTRY, rules).redacted();
        assertThat(one.matched().iterator().next())
                .isSameAs(other.matched().iterator().next());
        assertThat(one.unmatched().iterator().next())
                .isSameAs(other.unmatched().iterator().next());
    }

    @Test
    void readsThePointersOfCockpitFromTheTopOfTheBody() {
        Arrivals cockpit = new Arrivals("cockpit");
        String body =
                "{'event':'collections.save.after','hook':'x','backend':1,'args':['posts',{'_id':'1','by':'me'},false]}";
        for (String path : new String[] {"/args/1/by", "/by", "by"}) {
            assertThat(cockpit.keep(body, cockpit.rules("{'privateFields':{'posts':['%s']}}".formatted(path)))
                            .body()
                            .toString())
                    .as(path)
                    .doesNotContain("me\"");
        }
    }

    private static Reading.Kept keep(String rules) {
        Arrivals strapi = new Arrivals("strapi");
        return strapi.keep(ENTRY, strapi.rules(rules));
    }
}
