package levee.server;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import levee.model.Suggestion;
import levee.server.Operation.Access;
import levee.server.Operation.Request;
import levee.store.Resolution;
import levee.store.Store;
import levee.store.TrafficPoint;

/** Traffic over time. */
final class TrafficOperations {
    /** More than a month of minutes, or half a day of seconds. */
    private static final int MOST_POINTS = 50_000;

    private static final Duration USUAL_RANGE = Duration.ofHours(1);
    private static final List<String> RESOLUTIONS = List.of("second", "minute");

    private final Store store;
    private final InstantSource clock;

    TrafficOperations(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(Paths.TRAFFIC_SERIES, this::series),
                Operation.get(
                        Paths.TRAFFIC, Access.VIEWERS, List.of("series", "from", "to", "resolution"), this::points));
    }

    private void series(Request request) throws IOException {
        List<String> names = store.trafficSeries();
        Answer.json(request.context(), Json.write(json -> {
            json.writeStartObject();
            json.writeArrayPropertyStart("series");
            names.forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private void points(Request request) throws IOException {
        Query query = request.query();
        String series = query.text("series")
                .filter(name -> !name.isEmpty() && name.length() <= 200)
                .orElseThrow(() -> Problem.parameter(
                                "'series' is not given, or too long.",
                                "Name one of those that GET " + Paths.TRAFFIC_SERIES + " lists.")
                        .exception());
        Resolution resolution = query.oneOf("resolution", RESOLUTIONS)
                .map(label -> Constants.of(Resolution.class, label))
                .orElse(Resolution.MINUTE);
        Instant to = query.time("to").orElseGet(clock::instant);
        Instant from = query.time("from").orElseGet(() -> to.minus(USUAL_RANGE));
        long steps = Duration.between(from, to).dividedBy(resolution.step());
        if (!from.isBefore(to) || steps > MOST_POINTS) {
            throw Problem.parameter(
                            "The time from " + from + " to " + to + " cannot be shown.",
                            "'from' is before 'to', and between them are at most " + MOST_POINTS
                                    + " points: ask for less, or for minutes instead of seconds.")
                    .exception();
        }
        List<TrafficPoint> points = store.traffic(resolution, series, from, to);
        if (points.isEmpty() && !store.trafficSeries().contains(series)) {
            throw new Problem(
                            404,
                            "unknown-series",
                            "No such series",
                            "There is no series '" + Texts.printable(series, 64) + "'.",
                            "GET " + Paths.TRAFFIC_SERIES + " lists them."
                                    + Suggestion.among(series, store.trafficSeries()))
                    .exception();
        }
        Answer.json(request.context(), Json.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("series", series);
            json.writeStringProperty("resolution", Constants.label(resolution));
            json.writeStringProperty("from", from.toString());
            json.writeStringProperty("to", to.toString());
            json.writeArrayPropertyStart("points");
            for (TrafficPoint point : points) {
                json.writeStartObject();
                json.writeStringProperty("time", point.time().toString());
                json.writeNumberProperty("packets", point.packets());
                json.writeNumberProperty("bytes", point.bytes());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }
}
