package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import levee.drill.PlannedAttack;
import levee.drill.Scenario;
import levee.drill.Scene;
import levee.model.AttackVector;
import levee.model.EpochNanos;
import levee.model.Prefix;
import levee.model.Truth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** By a clock that goes as fast as somebody sleeps. */
@Timeout(20)
final class DrillTrafficTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 1_800_000_000L * SECOND;

    private final AtomicLong nowNanos = new AtomicLong(START);
    private final AtomicInteger sleeps = new AtomicInteger();
    private final Told told = new Told();

    private static final Scenario SCENARIO = Scenario.ordinary(5)
            .withSize(50, 5)
            .lasting(Duration.ofSeconds(10))
            .with(PlannedAttack.of(AttackVector.UDP_FLOOD)
                    .at(Duration.ofSeconds(2))
                    .lasting(Duration.ofSeconds(3))
                    .atRate(100)
                    .on(Prefix.parse("10.16.0.33")));

    private final class Told implements DrillTraffic.Audience {
        private final List<Scenario> scenarios = Collections.synchronizedList(new ArrayList<>());
        private final List<Long> begun = Collections.synchronizedList(new ArrayList<>());
        private final List<Truth> truths = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger lost = new AtomicInteger();
        private final AtomicInteger late = new AtomicInteger();
        private final CountDownLatch third = new CountDownLatch(3);

        @Override
        public void begins(Scenario scenario, List<Scene> programme) {
            scenarios.add(scenario);
            third.countDown();
        }

        @Override
        public void begins(Scene scene) {
            begun.add(nowNanos.get() - EpochNanos.of(scene.start()));
        }

        @Override
        public void over(Truth truth) {
            truths.add(truth);
        }

        @Override
        public void late(double seconds) {
            late.incrementAndGet();
        }

        @Override
        public void lost() {
            lost.incrementAndGet();
        }
    }

    /** Plays until the third scenario has begun. */
    private void play(Pace.Sleeper sleeper) throws Exception {
        try (DatagramSocket collector = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DrillRouters routers = new DrillRouters(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), collector.getLocalPort()))) {
            try (DrillTraffic traffic = new DrillTraffic(
                    DrillScenarios.file(Path.of("play.yaml"), SCENARIO),
                    routers,
                    new Pace(nowNanos::get, sleeper),
                    told)) {
                traffic.start();
                assertThat(told.third.await(10, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(routers.unsent()).isZero();
            assertThat(senders(collector)).containsExactlyInAnyOrder("127.0.0.11", "127.0.0.12", "127.0.0.13");
        }
    }

    private static Set<String> senders(DatagramSocket collector) throws Exception {
        Set<String> senders = new HashSet<>();
        collector.setSoTimeout(1_000);
        while (senders.size() < 3) {
            DatagramPacket datagram = new DatagramPacket(new byte[2_048], 2_048);
            collector.receive(datagram);
            senders.add(datagram.getAddress().getHostAddress());
        }
        return senders;
    }

    private void sleep(long nanos) {
        nowNanos.addAndGet(nanos);
    }

    @Test
    void oneScenarioFollowsTheOtherWithoutAGap() throws Exception {
        play(this::sleep);

        assertThat(told.scenarios.stream().limit(3).map(scenario -> EpochNanos.of(scenario.start()) - START))
                .containsExactly(0L, 10 * SECOND, 610 * SECOND);
        assertThat(told.scenarios.stream().limit(3).map(Scenario::seed)).containsExactly(5L, 6L, 7L);
        assertThat(told.scenarios.get(1).attacks()).isEmpty();
        assertThat(told.truths.getFirst().attacks()).hasSize(1);
        assertThat(told.lost).hasValue(0);
        assertThat(told.late).hasValue(0);
    }

    @Test
    void anAttackIsAnnouncedAsItBegins() throws Exception {
        play(this::sleep);

        assertThat(told.begun)
                .singleElement()
                .satisfies(after -> assertThat(after).isBetween(0L, SECOND / 10));
    }

    @Test
    void whoCannotKeepUpSaysSoAndGoesOnFromNow() throws Exception {
        play(nanos -> sleep(sleeps.incrementAndGet() == 100 ? 3_600 * SECOND : nanos));

        assertThat(told.lost).hasValue(1);
        assertThat(EpochNanos.of(told.scenarios.get(1).start())).isGreaterThan(START + 3_600 * SECOND);
        assertThat(told.truths.getFirst().end()).isBefore(told.scenarios.get(1).start());
    }

    @Test
    void whoIsLateSaysSoOnce() throws Exception {
        play(nanos -> sleep(sleeps.incrementAndGet() % 100 == 50 ? 4 * SECOND : nanos));

        assertThat(told.lost).hasValue(0);
        assertThat(told.late).hasValueGreaterThan(0).hasValueLessThan(4);
    }
}
