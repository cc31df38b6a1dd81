package levee.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import levee.model.FindingEvent.Change;
import levee.server.EventStream.Event;
import levee.store.StoredFinding;
import levee.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EventOperationsTest {
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.withoutTokens();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void viewersHearOfEachChange() throws Exception {
        try (EventStream stream = new EventStream(server.port)) {
            assertThat(stream.status).isEqualTo("HTTP/1.1 200 OK");
            assertThat(stream.headers)
                    .contains("Content-Type: text/event-stream", "Cache-Control: no-store", "X-Accel-Buffering: no");
            assertThat(stream.next().id()).endsWith("-0");

            server.feed.publish(Change.OPENED, Findings.open(1));
            server.feed.publish(Change.CHANGED, Findings.open(1));
            server.feed.publish(Change.ENDED, Findings.ended(1));
            server.feed.publish(Change.ABSORBED, Findings.ended(2));

            Event opened = stream.nextChange();
            ObjectNode expected = JsonMapper.shared().createObjectNode().put("event", "opened");
            expected.setAll(
                    (ObjectNode) JsonMapper.shared().readTree(Findings.open(1).json()));
            expected.put("detected_at", "2026-03-01T12:01:01.750Z").put("mode", "alert");
            assertThat(opened.name()).isEqualTo("opened");
            assertThat(opened.id()).endsWith("-1");
            assertThat(opened.data()).isEqualTo(expected.toString());
            assertThat(stream.nextChange().name()).isEqualTo("changed");
            assertThat(stream.nextChange().name()).isEqualTo("ended");
            assertThat(stream.nextChange().name()).isEqualTo("absorbed");
        }
    }

    @Test
    void whoComesBackIsToldWhatHappenedMeanwhile() throws Exception {
        String place;
        try (EventStream stream = new EventStream(server.port)) {
            stream.next();
            server.feed.publish(Change.OPENED, Findings.open(1));
            place = stream.nextChange().id();
        }
        server.feed.publish(Change.OPENED, Findings.open(2));
        server.feed.publish(Change.OPENED, Findings.open(3));

        try (EventStream stream = new EventStream(server.port, "Last-Event-ID", place)) {
            assertThat(stream.nextChange().data()).contains(Findings.open(2).id());
            assertThat(stream.nextChange().data()).contains(Findings.open(3).id());
        }
    }

    @Test
    void whoComesBackTooLateIsToldSo() throws Exception {
        for (int i = 0; i < 1_200; i++) {
            server.feed.publish(Change.OPENED, Findings.open(1));
        }
        String life = Long.toString(TestClock.NOW.toEpochMilli(), 36);
        for (String place : List.of(life + "-100", life + "-1201", "other-1199", "1199", life + "-x", life + "--1")) {
            try (EventStream stream = new EventStream(server.port, "Last-Event-ID", place)) {
                Event first = stream.next();
                assertThat(first.name()).as(place).isEqualTo("missed");
                assertThat(first.id()).isEqualTo(life + "-1200");
            }
        }
        try (EventStream stream = new EventStream(server.port, "Last-Event-ID", life + "-200")) {
            assertThat(stream.next().name()).isEmpty();
            assertThat(stream.nextChange().id()).isEqualTo(life + "-201");
        }
    }

    @Test
    void silenceHasAHeartbeat() throws Exception {
        try (EventStream stream = new EventStream(server.port)) {
            stream.next();
            assertThat(stream.next().comment()).isEqualTo("still here");
            assertThat(stream.next().comment()).isEqualTo("still here");
        }
    }

    @Test
    void whoHasGoneIsForgotten() throws Exception {
        try (EventStream stream = new EventStream(server.port)) {
            stream.next();
            assertThat(server.feed.statistics().viewers()).isEqualTo(1);
        }
        await(() -> server.feed.statistics().viewers() == 0);
    }

    @Test
    void tooManyViewersAreRefused() throws Exception {
        ServerLimits two = new ServerLimits(20, 2, Duration.ofSeconds(5), Duration.ofMillis(200), 10);
        try (TestServer small = new TestServer(
                        new ServerSettings("127.0.0.1", 0, List.of(), List.of(), Operation.Access.VIEWERS, "1", two));
                EventStream one = new EventStream(small.port);
                EventStream other = new EventStream(small.port)) {
            one.next();
            other.next();
            assertThat(small.get("/api/v1/events").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void aServerThatStopsEndsItsViewers() throws Exception {
        try (EventStream stream = new EventStream(server.port)) {
            stream.next();
            server.server.close();
            assertThatThrownBy(() -> {
                        while (true) {
                            stream.next();
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    /** More than the buffers of two sockets hold, so that the server cannot write any more. */
    @Test
    @Tag("slow")
    void aSlowViewerIsCutOffAndHoldsUpNobody() throws Exception {
        StoredFinding finding = Findings.open(1);
        try (EventStream slow = new EventStream(server.port);
                EventStream fast = new EventStream(server.port);
                ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor()) {
            slow.next();
            fast.next();
            Future<Integer> read = reader.submit(() -> {
                int changes = 0;
                while (!fast.nextChange().name().equals("ended")) {
                    changes++;
                }
                return changes;
            });
            long longestNanos = 0;
            for (int i = 0; i < 20_000; i++) {
                long before = System.nanoTime();
                server.feed.publish(Change.CHANGED, finding);
                longestNanos = Math.max(longestNanos, System.nanoTime() - before);
                if (i % 50 == 0) {
                    // The fast one shall not be cut off only because this machine is busy.
                    TimeUnit.MILLISECONDS.sleep(10);
                }
            }
            server.feed.publish(Change.ENDED, finding);

            assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo(20_000);
            assertThat(longestNanos).isLessThan(TimeUnit.SECONDS.toNanos(2));
            await(() -> server.feed.statistics().viewers() == 1);
            assertThat(server.feed.statistics().cutOff()).isEqualTo(1);
            assertThatThrownBy(() -> {
                        while (true) {
                            slow.next();
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    /** Nothing more happens, so that the history does not pass it by. */
    @Test
    @Tag("slow")
    void aViewerThatTakesNothingIsForgotten() throws Exception {
        ServerLimits hasty = new ServerLimits(20, 2, Duration.ofSeconds(1), Duration.ofMillis(200), 10);
        TestClock clock = new TestClock();
        FindingFeed large = new FindingFeed(clock, 10_000, 64 << 20);
        ServerSettings settings =
                new ServerSettings("127.0.0.1", 0, List.of(), List.of(), Operation.Access.VIEWERS, "1", hasty);
        try (LeveeServer other = new LeveeServer(
                        settings,
                        server.store,
                        server.system,
                        large,
                        clock,
                        server.complaints::add,
                        server.people,
                        Addition.NONE);
                EventStream stuck = new EventStream(other.start())) {
            stuck.next();
            for (int i = 0; i < 5_000; i++) {
                large.publish(Change.CHANGED, Findings.open(1));
            }
            await(() -> large.statistics().viewers() == 0);
            assertThat(large.statistics().cutOff()).isZero();
        }
    }

    @Test
    @Tag("slow")
    void aHundredViewersSeeAThousandFindings() throws Exception {
        List<EventStream> streams = new ArrayList<>();
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
        try {
            for (int i = 0; i < 100; i++) {
                streams.add(new EventStream(server.port));
            }
            await(() -> server.feed.statistics().viewers() == 100);
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (EventStream stream : streams) {
                tasks.add(() -> {
                    int seen = 0;
                    while (seen < 1_000) {
                        stream.nextChange();
                        seen++;
                    }
                    return seen;
                });
            }
            List<Future<Integer>> results = tasks.stream().map(readers::submit).toList();
            for (int i = 0; i < 1_000; i++) {
                server.feed.publish(Change.OPENED, Findings.open(i));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get(60, TimeUnit.SECONDS)).isEqualTo(1_000);
            }
        } finally {
            for (EventStream stream : streams) {
                stream.close();
            }
            readers.close();
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
