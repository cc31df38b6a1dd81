package levee.botnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import levee.model.IpAddress;
import levee.model.OwnNetworks;
import levee.model.Prefix;
import levee.telemetry.OwnAddresses;
import org.junit.jupiter.api.Test;

class OwnAddressesTest {
    @Test
    void saysTheSameAsTheNetworks() {
        SplittableRandom random = new SplittableRandom(21);
        for (int round = 0; round < 200; round++) {
            List<Prefix> prefixes = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                int length = random.nextInt(33);
                prefixes.add(new Prefix(IpAddress.ofIpv4(random.nextInt()), length));
                prefixes.add(new Prefix(new IpAddress(random.nextLong(), random.nextLong()), 1 + random.nextInt(128)));
            }
            OwnNetworks networks = OwnNetworks.of(prefixes);
            OwnAddresses own = new OwnAddresses(networks.prefixes());
            for (int i = 0; i < 200; i++) {
                Prefix near = prefixes.get(random.nextInt(prefixes.size()));
                long low = near.address().low() ^ random.nextInt() >>> random.nextInt(32);
                IpAddress address = new IpAddress(near.address().high(), low);
                assertThat(own.contains(address.high(), address.low()))
                        .as("%s in %s", address, prefixes)
                        .isEqualTo(networks.contains(address.high(), address.low()));
            }
        }
    }
}
