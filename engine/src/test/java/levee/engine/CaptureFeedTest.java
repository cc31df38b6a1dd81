package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import levee.attack.DetectionSettings;
import levee.attack.LearnedRates;
import levee.flowexport.ExporterLimits;
import levee.flowexport.ExporterTable;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.FindingEvent;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.testing.RealData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Packets that come through a FIFO, as tcpdump writes them. */
@Tag("slow")
@Timeout(60)
class CaptureFeedTest {
    @TempDir
    private Path folder;

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<FindingEvent> events = new LinkedBlockingQueue<>();
    private Path fifo;
    private CaptureFeed feed;
    private LiveEngine engine;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        fifo = folder.resolve("capture");
        boolean isMade;
        try {
            isMade = new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0;
        } catch (IOException e) {
            isMade = false;
        }
        assumeThat(isMade).as("this system has mkfifo").isTrue();
        engine = new LiveEngine(
                new LiveEngine.Settings(
                        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                        List.of(),
                        1 << 16,
                        DetectionSettings.of(OwnNetworks.of(List.of(Prefix.parse("10.0.0.0/8")))),
                        Optional.empty(),
                        1),
                new ExporterTable(List.of(), ExporterLimits.defaults(), 1),
                new LearnedRates(LearnedRates.USUAL_CAPACITY, 1),
                new LearnedTraffic(List.of()),
                () -> System.currentTimeMillis() * 1_000_000,
                events::add,
                (second, volumes) -> {});
        feed = new CaptureFeed(fifo.toString(), messages::add);
        engine.attach(feed);
        engine.start();
    }

    @AfterEach
    void stop() {
        if (engine != null) {
            engine.close();
        }
    }

    /** Writes a little-endian pcap at its own pace, so many times faster. */
    private void play(byte[] capture, int faster) throws IOException, InterruptedException {
        List<Integer> ends = SampleCapture.recordEnds(capture);
        ByteBuffer bytes = ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN);
        long firstMicros = micros(bytes, ends.get(0));
        long begun = System.nanoTime();
        try (OutputStream out = Files.newOutputStream(fifo)) {
            out.write(capture, 0, ends.get(0));
            for (int i = 0; i + 1 < ends.size(); i++) {
                long due = begun + (micros(bytes, ends.get(i)) - firstMicros) * 1_000 / faster;
                long wait = due - System.nanoTime();
                if (wait > 1_000_000) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
                out.write(capture, ends.get(i), ends.get(i + 1) - ends.get(i));
            }
        }
    }

    private static long micros(ByteBuffer bytes, int at) {
        return Integer.toUnsignedLong(bytes.getInt(at)) * 1_000_000 + bytes.getInt(at + 4);
    }

    private Attack attack() throws InterruptedException {
        FindingEvent event = events.poll(10, TimeUnit.SECONDS);
        assertThat(event).as("messages: " + messages).isNotNull();
        return (Attack) event.finding();
    }

    private String message() throws InterruptedException {
        String message = messages.poll(20, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        return message;
    }

    @Test
    void realFloodIsFoundWhileItIsWritten() throws Exception {
        byte[] capture = Files.readAllBytes(RealData.file("attacks/pkt.TCP.synflood.spoofed.pcap"));
        play(capture, 10);

        Attack attack = attack();
        assertThat(attack.target()).isEqualTo(Prefix.parse("10.10.10.10"));
        assertThat(attack.vectors()).extracting(Attack.VectorShare::vector).contains(AttackVector.TCP_SYN_FLOOD);
        assertThat(attack.direction()).isEqualTo(Attack.Direction.INBOUND);
        assertThat(attack.start())
                .as("the recording is played now")
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(message()).contains("has ended after 37841 packets", "it is opened again");
        assertThat(feed.packets()).isEqualTo(37_841);
        assertThat(engine.failure()).isEmpty();
    }

    @Test
    void floodIsFoundAndFifoIsOpenedAgain() throws Exception {
        byte[] capture = SampleCapture.flood();
        play(capture, 4);
        assertThat(attack().vectors()).extracting(Attack.VectorShare::vector).contains(AttackVector.TCP_SYN_FLOOD);
        assertThat(message()).contains("has ended after 12000 packets");
        play(Arrays.copyOf(capture, SampleCapture.recordEnds(capture).get(10)), 1);
        assertThat(message()).contains("has ended after 10 packets; it is opened again");
        assertThat(feed.packets()).isEqualTo(12_010);
        while (engine.statistics().packets() < feed.packets()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(engine.statistics().packets()).isEqualTo(feed.packets());
        assertThat(engine.statistics().flows()).isZero();
    }

    @Test
    void damageIsCountedAndRubbishIsNamed() throws Exception {
        byte[] capture = SampleCapture.ordinary(100);
        try (OutputStream out = Files.newOutputStream(fifo)) {
            out.write(capture, 0, capture.length - 7);
        }
        assertThat(message()).contains("has ended after 99 packets", "damaged at byte ");
        assertThat(feed.rejected()).isEqualTo(Map.of("truncated", 1L));
        try (OutputStream out = Files.newOutputStream(fifo)) {
            out.write("Tue Mar  3 10:00:00 no capture at all\n".repeat(200).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // The reader may be gone before all is written.
            assertThat(e).hasMessageContaining("pipe");
        }
        assertThat(message()).contains("is neither pcap nor pcapng");
        assertThat(engine.failure()).isEmpty();
    }

    @Test
    void closingDoesNotWaitForAWriter() {
        long before = System.nanoTime();
        engine.close();
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before)).isLessThan(5);
        assertThat(messages).isEmpty();
    }
}
