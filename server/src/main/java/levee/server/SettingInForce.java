package levee.server;

import java.util.List;

/**
 * A setting that is in force. Without secrets: everybody who may read sees it.
 *
 * @param name with the names of its sections, such as {@code groups[0].name}
 * @param values one, or those of a list
 * @param from who said so
 * @param line of the file, from 1 on; 0 where it is not from a file
 */
public record SettingInForce(String name, List<String> values, From from, int line) {
    /** Who said so; earlier ones come first. */
    public enum From {
        COMMAND_LINE,
        FILE,
        DEFAULT
    }

    public SettingInForce {
        values = List.copyOf(values);
    }
}
