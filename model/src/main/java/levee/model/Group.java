package levee.model;

import java.util.List;
import java.util.Optional;

/**
 * Some of the own networks under a name.
 *
 * @param customer whose networks they are
 * @param contacts mail addresses of those who care for them
 */
public record Group(String name, List<Prefix> networks, Optional<String> customer, List<String> contacts) {
    public Group {
        networks = List.copyOf(networks);
        contacts = List.copyOf(contacts);
    }
}
