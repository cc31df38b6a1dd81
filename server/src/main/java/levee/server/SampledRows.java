package levee.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import levee.model.Attack;
import tools.jackson.databind.JsonNode;

/**
 * Rows of an attack, by what they belong to.
 *
 * @param complete whether these are all that were sampled, and not an excerpt
 */
record SampledRows(boolean complete, List<Group> groups) {
    private static final String OTHER = "other-traffic";
    private static final String CSV_HEADER =
            "of,time,source,source_port,destination,destination_port,protocol,tcp_flags,time_to_live,packets,bytes\r\n";

    /**
     * @param of a vector, or {@code other-traffic}
     * @param weight how many rows each one stands for, if that is known
     */
    record Group(String of, OptionalDouble weight, List<Row> rows) {}

    /** A packet or a flow, as in {@code sampledRow} of the contract. */
    record Row(
            String time,
            String source,
            int sourcePort,
            String destination,
            int destinationPort,
            int protocol,
            int tcpFlags,
            int timeToLive,
            long packets,
            long bytes) {}

    static SampledRows of(Attack attack) {
        List<Group> groups = new ArrayList<>();
        attack.vectors().forEach(vector -> groups.add(group(vector.vector().label(), vector.sample())));
        groups.add(group(OTHER, attack.otherSample()));
        return new SampledRows(true, groups);
    }

    private static Group group(String of, Attack.Sample sample) {
        List<Row> rows = sample.rows().stream()
                .sorted(Comparator.comparing(Attack.SampledRow::time))
                .map(SampledRows::row)
                .toList();
        return new Group(of, OptionalDouble.of(sample.weight()), rows);
    }

    private static Row row(Attack.SampledRow row) {
        return new Row(
                row.time().toString(),
                row.source().toString(),
                row.sourcePort(),
                row.destination().toString(),
                row.destinationPort(),
                row.protocol(),
                row.tcpFlags(),
                row.timeToLive(),
                row.packets(),
                row.bytes());
    }

    /** What the JSON of a finding holds of its rows. */
    static SampledRows ofExcerpt(JsonNode finding) {
        List<Group> groups = new ArrayList<>();
        for (JsonNode vector : finding.path("vectors")) {
            groups.add(excerpt(vector.path("name").asString(""), vector.path("sample")));
        }
        groups.add(excerpt(OTHER, finding.path("other_sample")));
        return new SampledRows(false, groups);
    }

    private static Group excerpt(String of, JsonNode sample) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode row : sample) {
            rows.add(new Row(
                    row.path("time").asString(""),
                    row.path("source").asString(""),
                    row.path("source_port").asInt(0),
                    row.path("destination").asString(""),
                    row.path("destination_port").asInt(0),
                    row.path("protocol").asInt(0),
                    row.path("tcp_flags").asInt(0),
                    row.path("time_to_live").asInt(0),
                    row.path("packets").asLong(0),
                    row.path("bytes").asLong(0)));
        }
        return new Group(of, OptionalDouble.empty(), rows);
    }

    byte[] json(String finding) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("finding", finding);
            json.writeBooleanProperty("complete", complete);
            json.writeArrayPropertyStart("samples");
            for (Group group : groups) {
                json.writeStartObject();
                json.writeStringProperty("of", group.of());
                Json.number(json, "weight", group.weight().orElse(Double.NaN));
                json.writeArrayPropertyStart("rows");
                for (Row row : group.rows()) {
                    json.writeStartObject();
                    json.writeStringProperty("time", row.time());
                    json.writeStringProperty("source", row.source());
                    json.writeNumberProperty("source_port", row.sourcePort());
                    json.writeStringProperty("destination", row.destination());
                    json.writeNumberProperty("destination_port", row.destinationPort());
                    json.writeNumberProperty("protocol", row.protocol());
                    json.writeNumberProperty("tcp_flags", row.tcpFlags());
                    json.writeNumberProperty("time_to_live", row.timeToLive());
                    json.writeNumberProperty("packets", row.packets());
                    json.writeNumberProperty("bytes", row.bytes());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** As RFC 4180 has it; no value needs quotes. */
    String csv() {
        StringBuilder text = new StringBuilder(CSV_HEADER);
        for (Group group : groups) {
            for (Row row : group.rows()) {
                text.append(new StringJoiner(",", "", "\r\n")
                        .add(group.of())
                        .add(row.time())
                        .add(row.source())
                        .add(Integer.toString(row.sourcePort()))
                        .add(row.destination())
                        .add(Integer.toString(row.destinationPort()))
                        .add(Integer.toString(row.protocol()))
                        .add(Integer.toString(row.tcpFlags()))
                        .add(Integer.toString(row.timeToLive()))
                        .add(Long.toString(row.packets()))
                        .add(Long.toString(row.bytes())));
            }
        }
        return text.toString();
    }
}
