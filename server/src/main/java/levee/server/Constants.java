package levee.server;

import java.util.Locale;

/** Constants of enumerations as they are called outside: in lower case with hyphens. */
final class Constants {
    private Constants() {}

    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> E of(Class<E> type, String label) {
        return Enum.valueOf(type, label.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
