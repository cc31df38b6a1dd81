package levee.server;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An error as RFC 9457 describes it.
 *
 * @param status of HTTP
 * @param name short and fixed, for programs, such as {@code unknown-parameter}
 * @param title what kind of error it is, for people
 * @param detail what happened this time
 * @param remedy what to do about it
 * @param headers that go with it
 */
public record Problem(
        int status, String name, String title, String detail, String remedy, Map<String, String> headers) {
    static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        headers = Map.copyOf(headers);
    }

    public Problem(int status, String name, String title, String detail, String remedy) {
        this(status, name, title, detail, remedy, Map.of());
    }

    public static Problem parameter(String detail, String remedy) {
        return new Problem(400, "bad-parameter", "A parameter cannot be used", detail, remedy);
    }

    public static Problem body(String detail, String remedy) {
        return new Problem(400, "bad-body", "The body cannot be used", detail, remedy);
    }

    public static Problem unknownFinding() {
        return new Problem(
                404,
                "unknown-finding",
                "No such finding",
                "No finding has this id.",
                "List the findings with GET " + Paths.FINDINGS + "; old ones are deleted after a while.");
    }

    public Problem with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Problem(status, name, title, detail, remedy, more);
    }

    byte[] json() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("type", "urn:levee:problem:" + name);
            json.writeStringProperty("title", title);
            json.writeNumberProperty("status", status);
            json.writeStringProperty("detail", detail);
            json.writeStringProperty("remedy", remedy);
            json.writeEndObject();
        });
    }

    public ProblemException exception() {
        return new ProblemException(this);
    }
}
