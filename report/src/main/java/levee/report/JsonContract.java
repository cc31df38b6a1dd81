package levee.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import levee.model.Abuse;
import levee.model.Analysis;
import levee.model.Attack;
import levee.model.Attack.Ingress;
import levee.model.Attack.Origin;
import levee.model.Attack.Peak;
import levee.model.Attack.Sample;
import levee.model.Attack.SampledRow;
import levee.model.Attack.Sampling;
import levee.model.Attack.Sources;
import levee.model.Attack.Spoofing;
import levee.model.Attack.Timeline;
import levee.model.Attack.VectorShare;
import levee.model.Attack.Volume;
import levee.model.Finding;
import levee.model.FindingEvent;
import levee.model.InputSummary;
import levee.model.InputSummary.Damage;
import levee.model.Prefix;
import levee.model.Protocols;
import tools.jackson.core.JsonGenerator;

/**
 * The JSON contract, field by field and in order. It is spelled out here rather than derived from the model, so that
 * renaming something in the model cannot change what others read. {@code docs/findings.schema.json} says the same.
 */
final class JsonContract {
    private static final String SCHEMA_VERSION = "1";

    private final JsonGenerator json;
    private final JsonFields fields;

    JsonContract(JsonGenerator json) {
        this.json = json;
        fields = new JsonFields(json);
    }

    void document(Analysis analysis) {
        json.writeStartObject();
        versions(analysis.leveeVersion());
        settings(analysis.networks());
        json.writeNumberProperty("evicted", analysis.evicted());
        fields.objects("inputs", analysis.inputs(), this::input);
        fields.objects("findings", analysis.findings(), this::finding);
        json.writeEndObject();
    }

    void startedLine(String leveeVersion, List<Prefix> networks) {
        json.writeStartObject();
        json.writeStringProperty("event", "started");
        versions(leveeVersion);
        settings(networks);
        json.writeEndObject();
    }

    void findingLine(FindingEvent event) {
        json.writeStartObject();
        json.writeStringProperty("event", JsonFields.label(event.change()));
        finding(event.finding());
        json.writeEndObject();
    }

    void findingObject(Finding finding) {
        json.writeStartObject();
        finding(finding);
        json.writeEndObject();
    }

    void finishedLine(Analysis analysis) {
        json.writeStartObject();
        json.writeStringProperty("event", "finished");
        settings(analysis.networks());
        json.writeNumberProperty("evicted", analysis.evicted());
        fields.objects("inputs", analysis.inputs(), this::input);
        json.writeEndObject();
    }

    private void versions(String leveeVersion) {
        json.writeStringProperty("schema_version", SCHEMA_VERSION);
        json.writeStringProperty("levee_version", leveeVersion);
    }

    private void settings(List<Prefix> networks) {
        json.writeObjectPropertyStart("settings");
        fields.prefixes("networks", networks);
        json.writeEndObject();
    }

    private void input(InputSummary input) {
        json.writeStringProperty("name", input.name());
        json.writeStringProperty("format", input.format());
        json.writeStringProperty("compression", input.compression());
        json.writeStringProperty("carries", input.carries());
        json.writeNumberProperty("packets", input.packets());
        json.writeNumberProperty("flows", input.flows());
        json.writeNumberProperty("bytes", input.bytes());
        fields.time("first", input.first());
        fields.time("last", input.last());
        json.writeObjectPropertyStart("rejected");
        for (Map.Entry<String, Long> reason : input.rejectedInOrder().entrySet()) {
            json.writeNumberProperty(reason.getKey(), reason.getValue());
        }
        json.writeEndObject();
        input.damage().ifPresentOrElse(this::damage, () -> json.writeNullProperty("damage"));
    }

    private void damage(Damage damage) {
        json.writeObjectPropertyStart("damage");
        json.writeNumberProperty("offset", damage.offset());
        json.writeStringProperty("reason", damage.reason());
        json.writeEndObject();
    }

    private void finding(Finding finding) {
        json.writeStringProperty("id", finding.id());
        json.writeStringProperty("kind", finding.kind());
        switch (finding) {
            case Attack attack -> attack(attack);
            case Abuse abuse -> new AbuseContract(json).fields(abuse);
        }
    }

    private void attack(Attack attack) {
        json.writeStringProperty("state", JsonFields.label(attack.state()));
        json.writeStringProperty("direction", JsonFields.label(attack.direction()));
        json.writeStringProperty("target", attack.target().toString());
        fields.prefixes("targets", attack.targets());
        attack.group().ifPresent(fields::group);
        fields.time("start", attack.start());
        fields.time("end", attack.end());
        json.writeNumberProperty("confidence", JsonNumbers.fraction(attack.confidence()));
        json.writeStringProperty("visibility", JsonFields.label(attack.visibility()));
        sampling(attack.sampling());
        ingress(attack.ingress());
        peak(attack.peak());
        fields.volume("total", attack.total());
        fields.volume("other_traffic", attack.otherTraffic());
        sources(attack.sources());
        vectors(attack.vectors());
        timeline(attack.timeline());
        sample("other_sample", attack.otherSample());
        fields.objects("evidence", attack.evidence(), fields::evidence);
    }

    private void sampling(Sampling sampling) {
        json.writeObjectPropertyStart("sampling");
        json.writeNumberProperty("rate", sampling.rate());
        json.writeNumberProperty("raw_samples", sampling.rawSamples());
        json.writeEndObject();
    }

    private void ingress(List<Ingress> ingress) {
        List<BigDecimal> shares =
                JsonNumbers.shares(ingress.stream().mapToDouble(Ingress::share).toArray());
        json.writeArrayPropertyStart("ingress");
        for (int i = 0; i < ingress.size(); i++) {
            json.writeStartObject();
            json.writeStringProperty("exporter", ingress.get(i).exporter());
            json.writeNumberProperty("interface", ingress.get(i).networkInterface());
            json.writeNumberProperty("share", shares.get(i));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void peak(Peak peak) {
        json.writeObjectPropertyStart("peak");
        json.writeNumberProperty("packets_per_second", JsonNumbers.rate(peak.packetsPerSecond()));
        json.writeNumberProperty("bits_per_second", JsonNumbers.rate(peak.bitsPerSecond()));
        json.writeEndObject();
    }

    private void sources(Sources sources) {
        json.writeObjectPropertyStart("sources");
        fields.count("distinct", sources.distinct());
        spoofing(sources.spoofing());
        fields.objects("top", sources.top(), fields::talker);
        if (!sources.origins().isEmpty()) {
            fields.objects("origins", sources.origins(), this::origin);
        }
        json.writeEndObject();
    }

    private void spoofing(Spoofing spoofing) {
        json.writeObjectPropertyStart("spoofing");
        json.writeStringProperty("verdict", JsonFields.label(spoofing.verdict()));
        json.writeArrayPropertyStart("reasons");
        spoofing.reasons().forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void origin(Origin origin) {
        json.writeNumberProperty("number", origin.number());
        json.writeStringProperty("name", origin.name());
        json.writeNumberProperty("packet_share", JsonNumbers.fraction(origin.packetShare()));
    }

    private void vectors(List<VectorShare> vectors) {
        List<BigDecimal> packetShares = JsonNumbers.shares(
                vectors.stream().mapToDouble(VectorShare::packetShare).toArray());
        List<BigDecimal> byteShares = JsonNumbers.shares(
                vectors.stream().mapToDouble(VectorShare::byteShare).toArray());
        json.writeArrayPropertyStart("vectors");
        for (int i = 0; i < vectors.size(); i++) {
            json.writeStartObject();
            vector(vectors.get(i), packetShares.get(i), byteShares.get(i));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void vector(VectorShare vector, BigDecimal packetShare, BigDecimal byteShare) {
        json.writeStringProperty("name", vector.vector().label());
        json.writeNumberProperty("packet_share", packetShare);
        json.writeNumberProperty("byte_share", byteShare);
        json.writeStringProperty("protocol", Protocols.name(vector.vector().protocol()));
        fields.numbers("source_ports", vector.sourcePorts());
        fields.numbers("destination_ports", vector.destinationPorts());
        fields.numbers("packet_lengths", vector.packetLengths());
        fields.numbers("times_to_live", vector.timesToLive());
        fields.time("start", vector.start());
        fields.time("end", vector.end());
        fields.time("noticed", vector.noticed());
        json.writeNumberProperty("confidence", JsonNumbers.fraction(vector.confidence()));
        spoofing(vector.spoofing());
        sample("sample", vector.sample());
    }

    private void timeline(Timeline timeline) {
        json.writeObjectPropertyStart("timeline");
        fields.time("start", timeline.start());
        json.writeNumberProperty("slot_seconds", JsonNumbers.seconds(timeline.slot()));
        json.writeArrayPropertyStart("vectors");
        timeline.vectors().forEach((vector, slots) -> {
            json.writeStartObject();
            json.writeStringProperty("name", vector.label());
            slots(slots);
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeObjectPropertyStart("other_traffic");
        slots(timeline.otherTraffic());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void slots(List<Volume> slots) {
        json.writeArrayPropertyStart("packets");
        slots.forEach(slot -> json.writeNumber(slot.packets()));
        json.writeEndArray();
        json.writeArrayPropertyStart("bytes");
        slots.forEach(slot -> json.writeNumber(slot.bytes()));
        json.writeEndArray();
    }

    private void sample(String name, Sample sample) {
        fields.objects(name, SampleExcerpt.of(sample), this::sampledRow);
    }

    private void sampledRow(SampledRow row) {
        fields.time("time", row.time());
        json.writeStringProperty("source", row.source().toString());
        json.writeNumberProperty("source_port", row.sourcePort());
        json.writeStringProperty("destination", row.destination().toString());
        json.writeNumberProperty("destination_port", row.destinationPort());
        json.writeNumberProperty("protocol", row.protocol());
        json.writeNumberProperty("tcp_flags", row.tcpFlags());
        json.writeNumberProperty("time_to_live", row.timeToLive());
        json.writeNumberProperty("packets", row.packets());
        json.writeNumberProperty("bytes", row.bytes());
    }
}
