package levee.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import levee.model.IpAddress;
import org.junit.jupiter.api.Test;

final class TablesTest {
    @Test
    void addressesKeepTheirNumbers() {
        AddressTable table = new AddressTable(new EntryBudget(100_000));
        for (int i = 0; i < 50_000; i++) {
            assertThat(table.add(i % 3, i)).isEqualTo(i);
        }
        for (int i = 0; i < 50_000; i++) {
            assertThat(table.find(i % 3, i)).isEqualTo(i);
            assertThat(table.add(i % 3, i)).isEqualTo(i);
        }
        assertThat(table.size()).isEqualTo(50_000);
        assertThat(table.find(7, 7)).isEqualTo(AddressTable.ABSENT);
        assertThat(table.address(4)).isEqualTo(new IpAddress(1, 4));
    }

    @Test
    void budgetIsShared() {
        EntryBudget budget = new EntryBudget(3);
        AddressTable one = new AddressTable(budget);
        AddressTable other = new AddressTable(budget);
        one.add(0, 1);
        one.add(0, 2);
        other.add(0, 1);

        assertThat(other.refused()).isFalse();
        assertThat(other.add(0, 2)).isEqualTo(AddressTable.ABSENT);
        assertThat(other.refused()).isTrue();
        assertThat(other.add(0, 1)).as("known ones are still found").isZero();
    }

    @Test
    void tallyCountsWhatFindsRoomAndTotalsTheRest() {
        Tally tally = new Tally(1_000);
        for (int i = 0; i < 1_500; i++) {
            tally.add(i, 1);
        }
        tally.add(0, 500);

        assertThat(tally.size()).isEqualTo(1_000);
        assertThat(tally.total()).isEqualTo(2_000);
        assertThat(tally.atLeast(0.1)).containsExactly(new Tally.Entry(0, 501));
    }

    @Test
    void namesAreToldApart() {
        NameTally names = new NameTally(new EntryBudget(100));
        names.add("a.example", 1);
        names.add(new StringBuilder("a.example"), 2);
        names.add("b.example", 1);

        assertThat(names.tally().atLeast(0.5)).singleElement().satisfies(entry -> {
            assertThat(entry.count()).isEqualTo(3);
            assertThat(names.name(entry.value())).isEqualTo("a.example");
        });
    }

    @Test
    void flagsAreWrittenAndReadAlike() {
        for (int flags = 0; flags < 256; flags++) {
            assertThat(Names.tcpFlags(Names.tcpFlags(flags))).hasValue(flags);
        }
        assertThat(Names.tcpFlags(0x12)).isEqualTo("...A..S.");
        assertThat(Names.tcpFlags("others")).isEmpty();
    }
}
