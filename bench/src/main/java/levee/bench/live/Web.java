package levee.bench.live;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a program on this machine for its numbers. */
final class Web {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Web() {}

    static String get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE)
                .build();
        HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " is answered with " + answer.statusCode());
        }
        return answer.body();
    }

    /** The sum of the numbers that follow this name: several exporters have one each. */
    static long sum(String text, String beforeNumber) {
        Matcher matcher =
                Pattern.compile(Pattern.quote(beforeNumber) + "\\s*(\\d+)").matcher(text);
        long sum = 0;
        while (matcher.find()) {
            sum += Long.parseLong(matcher.group(1));
        }
        return sum;
    }

    /** The first number that follows this name. */
    static long first(String text, String beforeNumber) throws IOException {
        Matcher matcher =
                Pattern.compile(Pattern.quote(beforeNumber) + "\\s*(\\d+)").matcher(text);
        if (!matcher.find()) {
            throw new IOException("there is no " + beforeNumber + " in " + text);
        }
        return Long.parseLong(matcher.group(1));
    }
}
