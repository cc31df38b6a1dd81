package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import levee.model.Finding;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.InfectedHost.Level;
import levee.model.Prefix;
import levee.report.FindingJson;
import levee.server.Caller;
import levee.server.OpenFinding;
import levee.server.Operation;
import levee.store.Store;
import levee.store.StoreLocation;
import levee.store.StoredFinding;
import levee.testing.SomeAbuse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FindingJournalTest {
    private static final Instant BEFORE = Instant.parse("2026-05-11T08:00:00Z");
    private static final Instant RESTART = BEFORE.plusSeconds(600);

    @TempDir
    Path folder;

    private final SomeAbuse before = new SomeAbuse(BEFORE);
    private final SomeAbuse after = new SomeAbuse(RESTART);
    private Instant now = BEFORE;
    private final InstantSource clock = () -> now;

    @Test
    void whatIsNoAttackGoesOnUnderItsEarlierIdAfterARestart() throws Exception {
        List<Finding> first = List.of(
                before.infected("10.0.0.23", Level.SUSPECTED),
                before.server("10.0.0.23"),
                before.botnet("10.0.0.23", "10.0.0.24"),
                before.exposed("10.0.0.80", 11_211),
                before.exposed("10.0.0.80", 123),
                before.scanner("198.51.100.0/24"),
                before.spoofed());
        List<Finding> second = List.of(
                after.infected("10.0.0.23", Level.NOTIFY),
                after.server("10.0.0.23", "10.0.0.25"),
                after.botnet("10.0.0.23"),
                after.exposed("10.0.0.80", 11_211),
                after.exposed("10.0.0.80", 123),
                after.scanner("198.51.100.0/24"),
                after.spoofed());
        try (Store store = open()) {
            FindingJournal journal = new FindingJournal(StoredFinding.Mode.ALERT, clock);
            for (Finding finding : first) {
                store.saveAll(List.of(
                        journal.note(new FindingEvent(Change.OPENED, finding)).stored()));
            }
        }
        now = RESTART;
        try (Store store = open()) {
            FindingJournal journal = new FindingJournal(StoredFinding.Mode.ALERT, clock);
            journal.resume(store);
            assertThat(journal.open()).extracting(OpenFinding::isSeen).containsOnly(false);
            for (int i = 0; i < second.size(); i++) {
                FindingJournal.Told told = journal.note(new FindingEvent(Change.OPENED, second.get(i)));

                assertThat(told.isContinued()).isTrue();
                assertThat(told.event().change()).isEqualTo(Change.CHANGED);
                assertThat(told.stored().id()).isEqualTo(first.get(i).id());
                assertThat(told.stored().revision()).isEqualTo(2);
                Finding read = FindingJson.read(told.stored().json());
                assertThat(read.id()).isEqualTo(first.get(i).id());
                assertThat(read.start()).isEqualTo(BEFORE);
                assertThat(read.end()).isEqualTo(second.get(i).end());
            }
        }
    }

    @Test
    void anotherHostIsAnotherFinding() throws Exception {
        try (Store store = open()) {
            FindingJournal journal = new FindingJournal(StoredFinding.Mode.ALERT, clock);
            store.saveAll(List.of(
                    journal.note(new FindingEvent(Change.OPENED, before.infected("10.0.0.23", Level.SUSPECTED)))
                            .stored()));
            now = RESTART;
            FindingJournal next = new FindingJournal(StoredFinding.Mode.ALERT, clock);
            next.resume(store);

            FindingJournal.Told told =
                    next.note(new FindingEvent(Change.OPENED, after.infected("10.0.0.24", Level.SUSPECTED)));

            assertThat(told.isContinued()).isFalse();
            now = RESTART.plus(Duration.ofMinutes(6));
            assertThat(next.endWhatDidNotGoOn())
                    .as("an infection may take hours to show again")
                    .isEmpty();
            now = BEFORE.plus(Duration.ofMinutes(2)).plus(Duration.ofDays(1));
            assertThat(next.endWhatDidNotGoOn())
                    .extracting(StoredFinding::target, StoredFinding::state)
                    .containsExactly(tuple("10.0.0.23/32", StoredFinding.State.ENDED));
        }
    }

    /** A command server has bots at several customers, so that its finding is for the operator alone. */
    @Test
    void customersSeeWhatIsAboutTheirHostsAlone() {
        Caller customer = new Caller(
                "shop", "192.0.2.1", Operation.Access.VIEWERS, Optional.of(List.of(Prefix.parse("10.0.0.0/24"))), "");

        assertThat(customer.sees(FindingTarget.of(before.infected("10.0.0.23", Level.NOTIFY))))
                .isTrue();
        assertThat(customer.sees(FindingTarget.of(before.exposed("10.0.0.80", 123))))
                .isTrue();
        assertThat(customer.sees(FindingTarget.of(before.infected("10.0.1.23", Level.NOTIFY))))
                .isFalse();
        assertThat(customer.sees(FindingTarget.of(before.server("10.0.0.23")))).isFalse();
        assertThat(customer.sees(FindingTarget.of(before.botnet("10.0.0.23", "10.0.1.23"))))
                .isFalse();
        assertThat(customer.sees(FindingTarget.of(before.scanner("10.0.0.9/32"))))
                .isFalse();
        assertThat(customer.sees(FindingTarget.of(before.spoofed()))).isFalse();
    }

    private Store open() throws Exception {
        return Store.open(new StoreLocation.SqliteFile(folder.resolve("levee.db")));
    }
}
