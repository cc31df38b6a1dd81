package levee.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.server.OpenFinding;
import levee.store.Store;
import levee.store.StoreLocation;
import levee.store.StoredFinding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OpenAttacksTest {
    private static final Instant NOW = Attacks.START.plusSeconds(192);

    @TempDir
    private Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(new StoreLocation.SqliteFile(folder.resolve("levee.db")));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private String shown(List<OpenFinding> open) {
        return new OpenAttacks(store, open, NOW, false).toElement().toString().replace('\u00a0', ' ');
    }

    private static OpenFinding finding(Attack attack, StoredFinding.Mode mode, boolean isSeen) {
        return new OpenFinding(attack, attack.start(), mode, isSeen);
    }

    @Test
    void saysThatThereIsNone() {
        assertThat(shown(List.of())).contains("No attack is going on", "calm").doesNotContain("<table");
    }

    @Test
    void nothingSeenIsNoComfort() {
        assertThat(new OpenAttacks(store, List.of(), NOW, true).toElement().toString())
                .contains("Nothing is seen", "nothing can be said about attacks")
                .doesNotContain("No attack");
    }

    @Test
    void ownHostsThatAttackAreNotCalledAttacked() {
        Attack inbound = Attacks.attack("198.51.100.9", AttackVector.UDP_FLOOD, 1e6, Attack.State.OPEN);

        String shown = shown(
                List.of(finding(Attacks.turned(inbound, Attack.Direction.OUTBOUND), StoredFinding.Mode.ALERT, true)));

        assertThat(shown)
                .contains("Own hosts, most of them of Example Shop, have been attacking 198.51.100.9 for 1 min 30 s")
                .contains("attacked by own hosts of Example Shop")
                .doesNotContain("(Example Shop)");
    }

    @Test
    void largestComesFirstAndOnlyTwentyAreShown() {
        List<OpenFinding> open = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            Attack attack = Attacks.attack("10.0.0." + i, AttackVector.UDP_FLOOD, i * 1e6, Attack.State.OPEN);
            open.add(finding(attack, StoredFinding.Mode.ALERT, true));
        }

        String shown = shown(open);

        assertThat(shown)
                .contains("30 attacks have fallen quiet", "The largest: 10.0.0.30 ", "All 30 attacks that go on");
        assertThat(shown.indexOf(">10.0.0.30<")).isLessThan(shown.indexOf(">10.0.0.29<"));
        assertThat(shown).contains(">10.0.0.11<").doesNotContain(">10.0.0.10<");
    }

    @Test
    void whatOthersChoseDoesNotBecomeMarkup() {
        Attack attack = Attacks.attack(
                "10.0.0.1",
                AttackVector.UDP_FLOOD,
                1e6,
                Attack.State.OPEN,
                Attacks.START,
                "<img src=x onerror=alert(1)>");

        assertThat(shown(List.of(finding(attack, StoredFinding.Mode.ALERT, true))))
                .contains("&lt;img src=x")
                .doesNotContain("<img");
    }

    @Test
    void monitorModeAndWhatWasNotSeenSinceARestartAreSaid() {
        Attack attack = Attacks.attack("10.0.0.1", AttackVector.UDP_FLOOD, 1e6, Attack.State.OPEN);

        assertThat(shown(List.of(finding(attack, StoredFinding.Mode.MONITOR, false))))
                .contains("nobody is told (mode monitor)", "not seen again since the restart");
    }

    @Test
    void attackOfWhichNothingComesAnyMoreIsSaidToBeQuietAndComesLast() {
        Attack quiet = Attacks.attack("10.0.0.1", AttackVector.UDP_FLOOD, 9e6, Attack.State.OPEN);
        Attack live = Attacks.attack(
                "10.0.0.2", AttackVector.UDP_FLOOD, 1e6, Attack.State.OPEN, NOW.minusSeconds(100), "Example Shop");

        assertThat(shown(List.of(finding(quiet, StoredFinding.Mode.ALERT, true))))
                .contains(
                        "1 attack has fallen quiet",
                        "under attack for 1 min 30 s, since",
                        "Nothing of it has come since 12:59:30 UTC.",
                        "quiet since 12:59:30");
        String both = shown(
                List.of(finding(quiet, StoredFinding.Mode.ALERT, true), finding(live, StoredFinding.Mode.ALERT, true)));
        assertThat(both).contains("1 attack is going on, 1 more fell quiet", "The largest: 10.0.0.2");
        assertThat(both.indexOf(">10.0.0.2<")).isLessThan(both.indexOf(">10.0.0.1<"));
    }
}
