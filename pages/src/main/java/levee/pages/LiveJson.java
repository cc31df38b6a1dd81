package levee.pages;

import java.io.ByteArrayOutputStream;
import levee.pages.TrafficHistory.Series;
import levee.pages.TrafficHistory.Table;
import levee.report.Element;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What the script of pages is told. */
final class LiveJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private LiveJson() {}

    /** {@code {"from":…,"step":…,"series":[{"name":"tcp","packets":[…],"bits":[…]}]}}; times in seconds. */
    static byte[] of(Table table) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16_384);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeNumberProperty("from", table.from().getEpochSecond());
            json.writeNumberProperty("step", table.step().toSeconds());
            json.writeNumberProperty("steps", table.steps());
            json.writeArrayPropertyStart("series");
            for (Series series : table.series()) {
                json.writeStartObject();
                json.writeStringProperty("name", series.name());
                rates(json, "packets", series.packets());
                rates(json, "bits", series.bits());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /** Whole numbers are exact enough to draw. */
    private static void rates(JsonGenerator json, String name, double[] rates) {
        json.writeArrayPropertyStart(name);
        for (double rate : rates) {
            json.writeNumber(Math.round(rate));
        }
        json.writeEndArray();
    }

    /** {@code {"id":"…","html":"…"}}. */
    static byte[] fragment(String id, Element element) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8_192);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("id", id);
            json.writeStringProperty("html", element.toString());
            json.writeEndObject();
        }
        return out.toByteArray();
    }
}
