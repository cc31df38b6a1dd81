package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every page against WCAG 2.2 AA, light and dark, wide and narrow, while two attacks go on; one after the other, by one
 * browser.
 */
@Tag("slow")
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
final class PagesAccessibilityTest {
    private static final String SCENARIO = """
        duration: 20m
        hosts: 300
        flows-per-second: 20
        attacks:
          - {vectors: [ntp-reflection, tcp-syn-flood], at: 1s, for: 19m, rate: 1000, target: 10.16.0.33}
          - {vectors: dns-reflection, at: 2s, for: 19m, rate: 1000, target: 10.16.8.21}
        """;

    @TempDir
    private static Path folder;

    private static BrowsedDrill drill;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        drill = new BrowsedDrill(folder, SCENARIO);
        browser = drill.browser();
        drill.awaitAttacks(2);
    }

    @AfterAll
    static void stop() {
        if (drill != null) {
            drill.close();
        }
    }

    private static String path(String place) throws Exception {
        return switch (place) {
            case "OPEN", "ENDED" ->
                "/attacks/"
                        + drill.json("/api/v1/findings?kind=attack&state=" + place.toLowerCase(Locale.ROOT))
                                .at("/findings/0/id")
                                .asString();
            case "INFECTED", "SERVER" ->
                (place.equals("INFECTED") ? "/infected/" : "/servers/")
                        + drill.json("/api/v1/findings?kind="
                                        + (place.equals("INFECTED") ? "infected-host" : "command-server"))
                                .at("/findings/0/id")
                                .asString();
            default -> place;
        };
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void barriersAreNoticed() throws Exception {
        browser.go("/settings");
        browser.run("""
            document.querySelector("h1").style.color = "#999";
            document.querySelector("main").append(document.createElement("button"));
            document.querySelector("h1").style.width = "2000px";
            return true\
            """);

        assertThat(browser.barriers())
                .anyMatch(barrier -> barrier.startsWith("color-contrast: "))
                .anyMatch(barrier -> barrier.startsWith("button-name: "));
        assertThat(browser.tooWide()).anyMatch(wide -> wide.startsWith("H1."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?range=24h",
                "OPEN",
                "ENDED",
                "/attacks",
                "/attacks?state=ended",
                "/hosts",
                "/hosts/10.16.0.33",
                "/hosts/" + BrowsedDrill.INFECTED,
                "/infected",
                "INFECTED",
                "/servers",
                "SERVER",
                "/abuse",
                "/exporters",
                "/settings",
                "/search",
                "/sign-in",
                "/search?q=10.16.0.33",
                "/search?q=nothing-like-this",
                "/attacks?state=wrong",
                "/nowhere"
            })
    @Execution(ExecutionMode.SAME_THREAD)
    void hasNoBarriersAndFits(String place) throws Exception {
        List<String> wrong = new ArrayList<>();
        for (String scheme : List.of("light", "dark")) {
            browser.scheme(scheme);
            for (int width : List.of(Browser.DESK, Browser.PHONE)) {
                browser.width(width);
                browser.complaints();
                browser.go(path(place));
                boolean hasCharts = browser.shows("#traffic");
                browser.await("charts are drawn", () -> !hasCharts || browser.shows("[data-chart] > *"));
                browser.run("document.querySelectorAll('details').forEach(one => one.open = true); return true");
                String as = scheme + " " + width + ": ";
                browser.barriers().forEach(barrier -> wrong.add(as + barrier));
                browser.tooWide().forEach(wide -> wrong.add(as + wide));
                browser.complaints().stream()
                        .filter(complaint -> !complaint.contains("status of 4"))
                        .forEach(complaint -> wrong.add(as + complaint));
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(browser.text("h1")).isNotEmpty();
    }
}
