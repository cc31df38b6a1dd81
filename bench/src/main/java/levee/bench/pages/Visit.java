package levee.bench.pages;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** First visits of a page in Chromium, which is led over the protocol of its tools. */
final class Visit implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
    private final Process process;
    private final WebSocket socket;
    private int number;

    /**
     * What a visit took.
     *
     * @param bytes all that came over the wire until the page was loaded, with headers
     * @param requests the page, its styles and scripts, and what those asked for
     * @param firstPaintMillis from the call to the first thing that is seen (first contentful paint)
     */
    record Result(long bytes, int requests, double firstPaintMillis) {}

    /** @param folder for the profile */
    Visit(String program, Path folder) throws IOException, InterruptedException {
        process = new ProcessBuilder(List.of(
                        program,
                        "--headless=new",
                        // Root has no sandbox; the page is our own.
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--window-size=1280,900",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder,
                        "about:blank"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Path port = folder.resolve("DevToolsActivePort");
        for (int trial = 0; trial < PATIENCE_SECONDS * 10 && !(Files.exists(port) && Files.size(port) > 0); trial++) {
            Thread.sleep(100);
        }
        String tools = "http://127.0.0.1:" + Files.readAllLines(port).getFirst();
        JsonNode pages = JsonMapper.shared()
                .readTree(client.send(
                                HttpRequest.newBuilder(URI.create(tools + "/json/list"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
        String address = pages.valueStream()
                .filter(page -> page.at("/type").asString().equals("page"))
                .map(page -> page.at("/webSocketDebuggerUrl").asString())
                .findFirst()
                .orElseThrow(() -> new IOException("the browser has no page"));
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(address), new Listener())
                .join();
        ask("Network.enable", "{}");
        ask("Page.enable", "{}");
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
            text.append(data);
            if (isLast) {
                answers.add(JsonMapper.shared().readTree(text.toString()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    /** Visits a page with nothing in the cache. */
    Result first(String address) throws IOException, InterruptedException {
        ask("Page.navigate", "{\"url\":\"about:blank\"}");
        ask("Network.clearBrowserCache", "{}");
        answers.clear();
        ask("Page.navigate", "{\"url\":\"" + address + "\"}");
        long bytes = 0;
        int requests = 0;
        double paint = 0;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        long quietSince = System.nanoTime();
        // What is pushed never ends; all else is over when nothing was finished for a second.
        while (System.nanoTime() < end && (paint == 0 || System.nanoTime() - quietSince < 1_000_000_000L)) {
            JsonNode event = answers.poll(100, TimeUnit.MILLISECONDS);
            if (event == null) {
                paint = paint();
            } else if (event.at("/method").asString().equals("Network.loadingFinished")) {
                bytes += event.at("/params/encodedDataLength").asLong();
                requests++;
                quietSince = System.nanoTime();
            }
        }
        return new Result(bytes, requests, paint);
    }

    private double paint() throws IOException, InterruptedException {
        JsonNode answer = ask("Runtime.evaluate", """
            {"expression":"(performance.getEntriesByName('first-contentful-paint')[0] || {startTime: 0}).startTime"}\
            """);
        return answer.at("/result/result/value").asDouble(0);
    }

    private JsonNode ask(String method, String parameters) throws IOException, InterruptedException {
        int id = ++number;
        socket.sendText("{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, parameters), true)
                .join();
        List<JsonNode> others = new ArrayList<>();
        while (true) {
            JsonNode answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer == null) {
                throw new IOException("the browser does not answer to " + method);
            }
            if (answer.at("/id").asInt(0) == id) {
                answers.addAll(others);
                return answer;
            }
            others.add(answer);
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.shutdownNow();
    }
}
