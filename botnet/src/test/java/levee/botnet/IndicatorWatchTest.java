package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import levee.indicator.AllowTable;
import levee.indicator.IndicatorKind;
import levee.indicator.IndicatorTable;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.telemetry.FlowBatch.Rows;
import org.junit.jupiter.api.Test;

class IndicatorWatchTest {
    private static final String HOST = BotPlayer.own(700);
    private static final String JA3 = "0123456789abcdef0123456789abcdef";

    private static IndicatorTable table() {
        IndicatorTable.Builder builder = new IndicatorTable.Builder(16);
        IpAddress address = IpAddress.parse("203.0.113.1");
        builder.addAddress(address.high(), address.low(), "list-a", "botnet");
        IpAddress other = IpAddress.parse("203.0.113.2");
        builder.addAddress(other.high(), other.low(), 6_667, "list-b", "");
        builder.addPrefix(Prefix.parse("203.0.114.0/24"), "list-c", "hijacked");
        byte[] name = "evil.example".getBytes(StandardCharsets.US_ASCII);
        builder.addName(IndicatorKind.NAME_AND_BELOW, name, 0, name.length, "list-d", "panel");
        byte[] print = JA3.getBytes(StandardCharsets.US_ASCII);
        builder.addFingerprint(IndicatorKind.JA3, print, 0, print.length, "list-e", "tool");
        return builder.build();
    }

    private static BotPlayer player() {
        return new BotPlayer(Rows.CONNECTIONS, AbuseSettings.of(BotPlayer.OWN).with(AllowTable.NOTHING, table()));
    }

    @Test
    void addressesOfListsAreToldOf() {
        BotPlayer player = player().answered(1, HOST, "203.0.113.1", 443).finish();
        assertThat(player.kinds(HOST)).containsExactly(BehaviourKind.KNOWN_INDICATOR);
        assertThat(player.evidence(HOST, BehaviourKind.KNOWN_INDICATOR).statement())
                .contains("203.0.113.1")
                .contains("list-a")
                .contains("botnet");
    }

    @Test
    void whatIsKnownByItsPortIsThatPortOnly() {
        assertThat(player().answered(1, HOST, "203.0.113.2", 6_667).finish().kinds(HOST))
                .contains(BehaviourKind.KNOWN_INDICATOR);
        assertThat(player().answered(1, HOST, "203.0.113.2", 443).finish().events)
                .isEmpty();
    }

    @Test
    void namesAreToldOfWhereverTheyAreSaid() {
        BotPlayer asked =
                player().dns(1, HOST, "www.Evil.example", 1, 0, "203.0.113.7").finish();
        BotPlayer named = player().hello(1, HOST, 40_000, "203.0.113.7", 443, "evil.example", 0x303)
                .finish();
        BotPlayer requested = player().http(1, HOST, 40_000, "203.0.113.7", 80, "a.evil.example", "/")
                .finish();
        for (BotPlayer player : List.of(asked, named, requested)) {
            assertThat(player.kinds(HOST)).containsExactly(BehaviourKind.KNOWN_INDICATOR);
        }
        assertThat(player().dns(1, HOST, "notevil.example", 1, 0, "203.0.113.7").finish().events)
                .isEmpty();
    }

    /** A network or a way to say hello is shared with others: by itself it is too little. */
    @Test
    void whatIsSharedWithOthersIsLess() {
        BotPlayer network = player();
        network.answered(1, HOST, "203.0.114.9", 443).finish();
        BotPlayer hello = player();
        hello.hello(1, HOST, "203.0.113.9", "fine.example", JA3).finish();
        assertThat(network.events).isEmpty();
        assertThat(hello.events).isEmpty();
        BotPlayer both = player();
        both.answered(0.5, HOST, "203.0.113.1", 443);
        both.answered(1, HOST, "203.0.114.9", 443);
        both.hello(1, HOST, "203.0.113.9", "fine.example", JA3).finish();
        assertThat(both.behaviour(HOST, BehaviourKind.KNOWN_INDICATOR).evidence())
                .hasSize(3);
    }

    @Test
    void resolversAskForOthers() {
        BotPlayer player = player();
        for (int i = 0; i < 50; i++) {
            player.udp(i * 0.1, BotPlayer.own(i), 40_000, HOST, 53, true);
        }
        player.play();
        player.dns(10, HOST, "evil.example", 1, 0, "203.0.113.7").finish();
        assertThat(player.events).isEmpty();
    }

    @Test
    void fromOutsideItIsNone() {
        assertThat(player().answered(1, "203.0.113.1", HOST, 443).finish().events)
                .isEmpty();
    }

    @Test
    void listsMayChange() {
        BotPlayer player = new BotPlayer(Rows.CONNECTIONS, AbuseSettings.of(BotPlayer.OWN));
        player.answered(1, HOST, "203.0.113.1", 443).play();
        player.detector.apply(AbuseSettings.of(BotPlayer.OWN).with(AllowTable.NOTHING, table()));
        player.dns(2, HOST, "evil.example", 1, 0, "203.0.113.7").finish();
        assertThat(player.kinds(HOST)).containsExactly(BehaviourKind.KNOWN_INDICATOR);
    }
}
