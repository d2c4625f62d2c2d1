package dev.sluice;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Holds the walls of the house: the map in the package comment of {@code dev.sluice}, and what it says below the map. */
@AnalyzeClasses(packages = "dev.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.sluice";
    private static final String BOOT = ROOT + ".boot..";
    /** The package comment included. A room of more is several. */
    private static final int MOST_FILES = 26;

    private static final MapOfPackages MAP = MapOfPackages.read();

    /** By the class that declares the method, or that is extended by the one that does. */
    private static final Map<String, Set<String>> CLOCKS_AND_CHANCE = Map.of(
            "java.lang.System", Set.of("nanoTime", "currentTimeMillis"),
            "java.lang.Math", Set.of("random"),
            "java.time.Clock", Set.of("systemUTC", "systemDefaultZone"),
            "java.time.Instant", Set.of("now"),
            "java.time.LocalDateTime", Set.of("now"),
            "java.time.OffsetDateTime", Set.of("now"),
            "java.time.ZonedDateTime", Set.of("now"),
            "io.vertx.core.Vertx", Set.of("setTimer", "setPeriodic", "timer"));

    private static final Map<String, Set<String>> WAITING = Map.of(
            "java.lang.Thread", Set.of("sleep", "join"),
            "java.lang.Object", Set.of("wait"),
            "java.util.concurrent.TimeUnit", Set.of("sleep"),
            "java.util.concurrent.Future", Set.of("get", "join"),
            "java.util.concurrent.CountDownLatch", Set.of("await"),
            "java.util.concurrent.BlockingQueue", Set.of("take", "put"),
            "io.vertx.core.Future", Set.of("await"));

    @ArchTest
    static void everyPackageIsOnTheMap(JavaClasses all) {
        Set<String> packages = all.stream()
                .map(ArchitectureTest::room)
                .filter(room -> !room.isEmpty())
                .collect(Collectors.toSet());

        assertThat(MAP.packages()).containsExactlyInAnyOrderElementsOf(packages);
    }

    @ArchTest
    static void packagesUseOnlyWhatTheMapAllows(JavaClasses all) {
        Set<String> breaches = new TreeSet<>();
        all.stream()
                .filter(type -> !room(type).isEmpty())
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(use -> isOurs(use.getTargetClass()))
                .filter(use -> !MAP.allows(room(use.getOriginClass()), room(use.getTargetClass())))
                .forEach(use -> breaches.add(use.getDescription()));

        assertThat(breaches).isEmpty();
    }

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses all) {
        assertThat(all.stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(folder -> assertThat(folder.isAnnotatedWith(NullMarked.class))
                        .as(folder.getName())
                        .isTrue());
    }

    @ArchTest
    static final ArchRule thereAreNoCyclesBetweenPackages =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    /** A room may use those inside of it or be used by them, never both. */
    @ArchTest
    static final ArchRule thereAreNoCyclesBetweenRooms =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static void noRoomIsADrawer(JavaClasses all) {
        Map<String, Long> files = all.stream()
                .filter(JavaClass::isTopLevelClass)
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
        files.values().removeIf(count -> count <= MOST_FILES);

        assertThat(files).as("packages of more than %d files", MOST_FILES).isEmpty();
    }

    @ArchTest
    static final ArchRule ingestDoesNotKnowWhatBecomesOfAnEvent = wall("ingest", "fanout", "delivery", "subscription");

    @ArchTest
    static final ArchRule fanoutKnowsNeitherItsNeighbourBeforeNorBehind = wall("fanout", "ingest", "delivery");

    @ArchTest
    static final ArchRule deliveryKnowsNoStageBeforeIt = wall("delivery", "ingest", "journal", "fanout");

    @ArchTest
    static final ArchRule onlyBootAndMainKnowTelemetry = noClasses()
            .that(resideOutsideOfPackages(ROOT, BOOT, ROOT + ".telemetry.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".telemetry..");

    /** What is traced does not know of it. */
    @ArchTest
    static final ArchRule onlyBootAndTelemetryKnowTraces = noClasses()
            .that(resideOutsideOfPackages(BOOT, ROOT + ".telemetry..", ROOT + ".trace.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".trace..");

    @ArchTest
    static final ArchRule onlyMainKnowsBoot = noClasses()
            .that(resideOutsideOfPackages(BOOT))
            .and()
            .doNotBelongToAnyOf(Sluice.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(BOOT);

    /** What a listener is told in, such as an answer, is the vocabulary of {@code delivery.policy}. */
    @ArchTest
    static final ArchRule telemetryKnowsTheStagesByTheirListeners = noClasses()
            .that()
            .resideInAPackage(ROOT + ".telemetry..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            ROOT + ".ingest..", ROOT + ".journal..", ROOT + ".fanout..", ROOT + ".delivery..")
                    .and(resideOutsideOfPackages(ROOT + ".delivery.policy"))
                    .and(describe("are no listeners", type -> !isListener(type))));

    /** The settings are records of Java's own types. */
    @ArchTest
    static final ArchRule policyIsPureJava = classes()
            .that()
            .resideInAPackage(ROOT + ".delivery.policy..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "org.jspecify..", ROOT + ".delivery.policy..", ROOT + ".config..", ROOT + ".time..");

    @ArchTest
    static final ArchRule theRedisClientStaysInPackagesNamedRedis = only("..redis..", "io.vertx.redis..");

    @ArchTest
    static final ArchRule theEventBusStaysInBus = only(ROOT + ".bus..", "io.vertx.core.eventbus..");

    @ArchTest
    static final ArchRule micrometerStaysInTelemetry =
            only(ROOT + ".telemetry..", "io.micrometer..", "io.prometheus..", "io.vertx.micrometer..");

    @ArchTest
    static final ArchRule clocksAndTimersStayInTime = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".time..")
            .should()
            .accessTargetWhere(isOneOf("a clock, a timer or chance", CLOCKS_AND_CHANCE));

    @ArchTest
    static final ArchRule chanceStaysInTime = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".time..")
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.(Random|SplittableRandom|Timer|concurrent\\.ThreadLocalRandom)");

    @ArchTest
    static final ArchRule nothingWaitsButStartAndEnd = noClasses()
            .that(resideOutsideOfPackages(ROOT, BOOT))
            .and()
            .resideOutsideOfPackage(ROOT + ".redis.embedded..")
            .should()
            .accessTargetWhere(isOneOf("a wait", WAITING));

    private static ArchRule wall(String stage, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "." + stage + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Stream.of(others)
                        .map(other -> ROOT + "." + other + "..")
                        .toArray(String[]::new));
    }

    private static ArchRule only(String home, String... guests) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(guests);
    }

    private static DescribedPredicate<JavaAccess<?>> isOneOf(String what, Map<String, Set<String>> methods) {
        return describe(
                "the target is " + what,
                access -> methods.entrySet().stream()
                        .anyMatch(one ->
                                one.getValue().contains(access.getTarget().getName())
                                        && access.getTargetOwner().isAssignableTo(one.getKey())));
    }

    private static boolean isListener(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "").endsWith("Listener");
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(ROOT);
    }

    /** The top-level package; empty for {@code dev.sluice} itself. */
    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1).replaceFirst("\\..*", "");
    }
}
