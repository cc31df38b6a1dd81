package levee.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import levee.attack.AllowList.Entry;
import levee.attack.AllowList.Spared;
import levee.model.Attack;
import levee.model.Groups;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Protocols;
import levee.origin.OriginTable;
import levee.telemetry.TcpFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected traffic makes no attack, and it is counted what that spared. */
class AllowListTest {
    private static final IpAddress HOST = AddressFamily.IPV4.own(7);
    private static final int SECONDS = 5;
    private static final int PACKETS = 20_000;

    private static List<Prefix> prefixes(String... texts) {
        return Stream.of(texts).map(Prefix::parse).toList();
    }

    private static Entry entry(List<Prefix> sources, List<Prefix> targets, int protocol, int from, int to) {
        return new Entry("expected", sources, targets, protocol, from, to, Long.MAX_VALUE);
    }

    private static Entry from(String... sources) {
        return entry(prefixes(sources), List.of(), AllowList.ANY, AllowList.ANY, AllowList.ANY);
    }

    private static DetectionSettings settings(Entry... entries) {
        return new DetectionSettings(
                AddressFamily.ownNetworks(),
                Groups.NONE,
                Thresholds.NONE,
                new AllowList(List.of(entries)),
                Map.of(),
                OriginTable.EMPTY);
    }

    /** SYNs of 200 hosts of a /24, over and over. */
    private static List<Packet> syns(double second, String network) {
        Traffic traffic = new Traffic(1);
        long first = IpAddress.parse(network).low();
        traffic.spread(
                second,
                SECONDS,
                PACKETS,
                (at, number) -> traffic.add(
                        at,
                        Packet.tcp(
                                new Endpoint(new IpAddress(0, first + 1 + number % 200), 1_024 + number % 60_000),
                                new Endpoint(HOST, 443),
                                TcpFlags.SYN,
                                44)));
        return traffic.seen(Traffic.View.BOTH_WAYS);
    }

    private static Detection detect(DetectionSettings settings, List<Packet> packets) {
        Detection detection = new Detection(DetectionPolicy.liveNetwork(), settings);
        detection.play(packets);
        detection.finish();
        return detection;
    }

    @ParameterizedTest
    @CsvSource({
        "9.9.9.0/24,   ,             ,    ,    , 0",
        "9.9.0.0/16,   ,             ,    ,    , 0",
        "9.9.8.0/24,   ,             ,    ,    , 1",
        "9.9.9.0/24,   ,            6,    , 443, 0",
        "9.9.9.0/24,   ,            6,    ,  80, 1",
        "9.9.9.0/24,   ,           17,    ,    , 1",
        "9.9.9.0/24,   ,             ,  53,    , 1",
        "9.9.9.0/24, 10.16.0.0/16,  6,    , 443, 0",
        "9.9.9.0/24, 203.0.113.0/24, ,    ,    , 1",
        "          , 203.0.113.0/24, ,    ,    , 1",
    })
    void onlyWhatTheEntryDescribesIsSpared(
            String source, String target, Integer protocol, Integer from, Integer to, int attacks) {
        Entry entry = entry(
                source == null ? List.of() : prefixes(source),
                target == null ? List.of() : target.startsWith("10.") ? List.of(Prefix.host(HOST)) : prefixes(target),
                protocol == null ? AllowList.ANY : protocol,
                from == null ? AllowList.ANY : from,
                to == null ? AllowList.ANY : to);
        DetectionSettings settings = settings(entry);
        Detection detection = detect(settings, syns(0, "9.9.9.0"));
        assertThat(detection.attacks()).hasSize(attacks);
        assertThat(settings.allowed().spared())
                .containsExactly(
                        attacks == 0 ? new Spared("expected", PACKETS, PACKETS) : new Spared("expected", 0, 0));
    }

    @Test
    void targetsAloneMayBeAllowed() {
        DetectionSettings settings =
                settings(entry(List.of(), List.of(Prefix.host(HOST)), Protocols.TCP, AllowList.ANY, 443));
        assertThat(detect(settings, syns(0, "9.9.9.0")).attacks()).isEmpty();
    }

    @Test
    void allowedSourcesAreNoneOfAnAttackButItsOtherTraffic() {
        List<Packet> packets = new ArrayList<>(syns(0, "9.9.9.0"));
        packets.addAll(syns(0, "8.8.8.0"));
        packets.sort((a, b) -> Long.compare(a.nanos(), b.nanos()));
        Attack both = detect(settings(), packets).attacks().getFirst();
        assertThat(both.total().packets()).isEqualTo(2L * PACKETS);

        Attack attack = detect(settings(from("9.9.9.0/24")), packets).attacks().getFirst();
        assertThat(attack.total().packets()).isEqualTo(PACKETS);
        assertThat(attack.sources().distinct().value()).isEqualTo(200);
        assertThat(attack.sources().top())
                .extracting(Attack.Talker::prefix)
                .containsExactly(Prefix.parse("8.8.8.0/24"));
        assertThat(attack.otherTraffic().packets()).isGreaterThan(PACKETS * 9 / 10);
    }

    /** Many connections that the target takes up would otherwise make the flood beside them look answered. */
    @Test
    void whatTheTargetAnswersToAllowedSourcesSaysNothingOfTheRest() {
        Traffic traffic = new Traffic(4);
        traffic.spread(0, SECONDS, PACKETS, (at, number) -> {
            Endpoint monitor =
                    new Endpoint(new IpAddress(0, IpAddress.parse("9.9.9.1").low()), 1_024 + number % 60_000);
            Endpoint server = new Endpoint(HOST, 443);
            traffic.add(at, Packet.tcp(monitor, server, TcpFlags.SYN, 44));
            traffic.add(at + 0.001, Packet.tcp(server, monitor, TcpFlags.SYN | TcpFlags.ACK, 44));
            traffic.add(at + 0.002, Packet.tcp(monitor, server, TcpFlags.ACK, 40));
        });
        List<Packet> packets = new ArrayList<>(traffic.seen(Traffic.View.BOTH_WAYS));
        packets.addAll(syns(0, "8.8.8.0"));
        packets.sort((a, b) -> Long.compare(a.nanos(), b.nanos()));
        assertThat(detect(settings(from("9.9.9.1")), packets).attacks())
                .singleElement()
                .satisfies(attack -> assertThat(attack.total().packets()).isEqualTo(PACKETS));
    }

    @Test
    void anEntryHoldsUntilItExpires() {
        long end = Traffic.nanos(2);
        DetectionSettings settings = settings(new Entry(
                "expected", prefixes("9.9.9.0/24"), List.of(), AllowList.ANY, AllowList.ANY, AllowList.ANY, end));
        Detection detection = detect(settings, syns(0, "9.9.9.0"));
        assertThat(detection.attacks()).hasSize(1);
        assertThat(settings.allowed().spared().getFirst().rows()).isBetween(PACKETS / 4L, PACKETS / 2L);
    }

    @Test
    void entriesWithinOthersCountForThemselves() {
        Entry wide = new Entry("wide", prefixes("9.0.0.0/8"), List.of(), Protocols.TCP, -1, -1, Long.MAX_VALUE);
        Entry narrow = new Entry("narrow", prefixes("9.9.9.0/24"), List.of(), Protocols.UDP, -1, -1, Long.MAX_VALUE);
        DetectionSettings settings = settings(wide, narrow);
        assertThat(detect(settings, syns(0, "9.9.9.0")).attacks()).isEmpty();
        assertThat(settings.allowed().spared())
                .containsExactly(new Spared("wide", PACKETS, PACKETS), new Spared("narrow", 0, 0));
    }

    @Test
    void countsGoOnWhereTheEntryIsTheSame() {
        DetectionSettings before = settings(from("9.9.9.0/24"));
        Detection detection = new Detection(DetectionPolicy.liveNetwork(), before);
        detection.play(syns(0, "9.9.9.0"));
        DetectionSettings after = settings(from("8.8.8.0/24"), from("9.9.9.0/24"));
        detection.apply(after);
        detection.play(syns(SECONDS, "9.9.9.0"));
        assertThat(after.allowed().spared()).extracting(Spared::rows).containsExactly(0L, 2L * PACKETS);
    }

    @Test
    void everythingIsNeverAllowed() {
        assertThatIllegalArgumentException().isThrownBy(() -> entry(List.of(), List.of(), 6, 1, 1));
    }

    @Test
    void portsAreThoseOfProtocolsThatHaveSome() {
        Traffic traffic = new Traffic(1);
        // Type 1, code 187 is the port 443 of no protocol.
        traffic.spread(
                0,
                SECONDS,
                PACKETS,
                (at, number) ->
                        traffic.add(at, Packet.icmp(IpAddress.ofIpv4(0x0909_0900 + number % 200), HOST, 1, 187, 84)));
        Entry entry = entry(prefixes("9.9.9.0/24"), List.of(), AllowList.ANY, AllowList.ANY, 443);
        assertThat(detect(settings(entry), traffic.seen(Traffic.View.BOTH_WAYS)).attacks())
                .hasSize(1);
    }
}
