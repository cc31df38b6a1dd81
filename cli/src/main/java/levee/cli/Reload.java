package levee.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import levee.server.Transport;

/** Lets a running service take over changed settings: all that can be changed in place, or, after a mistake, nothing. */
final class Reload {
    /** What cannot be changed in place. */
    private static final Map<String, Function<ServeSettings, Object>> FIXED = fixed();

    private final Supplier<ServeSettingsBuilder> reader;
    private final LiveService service;
    private final Consumer<String> messages;

    /** @param reader reads the settings once more, from the same places */
    Reload(Supplier<ServeSettingsBuilder> reader, LiveService service, Consumer<String> messages) {
        this.reader = reader;
        this.service = service;
        this.messages = messages;
    }

    private static Map<String, Function<ServeSettings, Object>> fixed() {
        Map<String, Function<ServeSettings, Object>> fixed = new LinkedHashMap<>();
        fixed.put("flows", ServeSettings::flows);
        fixed.put("copies", ServeSettings::copies);
        fixed.put("web", ServeSettings::web);
        fixed.put("data", ServeSettings::data);
        fixed.put("store", ServeSettings::store);
        fixed.put("capture", ServeSettings::captures);
        fixed.put("archive", ServeSettings::archive);
        fixed.put("bots.enabled", settings -> settings.bots().enabled());
        fixed.put("tls", settings -> kind(settings.transport()));
        return fixed;
    }

    /** Another certificate can be taken over, but not whether there is one, nor other proxies. */
    private static Object kind(Transport transport) {
        return transport instanceof Transport.Tls ? Transport.Tls.class : transport;
    }

    static Transport keepingKind(Transport before, Transport now) {
        return kind(before).equals(kind(now)) ? now : before;
    }

    /** The settings that differ and need a restart. */
    static List<String> needRestart(ServeSettings before, ServeSettings now) {
        List<String> names = new ArrayList<>();
        FIXED.forEach((name, value) -> {
            if (!value.apply(before).equals(value.apply(now))) {
                names.add(name);
            }
        });
        return names;
    }

    /** Reads the settings again. Says all that is wrong, or what was taken over. */
    synchronized void run() {
        ServeSettingsBuilder builder = reader.get();
        builder.indicatorsBefore(service.indicators());
        ServeSettings settings = builder.build();
        if (!builder.problems().isEmpty()) {
            builder.problems().forEach(messages);
            messages.accept("the settings stay as they were, because of these mistakes");
            return;
        }
        builder.notes().forEach(messages);
        try {
            service.apply(settings);
        } catch (StartException e) {
            messages.accept(e.getMessage() + " The settings stay as they were.");
        }
    }
}
