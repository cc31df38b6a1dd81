package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

/** The pages as people use them, while an attack goes on: with the mouse, with the keyboard alone, without scripts. */
@Tag("slow")
@Timeout(240)
final class PagesInBrowserTest {
    private static final String TARGET = "10.16.0.33";
    private static final String SCENARIO = """
        duration: 20m
        hosts: 300
        flows-per-second: 20
        attacks:
          - {vectors: ntp-reflection, at: 1s, for: 19m, rate: 1500, target: 10.16.0.33}
        """;

    private static final long MOST_BYTES = 300_000;
    private static final Pattern LINK = Pattern.compile("<a [^>]*href=\"([^\"]+)\"");
    private static final Pattern JSON = Pattern.compile("href=\"([^\"]+)\">The same as JSON<");

    /** What has the focus, and whether one can see that. */
    private static final String FOCUS = """
        const element = document.activeElement;
        if (element === document.body) {
          return "";
        }
        const style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        const isInside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
        const isVisible = isInside && box.width > 0 && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        const name = (element.getAttribute("aria-label") || element.textContent || element.name).trim();
        return element.tagName.toLowerCase() + " " + name + (isVisible ? "" : " (cannot be seen)")\
        """;

    /** What can be used and is there to be seen. */
    private static final String USABLE = """
        return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']")]
            .filter(element => element.checkVisibility())
            .map(element => element.tagName.toLowerCase() + " "
                + (element.getAttribute("aria-label") || element.textContent || element.name).trim())\
        """;

    @TempDir
    private static Path folder;

    private static BrowsedDrill drill;
    private static Browser browser;
    private static String attack;

    @BeforeAll
    static void start() throws Exception {
        drill = new BrowsedDrill(folder, SCENARIO);
        browser = drill.browser();
        drill.awaitAttacks(1);
        attack = "/attacks/" + drill.open().at("/0/id").asString();
    }

    @AfterAll
    static void stop() {
        if (drill != null) {
            drill.close();
        }
    }

    private static JsonNode marks() throws Exception {
        return drill.json("/api/v1/findings" + attack.substring("/attacks".length()) + "/annotations")
                .at("/annotations");
    }

    private static String newestMark() throws Exception {
        JsonNode marks = marks();
        return marks.get(marks.size() - 1).at("/mark").asString();
    }

    @Test
    void operatorSaysWhatTheyThinkAndTakesItBack() throws Exception {
        int before = marks().size();
        browser.go(attack);

        browser.type("input[name=note]", "seen, the <customer> is told");
        say("acknowledge", "Acknowledged by anonymous.");
        assertThat(browser.place()).isEqualTo(attack + "#actions");
        assertThat(browser.text("#actions")).contains(before + 1 + " remark");
        browser.click("#actions summary");
        assertThat(browser.text("#actions")).contains("seen, the <customer> is told");
        assertThat(newestMark()).isEqualTo("acknowledged");
        assertThat(marks().toString()).contains("seen, the <customer> is told");
        browser.go("/");
        assertThat(browser.text("#open-attacks tbody")).contains("acknowledged by anonymous");

        browser.go(attack);
        browser.choose("select[name=hours]", "8 h");
        say("mute", "Muted by anonymous until 20");
        assertThat(newestMark()).isEqualTo("muted");

        say("false-alarm", "Called a false alarm by anonymous.");
        assertThat(newestMark()).isEqualTo("false-alarm");

        say("clear", "Nothing yet.");
        assertThat(browser.text("#actions")).contains(before + 4 + " remarks");
        assertThat(browser.shows("button[formaction$='/clear']")).isFalse();
        assertThat(newestMark()).isEqualTo("cleared");
        browser.go("/");
        assertThat(browser.text("#open-attacks tbody td:last-of-type")).isEqualTo("going on");
        assertThat(browser.complaints()).isEmpty();
    }

    private static void say(String what, String shown) {
        browser.click("button[formaction$='/" + what + "']");
        browser.await("the page says so", () -> browser.text("#actions").contains(shown));
    }

    @ParameterizedTest
    @CsvSource({TARGET + ",2", "10.16.0.0/24,2", "ntp-reflection,2", "NTP reflection,2", "harbour hosting,1", "snmp,0"})
    void attacksAreFoundByTargetVectorAndCustomer(String words, int attacks) {
        browser.go("/settings");
        browser.type("input[type=search]", words);
        browser.press(Keys.ENTER);

        browser.await("the answer is there", () -> browser.text("h1").equals("Search for " + words));
        assertThat(browser.texts(".hits li").stream().filter(hit -> hit.startsWith("attack ")))
                .hasSize(attacks);
        if (attacks > 0) {
            browser.click(".hits a[href^='/attacks/']");
            browser.await("the page of the attack", () -> browser.text("h1").startsWith("Attack on " + TARGET));
        } else {
            assertThat(browser.text("main")).contains("Nothing that is kept has to do with it.");
        }
    }

    @Test
    void trafficIsDrawnAndGrows() {
        browser.go("/");
        browser.await(
                "both charts are drawn",
                () -> browser.runForNumber("return document.querySelectorAll('[data-chart] canvas').length") == 2);
        assertThat(browser.runForNumber("return traffic.charts[0].plot.data[0].length"))
                .isBetween(60, 600);
        int before = browser.runForNumber("return traffic.charts[0].plot.data[0].at(-1)");
        browser.await(
                "three seconds more are drawn",
                () -> browser.runForNumber("return traffic.charts[0].plot.data[0].at(-1)") >= before + 3);
        // No second is left out, and the attack is among what is drawn.
        assertThat(browser.runForNumber("""
            return traffic.charts[0].plot.data[0].filter((time, i, all) => i > 0 && time !== all[i - 1] + 1).length\
            """)).isZero();
        browser.await("seconds have the attack's traffic", () -> browser.runForNumber("""
            return traffic.charts[1].plot.data[1].slice(-5).filter(value => value > 0).length\
            """) >= 4);
        assertThat(browser.texts("[data-chart=vectors] .u-legend th")).contains("ntp reflection");
        // Something is painted.
        assertThat(browser.runForNumber("""
            const canvas = document.querySelector("[data-chart=vectors] canvas");
            const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
            return new Set(new Uint32Array(pixels.buffer)).size\
            """)).isGreaterThan(2);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void unitsAndRangesSwitch() {
        browser.go("/");
        browser.await(
                "a legend is there",
                () -> browser.texts("[data-chart=protocols] .u-legend td").stream()
                        .anyMatch(value -> value.endsWith("bit/s")));
        browser.click("[data-unit=packets]");
        assertThat(browser.attribute("[data-unit=packets]", "aria-pressed")).isEqualTo("true");
        assertThat(browser.attribute("[data-unit=bits]", "aria-pressed")).isEqualTo("false");
        assertThat(browser.texts("[data-chart=protocols] .u-legend td"))
                .anyMatch(value -> value.endsWith("pps"))
                .noneMatch(value -> value.endsWith("bit/s"));

        for (String range : List.of("1h,60", "24h,480", "7d,504", "10m,600")) {
            String label = range.split(",")[0];
            browser.click(".choices a[href='/?range=" + label + "']");
            browser.await("the page of the range", () -> browser.place().equals("/?range=" + label));
            assertThat(browser.attributes(".choices a[aria-current]", "href"))
                    .singleElement()
                    .asString()
                    .endsWith("/?range=" + label);
            browser.await(
                    "the range is loaded",
                    () -> browser.runForNumber("return traffic.steps || 0") == Integer.parseInt(range.split(",")[1]));
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/",
        "ATTACK",
        "/attacks",
        "/hosts",
        "/hosts/10.16.0.33",
        "/exporters",
        "/settings",
        "/search?q=10.16.0.33"
    })
    void keyboardReachesEverythingAndShowsWhereItIs(String place) {
        browser.go(place.equals("ATTACK") ? attack : place);
        browser.await("the page is live", () -> browser.text("#made-at").endsWith("UTC"));
        List<?> usable = (List<?>) browser.run(USABLE);
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < usable.size() + 20; i++) {
            browser.tab();
            String focus = browser.runForText(FOCUS);
            if (focus.isEmpty()) {
                break;
            }
            reached.add(withoutNumbers(focus));
        }

        assertThat(reached).first().isEqualTo("a To the content");
        assertThat(reached).noneMatch(focus -> focus.endsWith("(cannot be seen)"));
        assertThat(reached.stream().sorted())
                .containsExactlyElementsOf(usable.stream()
                        .map(String::valueOf)
                        .map(PagesInBrowserTest::withoutNumbers)
                        .sorted()::iterator);
    }

    /** They change each second. */
    private static String withoutNumbers(String text) {
        return text.replaceAll("[0-9][0-9.,:]*( [kMG]?bit/s)?", "#");
    }

    @Test
    void keyboardAloneIsEnough() throws Exception {
        browser.go("/");
        browser.tab();
        browser.press(Keys.ENTER);
        assertThat(browser.runForText("return document.activeElement.id")).isEqualTo("main");
        browser.tab();
        assertThat(browser.runForText("return document.activeElement.textContent"))
                .isEqualTo(TARGET);
        browser.press(Keys.ENTER);
        browser.await("the page of the attack", () -> browser.place().equals(attack));

        browser.run("document.querySelector('#actions h2').scrollIntoView(); return true");
        tabTo("input note");
        browser.press("by keyboard");
        tabTo("button Acknowledge");
        browser.press(Keys.SPACE);
        browser.await("it is acknowledged", () -> browser.text("#actions").contains("Acknowledged by"));
        tabTo("button Take back");
        browser.press(Keys.ENTER);
        browser.await("it is taken back", () -> browser.text("#actions").contains("Nothing yet."));
        assertThat(marks().toString()).contains("by keyboard");

        browser.go("/");
        tabTo("button packets/s");
        browser.press(Keys.SPACE);
        assertThat(browser.attribute("[data-unit=packets]", "aria-pressed")).isEqualTo("true");
        tabTo("summary In numbers");
        browser.press(Keys.ENTER);
        assertThat(browser.text("#traffic .scrolling")).contains("Mean bits per second");
    }

    /** Presses the key until what is named has the focus. */
    private static void tabTo(String wanted) {
        for (int i = 0; i < 100; i++) {
            browser.tab();
            if (browser.runForText(FOCUS).startsWith(wanted)) {
                return;
            }
        }
        throw new AssertionError(wanted + " cannot be reached");
    }

    @Test
    void pagesTellEverythingWithoutScripts() throws Exception {
        try (Browser plain = drill.browserWithoutScripts()) {
            tellEverything(plain);
        }
    }

    private static void tellEverything(Browser plain) throws Exception {
        plain.go("/");
        assertThat(plain.text("h1")).isEqualTo("1 attack is going on");
        assertThat(plain.text("#liveness")).isEmpty();
        assertThat(plain.shows("canvas")).isFalse();
        assertThat(plain.text("#open-attacks")).contains(TARGET, "Harbour Hosting", "NTP reflection", "127.0.0.1", "%");
        assertThat(plain.text("#health")).contains("Routers", "3 of 3");
        plain.click("#traffic summary");
        assertThat(plain.text("#traffic .scrolling")).matches("(?s).*UDP.*bit/s.*");

        plain.click("#open-attacks tbody a");
        plain.await("the page of the attack", () -> plain.place().equals(attack));
        assertThat(plain.text("main")).contains("NTP reflection", "Similar attacks before");
        plain.type("input[name=note]", "without scripts");
        plain.click("button[formaction$='/acknowledge']");
        plain.await("it is acknowledged", () -> plain.text("#actions").contains("Acknowledged by anonymous."));
        plain.click("button[formaction$='/clear']");
        plain.await("it is taken back", () -> plain.text("#actions").contains("Nothing yet."));
        assertThat(marks().toString()).contains("without scripts");

        plain.go("/search?q=harbour");
        assertThat(plain.text(".hits")).contains(TARGET);
        plain.go("/attacks");
        plain.choose("select[name=state]", "ended");
        plain.click(".filter button");
        plain.await("only the one that has ended", () -> plain.texts("tbody th").size() == 1);
        plain.go("/exporters");
        assertThat(plain.texts("tbody th")).hasSizeGreaterThanOrEqualTo(3);
        plain.go("/settings");
        assertThat(plain.text("main")).contains("Harbour Hosting");
    }

    @Test
    void firstVisitIsSmallAndStaysHere() {
        for (String place : List.of("/", attack)) {
            browser.go("/settings");
            browser.forgetCache();
            browser.forgetNetwork();
            browser.go(place);
            Browser.pause(Duration.ofSeconds(3));

            assertThat(browser.requested())
                    .as("the page, its style, two scripts, and what keeps it alive")
                    .hasSizeGreaterThanOrEqualTo(5)
                    .allMatch(address -> address.startsWith(drill.base() + "/"));
            assertThat(browser.bytes()).as("bytes of " + place).isBetween(30_000L, MOST_BYTES);
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void everyLinkLeadsSomewhereAndEveryPageHasItsJson() throws Exception {
        Set<String> known = new LinkedHashSet<>(List.of("/"));
        Deque<String> ahead = new ArrayDeque<>(known);
        List<String> wrong = new ArrayList<>();
        int pages = 0;
        while (!ahead.isEmpty()) {
            String place = ahead.poll();
            HttpResponse<String> answer = drill.ask(place);
            if (answer.statusCode() >= 400) {
                wrong.add(answer.statusCode() + " " + place);
            } else if (answer.headers().firstValue("Content-Type").orElse("").startsWith("text/html")) {
                pages++;
                Matcher json = JSON.matcher(answer.body());
                if (json.find()) {
                    HttpResponse<String> same = drill.ask(json.group(1).replace("&amp;", "&"));
                    assertThat(same.headers().firstValue("Content-Type"))
                            .as(place)
                            .hasValue("application/json");
                    assertThat(same.statusCode()).as(place).isEqualTo(200);
                } else {
                    wrong.add("no JSON of " + place);
                }
                Matcher link = LINK.matcher(answer.body());
                while (link.find()) {
                    URI to = URI.create(place).resolve(link.group(1).replace("&amp;", "&"));
                    assertThat(to.isAbsolute()).as(place + " links to " + to).isFalse();
                    String fragment = to.getRawFragment();
                    String path = to.getRawPath() + (to.getRawQuery() == null ? "" : "?" + to.getRawQuery());
                    if (path.equals(place) && fragment != null && !answer.body().contains("id=\"" + fragment + "\"")) {
                        wrong.add("no #" + fragment + " in " + place);
                    }
                    if (known.add(path)) {
                        ahead.add(path);
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(pages).isGreaterThanOrEqualTo(9);
    }
}
