package levee.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The floors of the building: dependencies only point down. */
class ArchitectureTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("levee");

    /** Each module, with the modules that it may use. */
    private static final Map<String, Set<String>> FLOORS = new TreeMap<>(Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("testing", Set.of("model")),
            Map.entry("telemetry", Set.of("model")),
            Map.entry("capture", Set.of("model", "telemetry")),
            Map.entry("logs", Set.of("model", "telemetry")),
            Map.entry("origin", Set.of("model")),
            Map.entry("domain", Set.of("model")),
            Map.entry("indicator", Set.of("model")),
            Map.entry("flowexport", Set.of("model", "telemetry", "capture")),
            Map.entry("detection", Set.of("model", "telemetry")),
            Map.entry("attack", Set.of("model", "telemetry", "detection", "origin")),
            Map.entry("botnet", Set.of("model", "telemetry", "detection", "domain", "indicator")),
            Map.entry("drill", Set.of("model", "telemetry", "flowexport")),
            Map.entry("report", Set.of("model")),
            Map.entry("evaluation", Set.of("model")),
            Map.entry("sharing", Set.of("model")),
            Map.entry("store", Set.of("model")),
            Map.entry("access", Set.of("model", "store")),
            Map.entry("archive", Set.of("model", "telemetry")),
            Map.entry("server", Set.of("model", "flowexport", "report", "store", "access")),
            Map.entry("pages", Set.of("model", "flowexport", "report", "store", "access", "server")),
            Map.entry("alert", Set.of("model")),
            Map.entry(
                    "engine",
                    Set.of("model", "telemetry", "capture", "flowexport", "logs", "detection", "attack", "botnet")),
            Map.entry(
                    "cli",
                    Set.of(
                            "model",
                            "telemetry",
                            "capture",
                            "logs",
                            "origin",
                            "domain",
                            "indicator",
                            "flowexport",
                            "detection",
                            "attack",
                            "botnet",
                            "drill",
                            "report",
                            "evaluation",
                            "sharing",
                            "alert",
                            "store",
                            "access",
                            "archive",
                            "engine",
                            "server",
                            "pages"))));

    /** What could run inside somebody else's engine, and thus must not start anything of its own. */
    private static final String[] WITHOUT_THREADS_AND_SOCKETS = packagesOf(
            "model",
            "telemetry",
            "capture",
            "logs",
            "origin",
            "domain",
            "indicator",
            "flowexport",
            "detection",
            "attack",
            "botnet",
            "drill",
            "report",
            "evaluation",
            "sharing");

    private static final String[] WITHOUT_A_CLOCK = packagesOf(
            "model",
            "telemetry",
            "capture",
            "logs",
            "origin",
            "domain",
            "indicator",
            "flowexport",
            "detection",
            "attack",
            "botnet",
            "drill",
            "evaluation",
            "sharing",
            "alert",
            "store",
            "access",
            "archive",
            "server",
            "pages");

    @Test
    void everyModuleIsSeen() {
        assertThat(PRODUCT.stream().map(ArchitectureTest::module)).containsAll(FLOORS.keySet());
    }

    @TestFactory
    Stream<DynamicTest> modulesUseOnlyWhatIsBelow() {
        return FLOORS.entrySet().stream()
                .map(floor -> dynamicTest(floor.getKey(), () -> usesOnly(floor.getKey(), floor.getValue())));
    }

    private static void usesOnly(String module, Set<String> below) {
        noClasses()
                .that()
                .resideInAPackage(packagesOf(module)[0])
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are in another module than " + below,
                        type -> type.getPackageName().startsWith("levee.")
                                && !module(type).equals(module)
                                && !below.contains(module(type))))
                .check(PRODUCT);
    }

    @Test
    void inputsAndTheModelNeedNoLibraries() {
        classes()
                .that()
                .resideInAnyPackage(
                        packagesOf("model", "telemetry", "capture", "logs", "origin", "domain", "flowexport"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("levee..", "java..", "org.jspecify.annotations..")
                .check(PRODUCT);
    }

    @Test
    void nobodyUsesInternalsOfTheJdk() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sun..", "jdk.internal..", "com.sun..")
                .check(PRODUCT);
    }

    @Test
    void nobodyUsesTheLoggerOfTheJdk() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .check(PRODUCT);
    }

    @Test
    void onlyTheTopFloorsOpenSockets() {
        noClasses()
                .that()
                .resideInAnyPackage(WITHOUT_THREADS_AND_SOCKETS)
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "reach the network",
                        type -> type.getName().matches("java\\.net\\.(http\\..*|URL|URLConnection|.*Socket.*)")
                                || type.getName().matches("java\\.nio\\.channels\\..*(Socket|Datagram|Selector).*")))
                .check(PRODUCT);
    }

    @Test
    void onlyTheTopFloorsStartThreads() {
        noClasses()
                .that()
                .resideInAnyPackage(WITHOUT_THREADS_AND_SOCKETS)
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "start threads",
                        type -> type.isAssignableTo(Thread.class)
                                || type.getName().matches("java\\.util\\.concurrent\\..*(Executor|Pool|Future).*")
                                || type.getName().equals("java.util.Timer")))
                .check(PRODUCT);
    }

    @Test
    void timeIsGivenNeverRead() {
        noClasses()
                .that()
                .resideInAnyPackage(WITHOUT_A_CLOCK)
                .should()
                .callCodeUnitWhere(DescribedPredicate.describe("the clock is read", ArchitectureTest::readsTheClock))
                .check(PRODUCT);
    }

    private static boolean readsTheClock(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        String name = call.getTarget().getName();
        return owner.isEquivalentTo(System.class)
                        && List.of("currentTimeMillis", "nanoTime").contains(name)
                || owner.isAssignableTo(TemporalAccessor.class) && name.equals("now")
                || owner.isEquivalentTo(Clock.class) && (name.startsWith("system") || name.startsWith("tick"))
                || owner.isEquivalentTo(Date.class)
                        && call.getTarget().getRawParameterTypes().isEmpty()
                        && name.equals("<init>");
    }

    private static String module(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.", -1);
        return parts.length > 1 ? parts[1] : "";
    }

    private static String[] packagesOf(String... modules) {
        return Arrays.stream(modules).map(module -> "levee." + module + "..").toArray(String[]::new);
    }
}
