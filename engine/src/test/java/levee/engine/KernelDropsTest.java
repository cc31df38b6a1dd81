package levee.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KernelDropsTest {
    private static final List<String> TABLE = List.of(
            "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref"
                    + " pointer drops",
            // Port 0x0807 is 2055.
            "  123: 0100007F:0807 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0 17",
            "  124: 00000000:0807 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0 4",
            "  125: 0100007F:18C7 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0 100",
            "damaged");

    @Test
    void sumsTheDropsOfItsPorts() {
        assertThat(KernelDrops.of(Set.of(2055), TABLE)).isEqualTo(21);
        assertThat(KernelDrops.of(Set.of(2055, 6343), TABLE)).isEqualTo(121);
        assertThat(KernelDrops.of(Set.of(1), TABLE)).isZero();
    }
}
