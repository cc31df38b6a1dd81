package levee.sharing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import levee.model.Attack.Companion;
import levee.model.Attack.Peak;
import levee.model.AttackVector;
import levee.model.AttackVector.Family;
import levee.model.EpochNanos;
import levee.model.IpAddress;
import levee.model.Protocols;
import tools.jackson.core.JsonGenerator;

/**
 * Writes fingerprints in the format of the DDoS Clearing House (NLADC/dissector, fingerprint_format.md). {@code
 * docs/fingerprint.schema.json} says the same and tells which fields are additions. Numbers that the format has as whole
 * ones have decimals here where a short attack would otherwise last 0 seconds.
 */
public final class FingerprintWriter {
    /** Source addresses of a vector that are listed. */
    static final int LISTED_SOURCES = 100_000;

    private static final String ANONYMOUS = "Anonymous";
    private static final String RANDOM = "random";
    private static final String OTHERS = "others";

    /** Values that make up less are {@code others}. */
    private static final double LEAST_SHARE = 0.05;

    /** A source port with this share of a vector is its port. */
    private static final double SERVICE_SHARE = 0.5;

    /** Python reads three or six decimals only. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'", Locale.ROOT);

    private final AttackCounter attack;
    private final TargetPrivacy privacy;

    private FingerprintWriter(AttackCounter attack, TargetPrivacy privacy) {
        this.attack = attack;
        this.privacy = privacy;
    }

    /** The fingerprint of an attack; its key is the MD5 of its vectors and totals, as the format wants it. */
    public static Fingerprint write(AttackCounter attack, TargetPrivacy privacy) {
        FingerprintWriter writer = new FingerprintWriter(attack, privacy);
        // The key is the same whether or not the target is shown.
        FingerprintWriter anonymous = new FingerprintWriter(attack, TargetPrivacy.HIDE);
        String key = md5(Json.compact(json -> {
            json.writeStartObject();
            anonymous.vectors(json);
            anonymous.summary(json);
            json.writeEndObject();
        }));
        return new Fingerprint(key, Json.indented(json -> {
            json.writeStartObject();
            writer.vectors(json);
            json.writeStringProperty("target", writer.target());
            json.writeArrayPropertyStart("tags");
            writer.tags().forEach(json::writeString);
            json.writeEndArray();
            json.writeStringProperty("key", key);
            writer.summary(json);
            json.writeEndObject();
        }));
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    private String target() {
        return switch (privacy) {
            case HIDE -> ANONYMOUS;
            case SHOW -> {
                var target = attack.attack().target();
                yield target.isHost() ? target.address().toString() : target.toString();
            }
        };
    }

    private List<String> tags() {
        List<String> tags = new ArrayList<>();
        if (attack.seen().stream().filter(i -> !isFragments(i)).count() > 1) {
            tags.add("Multi-vector attack");
        }
        if (!attack.attack().target().isHost()) {
            tags.add("Carpet bombing attack");
        }
        for (int i : attack.seen()) {
            AttackVector vector = attack.share(i).vector();
            tags.add(Names.protocol(protocol(i)));
            if (isFragments(i) || attack.share(i).companions().contains(Companion.FRAGMENTS)) {
                tags.add("Fragmentation attack");
            }
            if (vector.family() == Family.UDP_REFLECTION) {
                tags.add("Amplification attack");
            } else if (vector.isReflection()) {
                tags.add("Reflection attack");
            } else if (!isFragments(i)) {
                tags.add(Names.protocol(protocol(i)) + " flood attack");
            }
            if (protocol(i) == Protocols.TCP) {
                tags.add(flagTag(attack.vector(i).tcpFlags));
            }
        }
        return tags.stream().distinct().toList();
    }

    private static String flagTag(Tally flags) {
        List<Tally.Entry> common = flags.atLeast(LEAST_SHARE);
        if (common.size() != 1) {
            return "TCP flag attack";
        }
        String letters = Names.tcpFlags((int) common.get(0).value());
        List<String> names = new ArrayList<>();
        String[] all = {"FIN", "SYN", "RESET", "PUSH", "ACK", "URGENT"};
        for (String name : all) {
            if (letters.indexOf(name.charAt(0)) >= 0) {
                names.add(name);
            }
        }
        return "TCP " + (names.isEmpty() ? "no flag" : String.join(" ", names) + " flag") + " attack";
    }

    private boolean isFragments(int vector) {
        return Services.name(attack.share(vector).vector()).equals(Services.FRAGMENTS);
    }

    /** The protocol of most packets. */
    private int protocol(int vector) {
        List<Tally.Entry> protocols = attack.vector(vector).protocols.atLeast(0);
        return protocols.isEmpty()
                ? attack.share(vector).vector().protocol()
                : (int) protocols.get(0).value();
    }

    private void vectors(JsonGenerator json) {
        long whole = attack.seen().stream()
                .filter(i -> !isFragments(i))
                .mapToLong(attack::bytes)
                .sum();
        json.writeArrayPropertyStart("attack_vectors");
        for (int i : attack.seen()) {
            json.writeStartObject();
            vector(json, i, whole);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void vector(JsonGenerator json, int index, long wholeBytes) {
        VectorCounter counter = attack.vector(index);
        AttackVector vector = attack.share(index).vector();
        int protocol = protocol(index);
        json.writeStringProperty("service", Services.name(vector));
        json.writeStringProperty("vector", vector.label());
        json.writeStringProperty("protocol", Names.protocol(protocol));
        if (isFragments(index)) {
            json.writeNullProperty("fraction_of_attack");
            json.writeNumberProperty("source_port", 0);
            json.writeObjectPropertyStart("destination_ports");
            json.writeNumberProperty("0", BigDecimal.ONE.setScale(1));
            json.writeEndObject();
        } else {
            json.writeNumberProperty(
                    "fraction_of_attack", decimals((double) attack.bytes(index) / Math.max(1, wholeBytes)));
            sourcePort(json, vector, counter.sourcePorts);
            shares(json, "destination_ports", counter.destinationPorts, Long::toString);
        }
        if (counter.sourcePorts.total() > 0) {
            shares(json, "source_ports", counter.sourcePorts, Long::toString);
        }
        if (protocol == Protocols.TCP) {
            shares(json, "tcp_flags", counter.tcpFlags, flags -> Names.tcpFlags((int) flags));
        } else {
            json.writeNullProperty("tcp_flags");
        }
        if (counter.flows() > 0) {
            json.writeNumberProperty("nr_flows", counter.flows());
        }
        json.writeNumberProperty("nr_packets", attack.packets(index));
        json.writeNumberProperty("nr_megabytes", megabytes(attack.bytes(index)));
        json.writeStringProperty("time_start", time(start(index)));
        json.writeNumberProperty("duration_seconds", seconds(end(index) - start(index)));
        sources(json, counter);
        if (counter.hasPackets()) {
            packetFields(json, vector, counter, protocol);
        }
    }

    /** The port of the service, where that is common (others are its answers through NAT), or of most packets. */
    private static void sourcePort(JsonGenerator json, AttackVector vector, Tally ports) {
        OptionalLong service = ports.atLeast(LEAST_SHARE).stream()
                .mapToLong(Tally.Entry::value)
                .filter(port -> vector.servicePorts().contains((int) port))
                .findFirst();
        OptionalLong common = ports.atLeast(SERVICE_SHARE).stream()
                .mapToLong(Tally.Entry::value)
                .findFirst();
        OptionalLong port = service.isPresent() || ports.total() == 0 ? service : common;
        port.ifPresentOrElse(
                known -> json.writeNumberProperty("source_port", known),
                () -> json.writeStringProperty("source_port", RANDOM));
    }

    private void sources(JsonGenerator json, VectorCounter counter) {
        List<IpAddress> listed = counter.sources(LISTED_SOURCES);
        json.writeArrayPropertyStart("source_ips");
        listed.forEach(source -> json.writeString(source.toString()));
        json.writeEndArray();
        json.writeNumberProperty("source_ips_total", sourceCount(counter));
        json.writeBooleanProperty("source_ips_complete", isComplete(counter, listed));
    }

    /** Of a single vector the finding knows more than the rows of its sample. */
    private long sourceCount(VectorCounter counter) {
        return attack.attack().vectors().size() == 1 ? attack.sourceCount() : counter.sourceCount();
    }

    private boolean isComplete(VectorCounter counter, List<IpAddress> listed) {
        return !attack.sampled() && counter.hasAllSources() && listed.size() == counter.sourceCount();
    }

    private void packetFields(JsonGenerator json, AttackVector vector, VectorCounter counter, int protocol) {
        shares(json, "ethernet_type", counter.ipVersions, version -> "IPv" + version);
        sharesIfAny(json, "frame_len", counter.frameLengths, Long::toString);
        sharesIfAny(json, "fragmentation_offset", counter.fragmentOffsets, Long::toString);
        sharesIfAny(json, "ttl", counter.timesToLive, Long::toString);
        // What is asked in a flood of queries names the target's own zone.
        if (vector.isReflection() || privacy == TargetPrivacy.SHOW) {
            sharesIfAny(json, "dns_query_name", counter.dnsNames.tally(), counter.dnsNames::name);
        }
        sharesIfAny(json, "dns_query_type", counter.dnsTypes, type -> Names.dnsType((int) type));
        sharesIfAny(json, "ntp_requestcode", counter.ntpRequestCodes, Long::toString);
        // As with names: what is asked for is the target's own.
        if (privacy == TargetPrivacy.SHOW) {
            sharesIfAny(json, "http_uri", counter.httpUris.tally(), counter.httpUris::name);
        }
        sharesIfAny(json, "http_method", counter.httpMethods.tally(), counter.httpMethods::name);
        sharesIfAny(json, "http_user_agent", counter.httpUserAgents.tally(), counter.httpUserAgents::name);
        sharesIfAny(json, "http_status", counter.httpStatuses, Long::toString);
        if (protocol == Protocols.ICMP || protocol == Protocols.ICMPV6) {
            sharesIfAny(json, "icmp_type", counter.icmpTypes, type -> Names.icmpType(protocol, (int) type));
        }
    }

    private void sharesIfAny(JsonGenerator json, String name, Tally tally, LongFunction<String> label) {
        if (tally.total() > 0) {
            shares(json, name, tally, label);
        }
    }

    /** The common values with their parts of the whole, or {@code random} where there are none. */
    private static void shares(JsonGenerator json, String name, Tally tally, LongFunction<String> label) {
        List<Tally.Entry> common = tally.total() == 0 ? List.of() : tally.atLeast(LEAST_SHARE);
        if (common.isEmpty()) {
            json.writeStringProperty(name, RANDOM);
            return;
        }
        json.writeObjectPropertyStart(name);
        BigDecimal rest = BigDecimal.ONE;
        for (Tally.Entry entry : common) {
            BigDecimal share = decimals((double) entry.count() / tally.total());
            json.writeNumberProperty(label.apply(entry.value()), share);
            rest = rest.subtract(share);
        }
        // Less is an effect of rounding.
        if (common.size() < tally.size() && rest.signum() > 0) {
            json.writeNumberProperty(OTHERS, rest);
        }
        json.writeEndObject();
    }

    private void summary(JsonGenerator json) {
        long start = attack.seen().stream().mapToLong(this::start).min().orElse(0);
        long end = attack.seen().stream().mapToLong(this::end).max().orElse(0);
        long packets = attack.seen().stream().mapToLong(attack::packets).sum();
        long bytes = attack.seen().stream().mapToLong(attack::bytes).sum();
        long flows =
                attack.seen().stream().mapToLong(i -> attack.vector(i).flows()).sum();
        json.writeStringProperty("time_start", time(start));
        json.writeStringProperty("time_end", time(end));
        json.writeNumberProperty("duration_seconds", seconds(end - start));
        if (flows > 0) {
            json.writeNumberProperty("total_flows", flows);
        }
        json.writeNumberProperty("total_packets", packets);
        json.writeNumberProperty("total_megabytes", megabytes(bytes));
        json.writeNumberProperty("total_ips", attack.sourceCount());
        json.writeBooleanProperty("total_ips_exact", attack.sourceCountIsExact());
        Peak peak = attack.attack().peak();
        double duration = (end - start) / 1e9;
        // Where all packets bear the same time, the fullest second is all that is known of the rate.
        json.writeNumberProperty("avg_bps", whole(duration > 0 ? bytes * 8 / duration : peak.bitsPerSecond()));
        json.writeNumberProperty("avg_pps", whole(duration > 0 ? packets / duration : peak.packetsPerSecond()));
        json.writeNumberProperty("avg_Bpp", whole((double) bytes / Math.max(1, packets)));
        json.writeStringProperty("counted", attack.sampled() ? "sample" : "all");
    }

    /** Never 0 for what is more than nothing. */
    private static long whole(double value) {
        return value > 0 ? Math.max(1, Math.round(value)) : 0;
    }

    private long start(int vector) {
        return attack.sampled()
                ? EpochNanos.of(attack.share(vector).start())
                : attack.vector(vector).firstNanos();
    }

    private long end(int vector) {
        return attack.sampled()
                ? EpochNanos.of(attack.share(vector).end())
                : attack.vector(vector).lastNanos();
    }

    private static String time(long nanos) {
        return TIME.format(Instant.ofEpochSecond(0, nanos).atOffset(ZoneOffset.UTC));
    }

    private static BigDecimal megabytes(long bytes) {
        return plain(BigDecimal.valueOf(bytes, 6));
    }

    private static BigDecimal seconds(long nanos) {
        return plain(BigDecimal.valueOf(Math.max(0, nanos), 9));
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** Three decimals, as the dissector has them, and at least one. */
    private static BigDecimal decimals(double share) {
        BigDecimal rounded =
                BigDecimal.valueOf(share).setScale(3, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.scale() < 1 ? rounded.setScale(1) : rounded;
    }
}
