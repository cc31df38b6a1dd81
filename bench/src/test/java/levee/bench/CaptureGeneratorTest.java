package levee.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import levee.bench.CaptureFile.Packet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaptureGeneratorTest {
    private static final long LENGTH = 8L << 20;

    /** Few, so that a short capture sees much of each. */
    private static final int CONNECTIONS = 1000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void theSameSeedGivesTheSameBytes(Profile profile) throws IOException {
        Path first = generate(profile, 1, "first");
        Path second = generate(profile, 1, "second");
        Path other = generate(profile, 2, "other");

        assertThat(Files.mismatch(first, second)).isEqualTo(-1);
        assertThat(Files.mismatch(first, other)).isNotNegative();
    }

    @ParameterizedTest
    @EnumSource
    void theCaptureIsAsLongAsAskedAndWellFormed(Profile profile) throws IOException {
        Path file = generate(profile, 1, "capture");

        assertThat(Files.size(file)).isBetween(LENGTH, LENGTH + 2000);
        List<Packet> packets = CaptureFile.read(file);
        assertThat(packets).isNotEmpty();
        for (int i = 1; i < packets.size(); i++) {
            assertThat(packets.get(i).micros())
                    .isGreaterThanOrEqualTo(packets.get(i - 1).micros());
        }
    }

    @Test
    void mixedTrafficHasTheSizesAndKindsPromised() throws IOException {
        List<Packet> packets = packets(Profile.MIXED);

        assertThat(meanLength(packets)).isCloseTo(350, within(25.0));
        assertThat(share(packets, packet -> packet.protocol() == 6)).isCloseTo(2.0 / 3, within(0.05));
        assertThat(share(packets, Packet::ipv6)).isCloseTo(0.05, within(0.02));
        assertThat(share(packets, Packet::tagged)).isCloseTo(0.05, within(0.02));
        long micros = packets.get(packets.size() - 1).micros() - packets.get(0).micros();
        assertThat(packets.size() / (double) micros).isCloseTo(1, within(0.1));
    }

    @Test
    void mostMixedPacketsHaveOnesInTheOppositeDirection() throws IOException {
        List<Packet> packets = packets(Profile.MIXED);
        Set<String> directions = new HashSet<>();
        for (Packet packet : packets) {
            directions.add(packet.direction());
        }

        assertThat(share(packets, packet -> directions.contains(packet.oppositeDirection())))
                .isGreaterThan(0.9);
        assertThat(share(packets, packet -> packet.source().startsWith("0a"))).isBetween(0.4, 0.7);
    }

    @ParameterizedTest
    @EnumSource(names = {"MIXED", "SMALL"})
    void tcpConnectionsOpenAndCloseAndCountTheirBytes(Profile profile) throws IOException {
        Map<String, Integer> nextSequence = new HashMap<>();
        int opened = 0;
        int closed = 0;
        for (Packet packet : packets(profile)) {
            if (packet.protocol() != 6) {
                continue;
            }
            boolean opening = packet.has(PcapWriter.SYN);
            boolean closing = packet.has(PcapWriter.FIN);
            Integer expected = nextSequence.get(packet.direction());
            if (expected != null && !opening) {
                assertThat(packet.sequence()).isEqualTo(expected);
            }
            Integer acknowledged = nextSequence.get(packet.oppositeDirection());
            if (acknowledged != null && packet.has(PcapWriter.ACK)) {
                assertThat(packet.acknowledgment()).isEqualTo(acknowledged);
            }
            nextSequence.put(
                    packet.direction(), packet.sequence() + packet.payloadLength() + (opening || closing ? 1 : 0));
            opened += opening && packet.has(PcapWriter.ACK) ? 1 : 0;
            closed += closing ? 1 : 0;
        }

        assertThat(opened).isGreaterThan(100);
        assertThat(closed / 2.0).isCloseTo(opened, within(0.4 * opened));
    }

    @Test
    void smallFramesHave64Bytes() throws IOException {
        assertThat(packets(Profile.SMALL)).allMatch(packet -> packet.length() == 64);
    }

    @Test
    void oneWayTrafficHasNoReplies() throws IOException {
        List<Packet> packets = packets(Profile.ONE_WAY);
        Set<String> directions = new HashSet<>();
        Set<String> destinations = new HashSet<>();
        for (Packet packet : packets) {
            directions.add(packet.direction());
            destinations.add(packet.destination());
        }

        assertThat(meanLength(packets)).isCloseTo(358, within(15.0));
        assertThat(directions).hasSize(packets.size());
        assertThat(packets).noneMatch(packet -> directions.contains(packet.oppositeDirection()));
        assertThat(destinations).hasSizeBetween(5_000, 65_536);
        assertThat(share(packets, packet -> packet.protocol() == 6)).isCloseTo(2.0 / 3, within(0.02));
    }

    @Test
    void theFloodIsHalfOfThePacketsInTheMiddleThird() throws IOException {
        List<Packet> packets = packets(Profile.FLOOD);
        String victim = "%08x".formatted(ForgedSyns.VICTIM);
        Predicate<Packet> flooding = packet -> packet.destination().equals(victim) && packet.flags() == PcapWriter.SYN;
        int first = 0;
        while (!flooding.test(packets.get(first))) {
            first++;
        }
        int last = packets.size() - 1;
        while (!flooding.test(packets.get(last))) {
            last--;
        }
        long bytesBefore = packets.subList(0, first).stream()
                .mapToLong(packet -> packet.length() + 16)
                .sum();
        long bytesDuring = packets.subList(first, last).stream()
                .mapToLong(packet -> packet.length() + 16)
                .sum();

        assertThat(share(packets.subList(first, last), flooding)).isCloseTo(0.5, within(0.01));
        assertThat(bytesBefore).isCloseTo(LENGTH / 3, within(3000L));
        assertThat(bytesDuring).isCloseTo(LENGTH / 3, within(3000L));
    }

    @Test
    void sizesHaveUnits() {
        assertThat(CaptureGenerator.parseSize("1234")).isEqualTo(1234);
        assertThat(CaptureGenerator.parseSize("2MiB")).isEqualTo(2 << 20);
        assertThat(CaptureGenerator.parseSize("10GiB")).isEqualTo(10L << 30);
        assertThatThrownBy(() -> CaptureGenerator.parseSize("0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CaptureGenerator.parseSize("1GB")).isInstanceOf(IllegalArgumentException.class);
    }

    private Path generate(Profile profile, long seed, String name) throws IOException {
        Path file = folder.resolve(name);
        CaptureGenerator.generate(profile, LENGTH, seed, CONNECTIONS, file);
        return file;
    }

    private List<Packet> packets(Profile profile) throws IOException {
        return CaptureFile.read(generate(profile, 1, "capture"));
    }

    private static double meanLength(List<Packet> packets) {
        return packets.stream().mapToInt(Packet::length).average().orElse(0);
    }

    private static double share(List<Packet> packets, Predicate<Packet> condition) {
        return packets.stream().filter(condition).count() / (double) packets.size();
    }
}
