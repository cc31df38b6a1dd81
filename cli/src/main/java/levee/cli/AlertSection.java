package levee.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import levee.alert.Channel;

/** Reads {@code alerts} of the settings: where attacks are told of. */
final class AlertSection {
    private final SettingsReader reader;

    AlertSection(SettingsReader reader) {
        this.reader = reader;
    }

    List<Channel> read(Yaml value) {
        List<Channel> channels = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Yaml item : reader.items(value, reader.at(value, "alerts"))) {
            String where = reader.at(item, "alerts");
            Map<String, Object> keys = new HashMap<>();
            reader.keys(item, where, ChannelSettings.KEYS)
                    .forEach((name, content) -> keys.put(name, plain(content, name)));
            try {
                Channel channel = ChannelSettings.of(keys);
                if (names.add(channel.name())) {
                    channels.add(channel);
                } else {
                    reader.problem(where, "two channels are called '" + channel.name() + "'");
                }
            } catch (IllegalArgumentException e) {
                reader.problem(where, String.valueOf(e.getMessage()));
            }
        }
        return channels;
    }

    private Object plain(Yaml value, String name) {
        return value instanceof Yaml.Text text
                ? text.value()
                : reader.texts(value, reader.at(value, name)).stream()
                        .map(Yaml.Text::value)
                        .toList();
    }
}
