package levee.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import levee.alert.Mail;
import levee.attack.Thresholds.Table;
import levee.model.Group;
import levee.model.Prefix;

/** Reads {@code groups} of the settings: own networks by name, with their customer and thresholds. */
final class GroupSection {
    private static final List<String> KEYS = List.of("name", "networks", "customer", "contacts", "thresholds");
    private static final int LONGEST_NAME = 100;

    private final SettingsReader reader;
    private final List<Group> groups = new ArrayList<>();
    private final List<Table> thresholds = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Map<Prefix, String> taken = new HashMap<>();

    GroupSection(SettingsReader reader) {
        this.reader = reader;
    }

    List<Group> groups() {
        return groups;
    }

    /** In the order of the groups. */
    List<Table> thresholds() {
        return thresholds;
    }

    void read(Yaml value) {
        for (Yaml item : reader.items(value, reader.at(value, "groups"))) {
            group(item);
        }
    }

    private void group(Yaml item) {
        Map<String, Yaml> keys = reader.keys(item, reader.at(item, "groups"), KEYS);
        Optional<String> name = name(keys, "name");
        if (name.isEmpty()) {
            reader.problem(reader.at(item, "groups"), "a group needs a name");
        } else if (!names.add(name.get())) {
            reader.problem(reader.at(item, "groups"), "two groups are called '" + name.get() + "'");
        }
        String called = name.orElse("");
        List<Prefix> networks = new ArrayList<>();
        Yaml listed = keys.get("networks");
        if (listed == null) {
            reader.problem(reader.at(item, "groups"), "the group '" + called + "' needs networks");
        } else {
            for (Prefix network : reader.prefixes(listed, "networks")) {
                String other = taken.putIfAbsent(network, called);
                if (other == null) {
                    networks.add(network);
                } else {
                    reader.problem(
                            reader.at(listed, "networks"),
                            network + " of the group '" + called + "' is in the group '" + other + "' already");
                }
            }
        }
        groups.add(new Group(called, networks, name(keys, "customer"), contacts(keys)));
        Yaml own = keys.get("thresholds");
        thresholds.add(own == null ? Table.NONE : new ThresholdSection(reader).read(own));
    }

    private Optional<String> name(Map<String, Yaml> keys, String key) {
        Yaml value = keys.get(key);
        if (value == null) {
            return Optional.empty();
        }
        Optional<String> name = reader.text(value, reader.at(value, key));
        name.filter(text -> text.isBlank()
                        || text.length() > LONGEST_NAME
                        || text.chars().anyMatch(Character::isISOControl))
                .ifPresent(text -> reader.problem(
                        reader.at(value, key), "a name has 1 to " + LONGEST_NAME + " printable characters"));
        return name;
    }

    private List<String> contacts(Map<String, Yaml> keys) {
        Yaml value = keys.get("contacts");
        if (value == null) {
            return List.of();
        }
        List<String> contacts = new ArrayList<>();
        for (Yaml.Text text : reader.texts(value, reader.at(value, "contacts"))) {
            if (Mail.isAddress(text.value())) {
                contacts.add(text.value());
            } else {
                reader.problem(reader.at(text, "contacts"), "'" + text.value() + "' is no mail address");
            }
        }
        return contacts;
    }
}
