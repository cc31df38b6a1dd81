package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import levee.detection.MemoryBudget;
import levee.model.InfectedHost;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;
import levee.telemetry.FlowBatch.Rows;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TablesTest {
    private static final MemoryBudget NONE = new MemoryBudget(0);

    private static Host host(int number) {
        return new Host(0, number, new SplittableRandom(number).nextLong(), number);
    }

    private static Sign sign() {
        return new Sign(BehaviourKind.SCANNING, 30, 0, 0, List.of(), List.of());
    }

    @Test
    @Tag("slow")
    void threeMillionHostsFindRoomForAFewAndThoseOfNoteStay() {
        AtomicLong gone = new AtomicLong();
        HostTable table = new HostTable(1 << 16, host -> gone.incrementAndGet());
        SplittableRandom random = new SplittableRandom(1);
        List<Host> ofNote = new ArrayList<>();
        for (int i = 0; i < 3_000_000; i++) {
            Host host = table.findOrAdd(1, i, random.nextLong(), i / 1_000);
            if (i % 10_000 == 0) {
                host.say(Map.of(BehaviourKind.SCANNING, sign()));
                ofNote.add(host);
            }
        }
        assertThat(table.size()).isLessThanOrEqualTo(1 << 17);
        assertThat(gone.get()).isEqualTo(3_000_000 - table.size());
        assertThat(table.evicted()).isEqualTo(gone.get());
        for (Host host : ofNote) {
            assertThat(table.find(host.high, host.low, host.hash)).isSameAs(host);
        }
    }

    @Test
    void hostsAreFoundAgainHoweverTheTableGrows() {
        HostTable table = new HostTable(1 << 16, host -> {
            throw new AssertionError("there is room for all");
        });
        List<Host> hosts = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            Host host = host(i);
            hosts.add(table.findOrAdd(0, i, host.hash, i));
        }
        for (Host host : hosts) {
            assertThat(table.findOrAdd(host.high, host.low, host.hash, 0)).isSameAs(host);
        }
        assertThat(table.size()).isEqualTo(20_000);
    }

    @Test
    void pairsThatMeanMostStay() {
        AtomicLong gone = new AtomicLong();
        PairTable table = new PairTable(1 << 10, pair -> gone.incrementAndGet());
        SplittableRandom random = new SplittableRandom(2);
        List<Pair> ofNote = new ArrayList<>();
        Host host = host(1);
        Remote remote = new Remote(0, 1, 80, 6, null, 0);
        for (int i = 0; i < 200_000; i++) {
            Pair pair = new Pair(random.nextLong(), host, remote, i * 1_000_000L, NONE);
            if (i % 2_000 == 0) {
                pair.interest = 20;
                ofNote.add(pair);
            }
            table.add(pair);
        }
        assertThat(gone.get()).isGreaterThanOrEqualTo(200_000 - (1 << 10));
        assertThat(table.evicted()).isEqualTo(gone.get());
        assertThat(table.hasPlenty()).isFalse();
        for (Pair pair : ofNote) {
            assertThat(table.find(pair.key)).isSameAs(pair);
        }
    }

    /** Growing halves each bucket, so that none can hold more than it has room for; where it does not, the oldest goes. */
    @Test
    void serversThatFallInOneBucketFindRoom() {
        RemoteTable table = new RemoteTable();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 20_000; i++) {
            // The bits that choose a bucket are few, and at last all the same.
            long key = random.nextLong() & (i < 10_000 ? 0xff00_ffff_07ff_ffffL : 0xffff_ffff_0000_ffffL);
            Remote remote = table.findOrAdd(key, 0, i, 80, 6, null, i);
            assertThat(table.findOrAdd(key, 0, i, 80, 6, null, i)).isSameAs(remote);
        }
    }

    @Test
    void serversAreFoundAgain() {
        RemoteTable table = new RemoteTable();
        SplittableRandom random = new SplittableRandom(4);
        long[] keys = random.longs(50_000).toArray();
        Remote[] remotes = new Remote[keys.length];
        for (int i = 0; i < keys.length; i++) {
            remotes[i] = table.findOrAdd(keys[i], 0, i, 80, 6, null, i);
        }
        for (int i = 0; i < keys.length; i++) {
            assertThat(table.findOrAdd(keys[i], 0, i, 80, 6, null, i)).isSameAs(remotes[i]);
        }
    }

    @Test
    void aServerListsAFewOfItsHostsAndCountsAll() {
        Remote remote = new Remote(0, 1, 80, 6, null, 0);
        for (int i = 0; i < 63; i++) {
            remote.add(host(i));
            remote.add(remote.hosts().get(i));
        }
        assertThat(remote.hostCount()).isEqualTo(63);
        for (int i = 63; i < 400; i++) {
            remote.add(host(i));
        }
        assertThat(remote.hosts()).hasSize(Remote.LISTED);
        assertThat((double) remote.hostCount()).isBetween(340.0, 460.0);
        for (int i = 400; i < 100_000; i++) {
            remote.add(host(i));
        }
        assertThat(remote.hosts()).hasSize(Remote.LISTED);
        assertThat(remote.hostCount()).isGreaterThan(2_000);
    }

    @Test
    void visitorsCountForADayOrTwo() {
        Remote remote = new Remote(0, 1, 80, 6, null, 0);
        remote.add(host(0));
        for (int i = 1; i <= 20; i++) {
            remote.visit(host(i), 1_000);
            remote.visit(host(i), 1_001);
        }
        assertThat(remote.hostCount()).isBetween(20, 22);
        assertThat(remote.hosts()).hasSize(1);
        remote.visit(host(30), 1_000 + 90_000);
        assertThat(remote.hostCount()).isBetween(21, 23);
        remote.visit(host(31), 1_000 + 180_000);
        assertThat(remote.hostCount()).isEqualTo(3);
    }

    @Test
    void firstContactsAreKnownAgainUntilManyOthersCame() {
        FirstContacts contacts = new FirstContacts(1 << 10);
        SplittableRandom random = new SplittableRandom(5);
        long[] keys = random.longs(5_000).toArray();
        int first = 0;
        for (long key : keys) {
            first += contacts.add(key) ? 1 : 0;
        }
        assertThat(first).isBetween(4_850, 5_000);
        for (long key : keys) {
            assertThat(contacts.add(key)).isFalse();
        }
        for (int i = 0; i < 40_000; i++) {
            contacts.add(random.nextLong());
        }
        int again = 0;
        for (long key : keys) {
            again += contacts.add(key) ? 1 : 0;
        }
        assertThat(again).isGreaterThan(4_500);
        contacts.clear();
        assertThat(contacts.add(keys[0])).isTrue();
    }

    @Test
    void namesOfAddressesAreKeptUntilOthersComeInTheirPlace() {
        NameCache names = new NameCache(7);
        EventBatch batch = new EventBatch(4);
        for (int i = 0; i < 500_000; i++) {
            batch.clear();
            int event = batch.begin(EventKind.DNS);
            byte[] name = ("host" + i + ".example").getBytes(StandardCharsets.US_ASCII);
            batch.write(Text.NAME, name, 0, name.length);
            IpAddress address = IpAddress.ofIpv4(i);
            batch.writeAddress(address.high(), address.low());
            names.note(batch, event);
            assertThat(names.name(address.high(), address.low())).contains("host" + i + ".example");
        }
        int kept = 0;
        for (int i = 0; i < 500_000; i++) {
            IpAddress address = IpAddress.ofIpv4(i);
            kept += names.name(address.high(), address.low()).isPresent() ? 1 : 0;
        }
        assertThat(kept).isLessThanOrEqualTo(1 << 16);
    }

    /** Whatever it does, there is an end to what is kept of it. */
    @Test
    @Tag("slow")
    void aHostThatMeetsAMillionServersIsOneHost() {
        BotPlayer player = new BotPlayer();
        String host = BotPlayer.own(7);
        for (int i = 0; i < 1_000_000; i++) {
            String server = IpAddress.ofIpv4(0x4000_0000 + i * 17).toString();
            if (i % 3 == 0) {
                player.answered(i * 0.01, host, server, 1_024 + i % 30_000);
            } else {
                player.unanswered(i * 0.01, host, server, 1_024 + i % 30_000);
            }
        }
        player.finish();
        assertThat(player.all(InfectedHost.class)).hasSizeLessThanOrEqualTo(1);
        assertThat(player.servers()).hasSizeLessThanOrEqualTo(256);
    }

    /** Who was told of stays, though a million others come. */
    @Test
    @Tag("slow")
    void aMillionHostsThatMeetOneServerHideNobody() {
        BotPlayer player =
                new BotPlayer(Rows.CONNECTIONS, AbuseSettings.of(OwnNetworks.of(List.of(Prefix.parse("10.0.0.0/8")))));
        String bot = "10.200.0.1";
        for (int i = 0; i < 100; i++) {
            player.unanswered(i, bot, BotPlayer.outside(i), 23);
        }
        player.tick(200);
        assertThat(player.host(bot)).isPresent();
        for (int i = 0; i < 1_000_000; i++) {
            player.answered(200 + i * 0.001, IpAddress.ofIpv4(0x0a00_0000 + i).toString(), BotPlayer.outside(1), 4_782);
        }
        for (int i = 0; i < 100; i++) {
            player.unanswered(1_300 + i, bot, BotPlayer.outside(500 + i), 23);
        }
        player.finish();
        assertThat(player.host(bot)).isPresent();
        assertThat(player.all(InfectedHost.class)).hasSize(1);
        assertThat(player.evidence(bot, BehaviourKind.SCANNING).value()).isGreaterThan(150);
        assertThat(player.servers()).isEmpty();
    }
}
