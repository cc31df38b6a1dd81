package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import levee.indicator.AllowTable;
import levee.model.CommandServer;
import levee.model.FindingEvent.Change;
import levee.model.InfectedHost;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.IpAddress;
import levee.telemetry.ConnectionTable;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;
import levee.telemetry.FlowBatch;
import levee.telemetry.FlowBatch.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BotDeterminismTest {
    private static BotPlayer player(long seed, int batchRows) {
        return new BotPlayer(
                Rows.CONNECTIONS,
                AbuseSettings.of(BotPlayer.OWN).with(AllowTable.NOTHING, BotPlayer.known()),
                BotPlayer.MEMORY,
                seed,
                batchRows);
    }

    /** Two bots of one master that scan, one that asks for names, one that floods, and people. */
    private static BotPlayer play(BotPlayer player) {
        SplittableRandom random = new SplittableRandom(9);
        String master = BotPlayer.outside(1);
        for (int minute = 0; minute < 300; minute++) {
            double second = minute * 60.0;
            for (int bot = 1; bot <= 2; bot++) {
                player.tcp(second + bot, 1, BotPlayer.own(bot), master, 5_656, 8, 900, 7, 1_400);
            }
            if (minute > 100) {
                for (int i = 0; i < 5; i++) {
                    player.unanswered(
                            second + 10 + i, BotPlayer.own(1), BotPlayer.outside(random.nextInt(1 << 20)), 23);
                    player.refused(second + 10.5 + i, BotPlayer.own(2), BotPlayer.outside(random.nextInt(1 << 20)), 23);
                }
                player.dns(
                        second + 20, BotPlayer.own(3), Long.toString(random.nextLong() | 1L << 60, 36) + ".com", 1, 3);
            }
            if (minute == 200) {
                player.connection(
                        second + 30,
                        20,
                        BotPlayer.own(4),
                        4_000,
                        BotPlayer.outside(2),
                        80,
                        17,
                        0,
                        90_000,
                        9_000_000,
                        0,
                        0,
                        0);
            }
            for (int i = 0; i < 10; i++) {
                player.answered(
                        second + 40 + i,
                        BotPlayer.own(10 + random.nextInt(20)),
                        BotPlayer.outside(100 + random.nextInt(50)),
                        443);
            }
        }
        return player.finish();
    }

    private static List<String> summary(BotPlayer player) {
        List<String> lines = new ArrayList<>();
        for (InfectedHost host : player.all(InfectedHost.class)) {
            lines.add(host.id() + " " + host.host() + " " + host.level() + " " + host.levelSince() + " " + host.start()
                    + " " + player.kinds(host.host().toString()) + " " + Math.round(host.score()) + " "
                    + host.commandServers());
        }
        for (CommandServer server : player.servers()) {
            lines.add(server.id() + " " + server.server() + " " + server.rank() + " " + server.hosts());
        }
        player.botnets().forEach(botnet -> lines.add(botnet.id() + " " + botnet.hosts()));
        lines.sort(null);
        return lines;
    }

    @Test
    void theScenarioIsFound() {
        BotPlayer player = play(player(1, 64));
        for (int bot = 1; bot <= 4; bot++) {
            assertThat(player.host(BotPlayer.own(bot))).as("bot %d", bot).isPresent();
        }
        assertThat(player.all(InfectedHost.class)).hasSize(4);
        assertThat(player.servers()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 3, -1, 0x1234_5678_9abc_def0L})
    void anotherSeedFindsTheSame(long seed) {
        assertThat(summary(play(player(seed, 64)))).isEqualTo(summary(play(player(1, 64))));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 333, 4_096})
    void otherBatchesFindTheSame(int batchRows) {
        assertThat(summary(play(player(1, batchRows)))).isEqualTo(summary(play(player(1, 64))));
    }

    /** A merged capture: what was before has nothing to do with what comes. */
    @Test
    void afterAJumpOfTheClockNothingOfBeforeCounts() {
        BotPlayer player = player(1, 64);
        String host = BotPlayer.own(1);
        for (int i = 0; i < 6; i++) {
            player.unanswered(50_000 + i, host, BotPlayer.outside(i), 23);
        }
        player.restart();
        player.mark(0, host);
        for (int i = 0; i < 6; i++) {
            player.unanswered(1 + i, host, BotPlayer.outside(100 + i), 23);
        }
        player.finish();
        assertThat(player.kinds(host)).containsExactly(BehaviourKind.KNOWN_INDICATOR);
        assertThat(player.host(host).orElseThrow().start()).isEqualTo(Telling.instant(BotPlayer.nanos(0)));
    }

    @Test
    void theSameAgainAfterAJumpIsFoundAgain() {
        BotPlayer once = play(player(1, 64));
        BotPlayer twice = play(player(1, 64));
        twice.restart();
        play(twice);
        assertThat(summary(twice)).isEqualTo(summary(once));
        long opened = once.events.stream()
                .filter(event -> event.change() == Change.OPENED)
                .count();
        assertThat(twice.events.stream().filter(event -> event.change() == Change.OPENED))
                .hasSize((int) (2 * opened));
    }

    /** Whatever bytes come: nothing is thrown, and what is told can be read. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void hostileRowsAndEventsAreTaken(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> told = new ArrayList<>();
        BotDetector detector = new BotDetector(
                AbuseSettings.of(BotPlayer.OWN).with(AllowTable.NOTHING, BotPlayer.known()),
                BotPlayer.MEMORY,
                seed,
                event -> told.add(event.finding().toString()));
        ConnectionTable table = new ConnectionTable(1 << 10, seed);
        FlowBatch batch = new FlowBatch(256);
        byte[] bytes = new byte[300];
        for (int round = 0; round < 60; round++) {
            Rows kind = Rows.values()[random.nextInt(4)];
            batch.clear(kind);
            batch.restart = random.nextInt(20) == 0;
            for (int row = 0; row < 200; row++) {
                batch.reset(row);
                long time = random.nextInt(50) == 0 ? random.nextLong() >>> 2 : BotPlayer.nanos(round * 60 + row * 0.2);
                batch.firstNanos[row] = time;
                batch.lastNanos[row] = kind.arePackets() ? time : time + random.nextLong(1L << 40);
                address(random, batch.sourceHigh, batch.sourceLow, row);
                address(random, batch.destinationHigh, batch.destinationLow, row);
                batch.sourcePort[row] = (char) random.nextInt();
                batch.destinationPort[row] = (char) (random.nextBoolean() ? random.nextInt() : random.nextInt(2_000));
                batch.protocol[row] = (byte) (random.nextBoolean() ? 6 : random.nextBoolean() ? 17 : random.nextInt());
                batch.tcpFlags[row] = (byte) random.nextInt();
                if (kind != Rows.PACKETS) {
                    batch.packets[row] = random.nextInt(10) == 0 ? random.nextLong() >>> 8 : random.nextInt(10_000);
                    batch.bytes[row] = random.nextInt(10) == 0 ? random.nextLong() >>> 4 : random.nextInt(1_000_000);
                    batch.samplingRate[row] = random.nextBoolean() ? 1 : random.nextInt(1, 1 << 20);
                }
                batch.tcpSequence[row] = random.nextInt();
                batch.ipIdentification[row] = (char) random.nextInt();
                batch.payloadHint[row] = (byte) random.nextInt(40);
                batch.relation[row] = (byte) random.nextInt();
            }
            batch.size = 200;
            EventBatch events = batch.events;
            for (int i = 0; i < 60 && events.hasRoom(); i++) {
                int event = events.begin(EventKind.values()[random.nextInt(EventKind.values().length)]);
                events.nanos[event] =
                        random.nextInt(50) == 0 ? random.nextLong() >>> 2 : BotPlayer.nanos(round * 60 + i);
                address(random, events.initiatorHigh, events.initiatorLow, event);
                address(random, events.responderHigh, events.responderLow, event);
                events.initiatorPort[event] = (char) random.nextInt();
                events.responderPort[event] = (char) random.nextInt(1_000);
                events.protocol[event] = (byte) random.nextInt();
                events.flags[event] = (byte) random.nextInt(4);
                events.code[event] = random.nextBoolean() ? random.nextInt() : random.nextInt(5);
                events.type[event] = random.nextBoolean() ? random.nextInt() : random.nextInt(20);
                for (Text which : Text.values()) {
                    random.nextBytes(bytes);
                    events.write(which, bytes, 0, random.nextInt(bytes.length));
                }
                for (int a = random.nextInt(10); a > 0; a--) {
                    events.writeAddress(random.nextLong(), random.nextLong());
                }
            }
            table.hash(batch);
            table.annotate(batch);
            detector.process(batch);
            detector.tick(BotPlayer.nanos(round * 60 + 59));
        }
        detector.finish();
        assertThat(String.join("", told)).matches("[ -~]*");
    }

    private static void address(SplittableRandom random, long[] high, long[] low, int at) {
        boolean isOwn = random.nextInt(3) > 0;
        IpAddress address =
                IpAddress.parse(isOwn ? BotPlayer.own(random.nextInt(16)) : BotPlayer.outside(random.nextInt(500)));
        boolean isOdd = random.nextInt(20) == 0;
        high[at] = isOdd ? random.nextLong() : address.high();
        low[at] = isOdd ? random.nextLong() : address.low();
    }
}
