package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Chromium, led by a test through its driver. Both are those of the machine: nothing is downloaded. */
final class Browser implements AutoCloseable {
    /** As wide as a phone, and as a small desk. */
    static final int PHONE = 360;

    static final int DESK = 1_280;

    private static final int HEIGHT = 900;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final String ALL = "all";

    private static final String AXE = """
        const done = arguments[arguments.length - 1];
        axe.run(document, {runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}})
            .then(found => done(found.violations.flatMap(violation => violation.nodes.map(node =>
                violation.id + ": " + node.target.join(" ") + ": " + node.failureSummary))))
            .catch(failure => done(["axe failed: " + failure]));
        """;

    /** What is wider than the window, and is seen, and words of the menu that are broken to fit. */
    private static final String TOO_WIDE = """
        const width = document.documentElement.clientWidth;
        const sideways = document.documentElement.scrollWidth - width;
        const wide = [...document.querySelectorAll("body *")]
            .filter(element => !element.closest("details:not([open]) > :not(summary), .scrolling > *, .skip"))
            .map(element => [element, element.getBoundingClientRect()])
            .filter(([element, box]) => box.width > 0 && (box.right > width + 0.5 || box.left < -0.5))
            .map(([element, box]) => element.tagName + "." + element.getAttribute("class") + " "
                + Math.round(box.left) + " to " + Math.round(box.right));
        for (const link of document.querySelectorAll("nav a")) {
          if (link.getBoundingClientRect().height > 2 * parseFloat(getComputedStyle(link).lineHeight)) {
            wide.push("the menu breaks in " + link.textContent);
          }
        }
        return sideways > 0 ? ["the page moves sideways by " + sideways, ...wide] : wide;
        """;

    private final ChromeDriver driver;
    private String base = "";
    private final List<JsonNode> network = new ArrayList<>();

    /** Whether scripts of pages run. */
    enum Scripts {
        ON,
        OFF
    }

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts it, or skips the test where there is none.
     *
     * @param folder for its profile
     */
    static Browser open(Path folder, Scripts scripts) throws IOException {
        Optional<Path> browser = program("chromium");
        Optional<Path> leader = program("chromedriver");
        assumeThat(browser).as("Chromium is not installed").isPresent();
        assumeThat(leader)
                .as("chromedriver, the driver of Chromium, is not installed")
                .isPresent();
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.orElseThrow().toFile());
        options.setCapability("goog:loggingPrefs", logs);
        options.setExperimentalOption(
                "prefs", Map.of("profile.managed_default_content_settings.javascript", scripts == Scripts.ON ? 1 : 2));
        options.addArguments(
                "--headless=new",
                // Root and containers have no sandbox; the pages are our own.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + Files.createTempDirectory(folder, "profile"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(leader.orElseThrow().toFile())
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        Browser opened = new Browser(driver);
        opened.width(DESK);
        return opened;
    }

    private static Optional<Path> program(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    // --- Where and how it looks --------------------------------------------------------------------------------------

    /** What paths are added to from now on. */
    void base(String address) {
        base = address;
    }

    /** Goes to a page, and waits until it is loaded. */
    void go(String path) {
        driver.get(base + path);
    }

    /** The path with what follows it. */
    String place() {
        return Objects.requireNonNull(driver.getCurrentUrl()).substring(base.length());
    }

    void width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
    }

    /** @param scheme {@code light} or {@code dark}, which the user is said to prefer */
    void scheme(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void forgetCache() {
        driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
    }

    // --- What is seen ------------------------------------------------------------------------------------------------

    String title() {
        return Objects.requireNonNull(driver.getTitle());
    }

    /** What can be read in the first element that fits. */
    String text(String selector) {
        return await(() -> plain(find(selector).getText()));
    }

    /** What can be read in each of them. */
    List<String> texts(String selector) {
        return await(() -> driver.findElements(By.cssSelector(selector)).stream()
                .map(element -> plain(element.getText()))
                .toList());
    }

    /** With spaces that break. */
    private static String plain(String text) {
        return text.replace('\u00a0', ' ').strip();
    }

    boolean shows(String selector) {
        return !driver.findElements(By.cssSelector(selector)).isEmpty();
    }

    String attribute(String selector, String name) {
        return await(() -> String.valueOf(find(selector).getAttribute(name)));
    }

    List<String> attributes(String selector, String name) {
        return await(() -> driver.findElements(By.cssSelector(selector)).stream()
                .map(element -> String.valueOf(element.getAttribute(name)))
                .toList());
    }

    private WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** Again where the page changed in between. */
    private static <T> T await(Supplier<T> look) {
        for (int trial = 0; ; trial++) {
            try {
                return look.get();
            } catch (WebDriverException e) {
                if (trial == 10 || !isOfAPageBefore(e)) {
                    throw e;
                }
                pause(BETWEEN_LOOKS);
            }
        }
    }

    /** While a page gives way to the next one, the driver has no name of its own for this. */
    private static boolean isOfAPageBefore(WebDriverException failure) {
        return failure instanceof StaleElementReferenceException
                || String.valueOf(failure.getMessage()).contains("does not belong to the document");
    }

    /** Waits until something is so. */
    void await(String what, BooleanSupplier isSo) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo(isSo)) {
            assertThat(System.nanoTime()).as("waited too long until " + what).isLessThan(end);
            pause(BETWEEN_LOOKS);
        }
    }

    /** Not so either, while another page is loaded. */
    private static boolean isSo(BooleanSupplier isSo) {
        try {
            return await(isSo::getAsBoolean);
        } catch (NoSuchElementException e) {
            return false;
        }
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    // --- What is done ------------------------------------------------------------------------------------------------

    void click(String selector) {
        await(() -> {
            find(selector).click();
            return true;
        });
    }

    void type(String selector, String text) {
        find(selector).sendKeys(text);
    }

    void choose(String selector, String option) {
        find(selector).findElements(By.tagName("option")).stream()
                .filter(one -> one.getText().equals(option))
                .findFirst()
                .orElseThrow()
                .click();
    }

    /** On whatever has the focus. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void tab() {
        press(Keys.TAB);
    }

    Object run(String script, Object... arguments) {
        return Objects.requireNonNull(driver.executeScript(script, arguments));
    }

    String runForText(String script, Object... arguments) {
        return String.valueOf(run(script, arguments));
    }

    int runForNumber(String script, Object... arguments) {
        return ((Number) run(script, arguments)).intValue();
    }

    // --- What is wrong -----------------------------------------------------------------------------------------------

    /** What axe-core finds against WCAG 2.2, levels A and AA. */
    List<String> barriers() throws IOException {
        try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
            String axe = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
            driver.executeScript(axe);
        }
        return strings(driver.executeAsyncScript(AXE));
    }

    List<String> tooWide() {
        return strings(run(TOO_WIDE));
    }

    private static List<String> strings(Object list) {
        return ((List<?>) Objects.requireNonNull(list))
                .stream().map(String::valueOf).toList();
    }

    /** What the browser complained about since the last call: errors, warnings, breaches of the policy. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    // --- What went over the wire -------------------------------------------------------------------------------------

    /** What happened on the network since {@link #forgetNetwork}, as the protocol of Chromium's tools tells it. */
    private List<JsonNode> network(String method) {
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE).getAll()) {
            JsonNode message = JsonMapper.shared().readTree(entry.getMessage()).at("/message");
            if (message.at("/method").asString().startsWith("Network.")) {
                network.add(message);
            }
        }
        return network.stream()
                .filter(message ->
                        method.equals(ALL) || message.at("/method").asString().equals("Network." + method))
                .map(message -> message.at("/params"))
                .toList();
    }

    void forgetNetwork() {
        network(ALL);
        network.clear();
    }

    /** Where requests went to. */
    List<String> requested() {
        return network("requestWillBeSent").stream()
                .map(request -> request.at("/request/url").asString())
                .filter(address -> !address.startsWith("data:"))
                .toList();
    }

    /** All bytes that came, with headers, of requests that are over; what still goes on counts with what came so far. */
    long bytes() {
        long finished = network("loadingFinished").stream()
                .mapToLong(end -> end.at("/encodedDataLength").asLong())
                .sum();
        List<String> over = network("loadingFinished").stream()
                .map(end -> end.at("/requestId").asString())
                .toList();
        long unfinished = network("dataReceived").stream()
                .filter(data -> !over.contains(data.at("/requestId").asString()))
                .mapToLong(data -> Math.max(
                        data.at("/encodedDataLength").asLong(),
                        data.at("/dataLength").asLong()))
                .sum();
        return finished + unfinished;
    }

    @Override
    public void close() {
        driver.quit();
    }
}
