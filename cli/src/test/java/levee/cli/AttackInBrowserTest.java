package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** What somebody sees who looks at the pages while attacks begin, without doing anything. */
@Tag("slow")
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
final class AttackInBrowserTest {
    private static final String FIRST = "10.16.0.33";
    private static final String LARGER = "10.16.8.21";
    private static final List<String> ROUTERS =
            List.of("127.0.0.11 interface ", "127.0.0.12 interface ", "127.0.0.13 interface ");

    /** Two attacks, the second one larger, from when on each. */
    private static final String SCENARIO = """
        duration: 20m
        hosts: 300
        flows-per-second: 20
        attacks:
          - {vectors: ntp-reflection, at: %s, for: 9m, rate: 1500, target: 10.16.0.33}
          - {vectors: dns-reflection, at: %s, for: 8m, rate: 3000, target: 10.16.8.21}
        """;

    @TempDir
    private Path folder;

    @Test
    void attackIsToldWithoutAReloadAndAnswersTheFiveQuestions() throws Exception {
        try (BrowsedDrill drill = new BrowsedDrill(folder, SCENARIO.formatted("8s", "10m"))) {
            Browser browser = drill.browser();
            browser.go("/");
            browser.await("routers send", () -> browser.text("h1").equals("No attack is going on"));
            assertThat(browser.title()).isEqualTo("Overview · Levee");
            browser.run("window.isStillThere = true; return true");

            browser.await("the attack is told", () -> browser.text("h1").equals("1 attack is going on"));

            assertThat(browser.title()).isEqualTo("(1) Overview · Levee");
            assertThat(browser.text("#liveness")).isEqualTo("live");
            assertThat(browser.run("return window.isStillThere")).isEqualTo(true);
            // Each sees what comes from a part of the Internet.
            browser.await(
                    "all three routers have told of it",
                    () -> ROUTERS.stream().allMatch(browser.text("#open-attacks tbody td:nth-of-type(6)")::contains));
            JsonNode attack = drill.open().get(0);
            String row = "#open-attacks tbody tr ";
            String lead = browser.text("#open-attacks .lead");
            // Who.
            assertThat(browser.text(row + "th")).isEqualTo(FIRST + "\nHarbour Hosting");
            assertThat(lead).startsWith(FIRST + " (Harbour Hosting) has been under attack for ");
            // With what.
            assertThat(browser.text(row + "td:nth-of-type(1)")).isEqualTo("NTP reflection");
            assertThat(lead).contains("NTP reflection");
            // Since when: as it was announced, or a second later, when its first packets came.
            String since =
                    browser.text(row + "td:nth-of-type(3)").lines().findFirst().orElseThrow();
            String day = drill.open().at("/0/start").asString().substring(0, 11);
            Duration late =
                    Duration.between(Instant.parse(day + drill.begunAt(FIRST) + "Z"), Instant.parse(day + since + "Z"));
            assertThat(late).isBetween(Duration.ZERO, Duration.ofSeconds(2));
            assertThat(lead).contains(since + " UTC");
            // How sure; that may change from one look to the next.
            Matcher sure = Pattern.compile("Levee is ([0-9]+) % sure").matcher(lead);
            assertThat(sure.find()).as(lead).isTrue();
            assertThat(Double.parseDouble(sure.group(1)))
                    .isCloseTo(attack.at("/confidence").asDouble() * 100, within(5.0));
            assertThat(browser.text(row + "td:nth-of-type(5)")).matches("(?s)[0-9]+ %.*");
            // Through which router.
            assertThat(lead).contains("through 127.0.0.1").contains(ROUTERS);

            browser.click(row + "th a");
            browser.await(
                    "the page of the attack",
                    () -> browser.place().equals("/attacks/" + attack.at("/id").asString()));
            assertThat(browser.text("h1")).isEqualTo("Attack on " + FIRST + ", going on");
            browser.run("window.isStillThere = true; return true");
            String told = browser.text("#situation .lead");
            browser.await(
                    "the page of the attack tells more",
                    () -> !browser.text("#situation .lead").equals(told));
            assertThat(browser.run("return window.isStillThere")).isEqualTo(true);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void whatOneDoesSurvivesThatALargerAttackComes() throws Exception {
        try (BrowsedDrill drill = new BrowsedDrill(folder, SCENARIO.formatted("1s", "25s"))) {
            Browser browser = drill.browser();
            drill.awaitAttacks(1);
            browser.go("/");
            browser.click("#traffic summary");
            browser.run("""
                const link = document.querySelector("#open-attacks tbody a");
                link.focus();
                window.link = link;
                const name = document.querySelector("#open-attacks tbody td");
                getSelection().selectAllChildren(name);
                return true\
                """);
            String selected = browser.runForText("return getSelection().toString()");
            assertThat(selected).isEqualTo("NTP reflection");

            browser.await("the second attack is told", () -> browser.text("h1").equals("2 attacks are going on"));

            browser.await(
                    "the larger one is above",
                    () -> browser.texts("#open-attacks tbody th").stream()
                            .map(name -> name.lines().findFirst().orElseThrow())
                            .toList()
                            .equals(List.of(LARGER, FIRST)));
            Browser.pause(Duration.ofSeconds(3));
            assertThat(browser.title()).startsWith("(2) ");
            assertThat(browser.runForText("return document.activeElement.textContent"))
                    .as("whoever presses Enter now goes to the attack that they meant")
                    .isEqualTo(FIRST);
            assertThat(browser.run("return document.activeElement === window.link"))
                    .isEqualTo(true);
            assertThat(browser.runForText("return getSelection().toString()")).isEqualTo(selected);
            assertThat(browser.run("return document.querySelector('#traffic details').open"))
                    .isEqualTo(true);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void whatOneDoesOnThePageOfAnAttackSurvivesItsChanges() throws Exception {
        try (BrowsedDrill drill = new BrowsedDrill(folder, SCENARIO.formatted("1s", "10m"))) {
            Browser browser = drill.browser();
            drill.awaitAttacks(1);
            browser.go("/attacks/" + drill.open().at("/0/id").asString());
            browser.click("main details summary");
            browser.type("input[name=note]", "half a sen");
            browser.choose("select[name=hours]", "8 h");
            browser.run("document.querySelector('input[name=note]').focus(); return true");
            String told = browser.text("#situation .lead");

            browser.await(
                    "the page changes twice",
                    () -> !browser.text("#situation .lead").equals(told));
            String toldAgain = browser.text("#situation .lead");
            browser.await(
                    "the page changes again",
                    () -> !browser.text("#situation .lead").equals(toldAgain));

            assertThat(browser.runForText("return document.activeElement.name")).isEqualTo("note");
            browser.press("tence");
            assertThat(browser.runForText("return document.querySelector('input[name=note]').value"))
                    .isEqualTo("half a sentence");
            assertThat(browser.runForText("return document.querySelector('select[name=hours]').value"))
                    .isEqualTo("8");
            assertThat(browser.run("return document.querySelector('main details').open"))
                    .isEqualTo(true);
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
