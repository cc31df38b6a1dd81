package levee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import levee.model.Group;
import levee.model.IpAddress;
import levee.model.Prefix;
import org.junit.jupiter.api.Test;

final class CustomerNetworksTest {
    private static Group group(String customer, String... networks) {
        return new Group(
                customer + networks[0],
                Stream.of(networks).map(Prefix::parse).toList(),
                customer.isEmpty() ? Optional.empty() : Optional.of(customer),
                List.of());
    }

    private static List<String> of(String customer, Group... groups) {
        return new CustomerNetworks(List.of(groups))
                .of(customer).stream().map(Prefix::toString).toList();
    }

    @Test
    void whatIsSomebodyElsesWithinIsLeftOut() {
        Group wide = group("a", "10.0.0.0/30", "2001:db8::/32");
        Group within = group("b", "10.0.0.1/32");
        Group nobodys = group("", "2001:db8:8000::/33");

        assertThat(of("a", wide)).containsExactly("10.0.0.0/30", "2001:db8::/32");
        assertThat(of("a", wide, within, nobodys)).containsExactly("10.0.0.0/32", "10.0.0.2/31", "2001:db8::/33");
        assertThat(of("b", wide, within)).containsExactly("10.0.0.1/32");
        assertThat(of("a", wide, within, group("a", "10.0.0.1/32"))).contains("10.0.0.1/32");
        assertThat(of("c", wide, within)).isEmpty();
        assertThat(of("", wide, nobodys)).isEmpty();
    }

    /** Each address belongs to whom its most specific network belongs to. */
    @Test
    void theMostSpecificNetworkCountsForEachAddress() {
        Random random = new Random(20260302);
        for (int round = 0; round < 300; round++) {
            List<Group> groups = new ArrayList<>();
            List<Prefix> taken = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Prefix network = Prefix.parse("10.0.0." + random.nextInt(256) + "/32");
                int length = 24 + random.nextInt(9);
                int mask = length == 24 ? 0 : 0xff << (32 - length) & 0xff;
                network = Prefix.parse("10.0.0."
                        + (Integer.parseInt(network.address().toString().substring(7)) & mask) + "/" + length);
                if (!taken.contains(network)) {
                    taken.add(network);
                    groups.add(group(random.nextBoolean() ? "a" : "b", network.toString()));
                }
            }
            CustomerNetworks networks = new CustomerNetworks(groups);
            for (int last = 0; last < 256; last++) {
                IpAddress address = IpAddress.parse("10.0.0." + last);
                Optional<String> owner = groups.stream()
                        .filter(group -> group.networks().getFirst().contains(address))
                        .max((one, other) -> one.networks().getFirst().length()
                                - other.networks().getFirst().length())
                        .flatMap(Group::customer);
                for (String customer : List.of("a", "b")) {
                    assertThat(networks.of(customer).stream().anyMatch(network -> network.contains(address)))
                            .as(address + " of " + customer + " in " + groups)
                            .isEqualTo(owner.equals(Optional.of(customer)));
                }
            }
        }
    }
}
