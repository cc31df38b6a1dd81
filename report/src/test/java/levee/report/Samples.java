package levee.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import levee.model.Analysis;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.Evidence;
import levee.model.Finding;
import levee.model.InputSummary;
import levee.model.InputSummary.Damage;
import levee.model.IpAddress;
import levee.model.Prefix;

/** Fixed values that the expected texts of the tests are written for. */
final class Samples {
    static final Instant START = Instant.parse("2021-06-14T19:45:01.003299Z");
    static final Instant NOTICED = Instant.parse("2021-06-14T19:45:02.1Z");
    static final Instant END = Instant.parse("2021-06-14T19:45:24.5Z");

    private static final Attack.Spoofing REFLECTORS =
            new Attack.Spoofing(Attack.Spoofing.Verdict.UNLIKELY, List.of("the sources answer from a well-known port"));

    private static final Attack.Sample SAMPLE = new Attack.Sample(
            37_841,
            List.of(new Attack.SampledRow(
                    START, IpAddress.parse("192.0.2.3"), 161, IpAddress.parse("10.10.10.10"), 80, 17, 0, 54, 1, 1500)));

    private Samples() {}

    private static List<Attack.Volume> volumes(long... packets) {
        return LongStream.of(packets)
                .mapToObj(count -> new Attack.Volume(count, count * 1_000))
                .toList();
    }

    /** An SNMP reflection with fragments on one host, seen in one direction only. */
    static Attack reflection() {
        return new Attack(
                "attack-7c1f0e",
                Attack.State.ENDED,
                Attack.Direction.INBOUND,
                Prefix.parse("10.10.10.10"),
                List.of(),
                START,
                END,
                0.98,
                Attack.Visibility.ONE_WAY,
                new Attack.Sampling(1, 37_841),
                List.of(),
                new Attack.Peak(12_345.678, 358_900_000.4),
                new Attack.Volume(37_841, 52_345_678),
                new Attack.Volume(120, 9_000),
                new Attack.Sources(
                        new Attack.Count(37_623, true),
                        REFLECTORS,
                        List.of(
                                new Attack.Talker(Prefix.parse("192.0.2.0/24"), 4_541, 6_300_000),
                                new Attack.Talker(Prefix.parse("2001:db8::/48"), 100, 140_000))),
                List.of(
                        new Attack.VectorShare(
                                AttackVector.SNMP_REFLECTION,
                                0.93456,
                                0.97,
                                List.of(161),
                                List.of(80, 443),
                                List.of(1500),
                                List.of(54, 240),
                                START,
                                END,
                                NOTICED,
                                0.99,
                                REFLECTORS,
                                Set.of(Attack.Companion.ICMP_ERRORS),
                                SAMPLE),
                        new Attack.VectorShare(
                                AttackVector.UDP_FRAGMENT_FLOOD,
                                0.06544,
                                0.03,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                START,
                                END,
                                NOTICED,
                                0.8,
                                new Attack.Spoofing(
                                        Attack.Spoofing.Verdict.UNKNOWN, List.of("too few packets to tell")),
                                Set.of(),
                                Attack.Sample.NONE)),
                new Attack.Timeline(
                        START,
                        Duration.ofSeconds(12),
                        Map.of(AttackVector.SNMP_REFLECTION, volumes(30_000, 5_000)),
                        volumes(20, 100)),
                SAMPLE,
                List.of(
                        new Evidence("The packet rate rose far above what is usual.", 12_345.678, 1_000, "rate-floor"),
                        new Evidence("No request was seen.", Double.NaN, Double.POSITIVE_INFINITY, "pairing")));
    }

    /** The same attack but for what is given. */
    static Attack like(
            Attack attack,
            String id,
            Attack.Peak peak,
            Attack.Sources sources,
            List<Attack.VectorShare> vectors,
            Attack.Timeline timeline,
            Attack.Sample otherSample,
            List<Evidence> evidence) {
        return new Attack(
                id,
                attack.state(),
                attack.direction(),
                attack.target(),
                attack.targets(),
                attack.start(),
                attack.end(),
                attack.confidence(),
                attack.visibility(),
                attack.sampling(),
                attack.ingress(),
                peak,
                attack.total(),
                attack.otherTraffic(),
                sources,
                vectors,
                timeline,
                otherSample,
                evidence);
    }

    /** A flood on a prefix, still going on, known from samples of two routers. */
    static Attack carpetBombing() {
        return new Attack(
                "attack-00ff",
                Attack.State.OPEN,
                Attack.Direction.UNKNOWN,
                Prefix.parse("198.51.100.0/24"),
                List.of(Prefix.parse("198.51.100.7"), Prefix.parse("198.51.100.9")),
                START,
                END,
                0.7,
                Attack.Visibility.SAMPLED,
                new Attack.Sampling(1000, 412),
                List.of(new Attack.Ingress("192.0.2.1", 3, 0.75), new Attack.Ingress("192.0.2.2", 14, 0.25)),
                new Attack.Peak(88.5, 99.25),
                new Attack.Volume(412_000, 26_000_000),
                Attack.Volume.NONE,
                new Attack.Sources(
                        new Attack.Count(400, false),
                        new Attack.Spoofing(Attack.Spoofing.Verdict.UNKNOWN, List.of()),
                        List.of()),
                List.of(new Attack.VectorShare(
                        AttackVector.TCP_SYN_FLOOD,
                        1,
                        1,
                        List.of(),
                        List.of(22, 23, 25, 80, 443, 445, 8080),
                        List.of(40),
                        List.of(),
                        START,
                        END,
                        NOTICED,
                        0.7,
                        new Attack.Spoofing(Attack.Spoofing.Verdict.UNKNOWN, List.of()),
                        Set.of(),
                        Attack.Sample.NONE)),
                new Attack.Timeline(START, Duration.ofSeconds(24), Map.of(), List.of()),
                Attack.Sample.NONE,
                List.of());
    }

    static InputSummary capture() {
        return new InputSummary(
                "pcap/snmp.pcap.gz",
                "pcap",
                "gzip",
                "packets",
                37_963,
                0,
                53_000_000,
                Optional.of(START),
                Optional.of(END),
                Map.of("truncated", 1L, "not_ip", 2L),
                Optional.of(new Damage(52_999_000, "the last record is cut off")));
    }

    static InputSummary unreadable(String name) {
        return new InputSummary(
                name,
                "unknown",
                "none",
                "unknown",
                0,
                0,
                17,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    /** Flow records without any trouble. */
    static InputSummary flows() {
        return new InputSummary(
                "conn.log",
                "zeek-tsv",
                "none",
                "connections",
                0,
                12,
                3_000,
                Optional.of(START),
                Optional.of(START),
                Map.of(),
                Optional.empty());
    }

    static Analysis analysis() {
        return new Analysis(
                "0.1.0",
                List.of(Prefix.parse("10.0.0.0/8"), Prefix.parse("fd00::/8")),
                3,
                List.of(capture(), unreadable("notes.txt")),
                List.of(reflection()));
    }

    static Analysis of(List<InputSummary> inputs, List<? extends Finding> attacks) {
        return new Analysis("0.1.0", List.of(), 0, inputs, List.copyOf(attacks));
    }

    /** What the report writes, as text. */
    static String written(Report report, Analysis analysis) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            report.write(analysis, out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
