package dev.sluice.source.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.source.Dialects;
import dev.sluice.source.dialect.Arrival;
import dev.sluice.source.dialect.Dialect;
import dev.sluice.source.dialect.Reading;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogsTest {
    private static final Catalogs CATALOGS = Catalogs.load();

    static Stream<String> systems() {
        return CATALOGS.all().stream().map(Catalog::dialect);
    }

    @ParameterizedTest
    @CsvSource({"strapi, 11, 8", "cockpit, 81, 44", "maya, 93, 44", "modyo, 83, 66"})
    void st08_ck10_ck11_mo05_mo08_holdsEveryEventOfTheSystemsDocuments(String dialect, int all, int seeds) {
        Catalog catalog = CATALOGS.of(dialect).orElseThrow();
        assertThat(catalog.kinds()).hasSize(all);
        assertThat(catalog.kinds().stream().filter(Kind::seed)).hasSize(seeds);
    }

    @Test
    void ck10_ck11_thirtyThreeEventsAndElevenViewsOfWhichEachIsWarnedOf() {
        for (String system : List.of("cockpit", "maya")) {
            List<Kind> seeds = CATALOGS.of(system).orElseThrow().kinds().stream()
                    .filter(Kind::seed)
                    .toList();
            List<Kind> views = seeds.stream()
                    .filter(kind -> kind.group().equals("backend-views"))
                    .toList();
            assertThat(seeds).hasSize(33 + 11);
            assertThat(views)
                    .hasSize(11)
                    .allSatisfy(view -> assertThat(view.warning()).isNotNull());
        }
    }

    @Test
    void mo05_mo08_labelsAreInSpanishAndInEnglish() {
        List<Kind> kinds = CATALOGS.of("modyo").orElseThrow().kinds();
        assertThat(kinds).allSatisfy(kind -> assertThat(kind.label()).containsOnlyKeys("es", "en"));
        assertThat(count(kinds, "site")).isEqualTo(34);
        assertThat(count(kinds, "space")).isEqualTo(14);
        assertThat(count(kinds, "realm")).isEqualTo(18);
    }

    private static long count(List<Kind> kinds, String group) {
        return kinds.stream()
                .filter(kind -> kind.seed() && kind.group().equals(group))
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cockpit.webhook", "maya.webhook"})
    void warnsOfTheEventThatLoops(String type) {
        String system = type.substring(0, type.indexOf('.'));
        assertThat(CATALOGS.of(system).orElseThrow().find(type).orElseThrow().warning())
                .startsWith("Refused");
    }

    @ParameterizedTest
    @MethodSource("systems")
    void everySampleIsOfItsDialectAndOfItsEvent(String system) {
        Catalog catalog = CATALOGS.of(system).orElseThrow();
        Dialect dialect = Dialects.find(system).orElseThrow();
        for (Kind kind : catalog.kinds()) {
            boolean isRefused = kind.type().endsWith(".webhook");
            boolean isPattern = kind.type().contains("{");
            if (!isRefused && !isPattern) {
                Arrival arrival = new Arrival(
                        "cms",
                        MultiMap.caseInsensitiveMultiMap(),
                        kind.sample().toBuffer(),
                        "2026-11-21T10:00:00.000Z");
                Reading reading = dialect.read(arrival, dialect.defaultRules());
                assertThat(reading).as(kind.type()).isInstanceOf(Reading.Kept.class);
                assertThat(reading.type()).isEqualTo(kind.type());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("systems")
    void theCatalogueAndTheDialectAgreeOnWhatComesOften(String system) {
        Catalog catalog = CATALOGS.of(system).orElseThrow();
        Dialect dialect = Dialects.find(system).orElseThrow();
        assertThat(catalog.kinds().stream()
                        .filter(kind -> !kind.type().contains("{"))
                        .filter(kind -> kind.highRate() != dialect.isHighRate(kind.type()))
                        .map(Kind::type))
                .isEmpty();
    }
}
