package levee.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import levee.model.Attack;
import levee.model.Endpoint;
import levee.model.Evidence;
import levee.model.Finding;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.Group;
import levee.model.InfectedHost;
import levee.model.InfectedHost.Behaviour;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.InfectedHost.Level;
import levee.model.IpAddress;
import levee.model.Prefix;
import levee.model.Scanner;
import org.junit.jupiter.api.Test;

/** Alerts about infected hosts: once, with what a look-up needs, and of those alone that are sure. */
class HostAlertsTest {
    private static final Instant START = Instant.parse("2026-05-11T08:00:00Z");
    private static final Duration LONG =
            AlertSettings.DEFAULT.groupingInterval().multipliedBy(10);
    private static final Endpoint SERVER = new Endpoint(IpAddress.parse("192.0.2.66"), 6667, "tcp");

    private static FindingEvent event(Change change, String id, Level level) {
        return new FindingEvent(
                change,
                new InfectedHost(
                        id,
                        change == Change.ENDED ? Finding.State.ENDED : Finding.State.OPEN,
                        IpAddress.parse("10.0.0.23"),
                        START,
                        START.plusSeconds(7_200),
                        level,
                        START.plusSeconds(900),
                        42.5,
                        Optional.empty(),
                        List.of(new Behaviour(
                                BehaviourKind.SCANNING,
                                START,
                                START.plusSeconds(60),
                                42.5,
                                List.of(new Evidence("it tried 4,096 hosts\u202e on tcp/23", 4096, 100, "hosts")),
                                List.of(new InfectedHost.Example(START.plusSeconds(3), 51_234, SERVER)))),
                        List.of(new Evidence("it visits popular services", 12, 5, "services")),
                        List.of(new InfectedHost.ServerContact(SERVER, Optional.of("cc.example"), 0.9)),
                        List.of(),
                        Attack.Visibility.TWO_WAY,
                        Optional.of(new Group(
                                "homes", List.of(), Optional.of("Example Net"), List.of("noc@example.net")))));
    }

    private static Alert.Single single(AlertEvent event, Level level) {
        return Alert.Single.of(
                event,
                Situation.of(event(Change.OPENED, "infected-host-1", level), START.plusSeconds(901), AlertMode.ALERT)
                        .orElseThrow(),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void whoIsToBeNotifiedIsToldOfOnce() {
        Desk desk = new Desk();
        desk.handOver(event(Change.OPENED, "h", Level.NOTIFY));
        for (int i = 0; i < 20; i++) {
            desk.handOver(event(Change.CHANGED, "h", Level.NOTIFY));
            desk.pass(LONG);
        }
        assertThat(desk.sender.told()).containsExactly("opened h");

        desk.handOver(event(Change.ENDED, "h", Level.NOTIFY));
        desk.pass(LONG);
        assertThat(desk.sender.told()).containsExactly("opened h", "ended h");
    }

    @Test
    void suspicionIsNotTold() {
        Desk desk = new Desk();
        desk.handOver(event(Change.OPENED, "h", Level.SUSPECTED), event(Change.CHANGED, "h", Level.SUSPECTED));
        desk.pass(LONG);
        assertThat(desk.sender.told()).isEmpty();

        desk.handOver(event(Change.CHANGED, "h", Level.NOTIFY));
        assertThat(desk.sender.told()).containsExactly("opened h");
    }

    @Test
    void endIsToldAlsoOfAHostThatBecameLessSure() {
        Desk desk = new Desk();
        desk.handOver(event(Change.OPENED, "h", Level.NOTIFY));
        desk.handOver(event(Change.CHANGED, "h", Level.SUSPECTED), event(Change.ENDED, "h", Level.SUSPECTED));
        desk.pass(LONG);

        assertThat(desk.sender.told()).containsExactly("opened h", "ended h");
    }

    @Test
    void suspicionIsToldWhereThatWasAskedFor() {
        Desk desk = new Desk();
        desk.alerts.apply(InfectedHostAlerts.SUSPECTED);
        desk.handOver(event(Change.OPENED, "h", Level.SUSPECTED));
        desk.handOver(event(Change.CHANGED, "h", Level.NOTIFY));
        desk.pass(LONG);

        assertThat(desk.sender.told()).containsExactly("opened h", "changed h");
        assertThat(MailText.body(desk.sender.delivered.getLast()))
                .contains("What is new: it was suspected before, and is notify now");
    }

    @Test
    void nothingIsToldWhereNobodyWantsIt() {
        Desk desk = new Desk();
        desk.alerts.apply(InfectedHostAlerts.NONE);
        desk.handOver(event(Change.OPENED, "h", Level.NOTIFY), Attacks.opened("a"));
        desk.pass(LONG);

        assertThat(desk.sender.told()).containsExactly("opened a");
    }

    @Test
    void whatWasToldBeforeARestartIsNotToldAgain() {
        Desk desk = new Desk();
        desk.alerts.resume(event(Change.OPENED, "h", Level.NOTIFY).finding(), START, AlertMode.ALERT);
        desk.handOver(event(Change.CHANGED, "h", Level.NOTIFY));
        desk.pass(LONG);
        assertThat(desk.sender.told()).isEmpty();

        // What was suspected was not told, and becomes news.
        desk.alerts.resume(event(Change.OPENED, "other", Level.SUSPECTED).finding(), START, AlertMode.ALERT);
        desk.handOver(event(Change.CHANGED, "other", Level.NOTIFY));
        assertThat(desk.sender.told()).containsExactly("opened other");
    }

    @Test
    void otherKindsAlertNobody() {
        Desk desk = new Desk();
        desk.alerts.apply(InfectedHostAlerts.SUSPECTED);
        desk.handOver(new FindingEvent(
                Change.OPENED,
                new Scanner(
                        "scanner-1",
                        Finding.State.OPEN,
                        Prefix.parse("198.51.100.0/24"),
                        1,
                        List.of(),
                        new Attack.Count(1, true),
                        1,
                        0,
                        START,
                        START,
                        List.of())));
        desk.pass(LONG);

        assertThat(desk.sender.told()).isEmpty();
        assertThat(desk.alerts.statistics().handedOver()).isZero();
    }

    @Test
    void mailHoldsTheEvidenceAndWhatALookUpNeeds() {
        Alert.Single alert = single(AlertEvent.OPENED, Level.NOTIFY);

        assertThat(MailText.subject(alert)).isEqualTo("[Levee WARNING] Infected host 10.0.0.23: scanning");
        assertThat(MailText.body(alert))
                .contains(
                        "Group: homes, customer Example Net; to be reached by noc@example.net",
                        "How sure: notify since",
                        "- it tried 4,096 hosts",
                        "What speaks against it\n- it visits popular services",
                        "Who may command it\n- 192.0.2.66:6667/tcp (cc.example)",
                        "10.0.0.23 port 51234 to 192.0.2.66:6667/tcp",
                        "Finding: infected-host-1")
                .contains("08:00:03")
                .doesNotContain("\u202e", "Attack");
    }

    @Test
    void programsGetItAsOfItsKind() {
        assertThat(AlertJson.of(single(AlertEvent.OPENED, Level.NOTIFY)))
                .contains(
                        "\"event\":\"opened\"",
                        "\"severity\":\"warning\"",
                        "\"kind\":\"infected-host\"",
                        "\"abridged\":true",
                        "\"host\":\"10.0.0.23\"",
                        "\"level\":\"notify\"",
                        "\"behaviours\":[{\"name\":\"scanning\"}]");
        String line = new String(
                SyslogMessage.of(
                        single(AlertEvent.OPENED, Level.SUSPECTED),
                        new Syslog(
                                "log",
                                "192.0.2.1",
                                514,
                                Syslog.Transport.UDP,
                                16,
                                "here",
                                Syslog.DEFAULT_PACE,
                                Syslog.DEFAULT_TIMEOUT),
                        START,
                        2_048),
                StandardCharsets.US_ASCII);
        assertThat(line)
                .contains(
                        "host=\"10.0.0.23\" level=\"suspected\" behaviours=\"scanning\" score=\"42.5\"",
                        "seen=\"2026-05-11T08:00:03Z\" source_port=\"51234\"",
                        "Suspected host 10.0.0.23: scanning");
    }

    @Test
    void manyAtOnceAreOneDigestThatNamesWhatTheyAre() {
        Desk desk = new Desk();
        desk.handOver(IntStream.range(0, 30)
                .mapToObj(i -> event(Change.OPENED, "h" + i, Level.NOTIFY))
                .toArray(FindingEvent[]::new));

        assertThat(MailText.subject(desk.sender.delivered.getFirst()))
                .isEqualTo("[Levee WARNING] 30 infected hosts at once: 30 opened");
    }
}
