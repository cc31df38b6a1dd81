package levee.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import levee.model.IpAddress;
import levee.model.Protocols;
import levee.model.Truth.FlowCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FlowCounterTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int FEW_SLOTS = 1 << 12;

    private final FlowCounter counter = new FlowCounter(1, FEW_SLOTS);

    private static Packet packet(double second, int source, int destination) {
        Packet packet = Packet.simple();
        packet.clear();
        packet.nanos = Math.round(second * SECOND);
        packet.protocol = Protocols.UDP;
        packet.sourceLow = IpAddress.mapIpv4(10 << 24 | source);
        packet.sourcePort = source;
        packet.destinationLow = IpAddress.mapIpv4(10 << 24 | destination);
        packet.destinationPort = destination;
        return packet;
    }

    private void expect(long bidirectional, long unidirectional) {
        assertThat(counter.counts()).contains(new FlowCounts(bidirectional, unidirectional, 60));
    }

    @Test
    void bothDirectionsAreOneFlowOrTwo() {
        counter.add(packet(1, 7, 9));
        counter.add(packet(2, 7, 9));
        expect(1, 1);
        counter.add(packet(3, 9, 7));
        expect(1, 2);
        counter.add(packet(4, 9, 8));
        expect(2, 3);
    }

    @Test
    void flowIsOverAfterAPauseOfMoreThanAMinute() {
        counter.add(packet(0, 7, 9));
        counter.add(packet(60, 7, 9));
        expect(1, 1);
        counter.add(packet(100, 9, 7));
        expect(1, 2);
        counter.add(packet(120.000_000_001, 7, 9));
        expect(1, 3);
        counter.add(packet(200, 7, 9));
        expect(2, 4);
    }

    @Test
    void onlyWhatIsSentHasPorts() {
        Packet first = packet(1, 7, 9);
        first.protocol = Protocols.ICMP;
        first.destinationPort = Ping.ECHO;
        counter.add(first);
        Packet other = packet(2, 7, 9);
        other.protocol = Protocols.ICMP;
        other.destinationPort = Ping.ECHO_REPLY;
        counter.add(other);
        expect(1, 1);
        for (int port : new int[] {1, 2}) {
            Packet orphan = packet(3, 7, 9);
            orphan.destinationPort = port;
            orphan.isOrphan = true;
            counter.add(orphan);
        }
        expect(2, 2);
        for (int offset : new int[] {0, 1_480}) {
            Packet fragment = packet(4, 7, 9);
            fragment.moreFragments = true;
            fragment.fragmentOffset = offset;
            counter.add(fragment);
        }
        expect(3, 3);
    }

    /** By the same rule, with every key and without forgetting any. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void countsAsASimpleCounterDoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<List<Long>, Long> last = new HashMap<>();
        long bidirectional = 0;
        long unidirectional = 0;
        double second = 0;
        for (int i = 0; i < 100_000; i++) {
            second += random.nextExponential() * 0.1;
            Packet packet = packet(second, random.nextInt(40), random.nextInt(40, 80));
            packet.protocol = random.nextBoolean() ? Protocols.TCP : Protocols.UDP;
            if (random.nextBoolean()) {
                Victim.reverse(packet);
            }
            long lower = Math.min(packet.sourcePort, packet.destinationPort);
            long upper = Math.max(packet.sourcePort, packet.destinationPort);
            List<Long> flow = List.of((long) packet.protocol, lower, upper);
            List<Long> direction = new ArrayList<>(flow);
            direction.add((long) packet.sourcePort);
            bidirectional += isNew(last, flow, packet.nanos);
            unidirectional += isNew(last, direction, packet.nanos);
            counter.add(packet);
        }
        assertThat(bidirectional).isGreaterThan(1_000);
        expect(bidirectional, unidirectional);
    }

    private static int isNew(Map<List<Long>, Long> last, List<Long> key, long now) {
        boolean isNew = !last.containsKey(key) || now - last.get(key) > 60 * SECOND;
        last.put(key, now);
        return isNew ? 1 : 0;
    }

    @Test
    void memoryHoldsThoseThatMayGoOn() {
        for (int i = 0; i < 100 * FEW_SLOTS; i++) {
            counter.add(packet(i * 0.1, i, i + 1));
        }
        expect(100L * FEW_SLOTS, 100L * FEW_SLOTS);
    }

    @Test
    void tooManyAtOnceAreNotCounted() {
        for (int i = 0; i < FEW_SLOTS; i++) {
            counter.add(packet(0, i, i + 1));
        }
        assertThat(counter.counts()).isEqualTo(Optional.empty());
        counter.add(packet(1_000, 1, 2));
        assertThat(counter.counts()).isEqualTo(Optional.empty());
    }
}
