package levee.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import levee.server.SettingInForce;
import levee.server.SettingInForce.From;

/** What {@code GET /api/v1/settings} says: each value with where it is from, and no secrets. */
final class SettingsInForce {
    private static final String HIDDEN = "(not shown)";

    /** What somebody could use to get in, or where chat services put their keys. */
    private static final Set<String> SECRETS = Set.of("sha256", "url", "user", "store");

    private final Map<String, SettingInForce> settings = new LinkedHashMap<>();

    /** What holds where nobody says anything else. */
    void usual(String name, List<String> values) {
        settings.put(name, new SettingInForce(name, values, From.DEFAULT, 0));
    }

    void file(String name, Yaml value) {
        if (value instanceof Yaml.Keys) {
            // Of a section that has defaults of its own, those stay that it does not name.
            settings.remove(name);
        } else {
            forget(name);
        }
        add(name, value);
    }

    void commandLine(String name, List<String> values) {
        forget(name);
        settings.put(name, new SettingInForce(name, values, From.COMMAND_LINE, 0));
    }

    /** There is no file: what seems to be from one follows from an option. */
    void areOfCommandLine() {
        settings.replaceAll((name, setting) -> setting.from() == From.FILE
                ? new SettingInForce(name, setting.values(), From.COMMAND_LINE, 0)
                : setting);
    }

    List<SettingInForce> all() {
        return List.copyOf(settings.values());
    }

    /** These, but of some sections, or single settings in them, what was in force before. */
    static List<SettingInForce> keeping(List<SettingInForce> before, List<SettingInForce> now, Set<String> kept) {
        List<SettingInForce> all = new ArrayList<>(
                now.stream().filter(setting -> !isOf(kept, setting)).toList());
        before.stream().filter(setting -> isOf(kept, setting)).forEach(all::add);
        return all;
    }

    private static boolean isOf(Set<String> names, SettingInForce setting) {
        return names.contains(setting.name()) || names.contains(section(setting.name()));
    }

    private void forget(String name) {
        settings.keySet().removeIf(known -> section(known).equals(name));
    }

    private static String section(String name) {
        return name.split("[.\\[]", 2)[0];
    }

    private void add(String name, Yaml value) {
        switch (value) {
            case Yaml.Text text -> put(name, List.of(text.value()), text.line());
            case Yaml.Items list
            when list.items().stream().allMatch(item -> item instanceof Yaml.Text) ->
                put(
                        name,
                        list.items().stream()
                                .map(item -> item instanceof Yaml.Text text ? text.value() : "")
                                .toList(),
                        list.line());
            case Yaml.Items list -> {
                for (int i = 0; i < list.items().size(); i++) {
                    add(name + "[" + i + "]", list.items().get(i));
                }
            }
            case Yaml.Keys keys -> keys.entries().forEach((key, content) -> add(name + "." + key, content));
            case Yaml.Nothing nothing -> {
                // As if the key were not there.
            }
        }
    }

    private void put(String name, List<String> values, int line) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        settings.put(
                name, new SettingInForce(name, SECRETS.contains(last) ? List.of(HIDDEN) : values, From.FILE, line));
    }
}
