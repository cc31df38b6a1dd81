package levee.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import levee.flowexport.ExportFormat;
import levee.model.IpAddress;
import org.junit.jupiter.api.Test;

/** Each packet passes one of the routers at the edge. */
final class EdgeRoutersTest {
    private static final int ROUTERS = 3;

    private final Scenario scenario = Scenarios.everyKind(1);

    @Test
    void answersPassTheRouterOfTheirQuestions() {
        Drill drill = new Drill(scenario);
        Map<Set<IpAddress>, Integer> numbers = new HashMap<>();
        Set<Set<IpAddress>> forth = new HashSet<>();
        Set<Set<IpAddress>> back = new HashSet<>();
        int[] packets = new int[ROUTERS];
        while (drill.advance()) {
            Packet packet = drill.packet();
            Set<IpAddress> ends = Set.of(packet.source(), packet.destination());
            int number = EdgeRouters.number(packet, ROUTERS);
            assertThat(numbers.merge(ends, number, (before, now) -> before)).isEqualTo(number);
            (OwnHosts.isOwn(packet.sourceHigh, packet.sourceLow) ? back : forth).add(ends);
            packets[number]++;
        }

        forth.retainAll(back);
        assertThat(forth).as("pairs that were seen both ways").hasSizeGreaterThan(100);
        assertThat(Arrays.stream(packets)).allMatch(count -> count > 1_000);
    }

    @Test
    void hostsOfOneNetworkOutsidePassTheSameRouter() {
        Packet packet = Packet.simple();
        Set<Integer> numbers = new HashSet<>();
        for (int host = 0; host < 256; host++) {
            packet.sourceLow = IpAddress.mapIpv4(0xc633_0000 | host);
            packet.destinationLow = IpAddress.mapIpv4(0x0a10_0000 | host * 7);
            numbers.add(EdgeRouters.number(packet, ROUTERS));
        }

        assertThat(numbers).hasSize(1);
    }

    @Test
    void everyRouterTellsOfItsPart() {
        List<List<Long>> told = new ArrayList<>();
        List<ExportingRouter> routers = new ArrayList<>();
        for (int i = 0; i < ROUTERS; i++) {
            List<Long> bytes = new ArrayList<>();
            told.add(bytes);
            routers.add(new ExportingRouter(
                    scenario, ExportFormat.SFLOW, 1, (nanos, datagram, length) -> bytes.add(nanos)));
        }
        EdgeRouters edge = new EdgeRouters(routers);
        Drill drill = new Drill(scenario);
        long last = 0;
        while (drill.advance()) {
            edge.see(drill.packet());
            last = drill.packet().nanos();
        }
        edge.advance(last + 2_000_000_000L);

        assertThat(told).allSatisfy(times -> assertThat(times).isSorted().hasSizeGreaterThan(100));
    }

    @Test
    void theProgrammeSaysWhatIsPlayed() {
        Drill drill = new Drill(scenario);
        List<Scene> programme = drill.programme();
        while (drill.advance()) {
            // Only what was played becomes truth.
        }

        assertThat(programme).isSortedAccordingTo((a, b) -> a.start().compareTo(b.start()));
        assertThat(programme.stream()
                        .filter(scene -> scene instanceof Scene.Flood)
                        .map(Scene::target))
                .containsExactlyInAnyOrderElementsOf(drill.truth().attacks().stream()
                        .map(attack -> attack.target())
                        .toList());
        assertThat(programme.stream()
                        .filter(scene -> scene instanceof Scene.Innocent)
                        .map(scene -> scene.target().address()))
                .containsExactlyInAnyOrderElementsOf(drill.truth().lookAlikes().stream()
                        .map(alike -> alike.target())
                        .toList());
    }
}
