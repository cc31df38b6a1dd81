package levee.botnet;

import java.util.List;
import java.util.function.Predicate;
import levee.model.InfectedHost;
import levee.model.InfectedHost.ServerContact;

/**
 * What was known of a host before the start, of which the watches know nothing.
 *
 * @param servers who was thought to command it
 */
record Remembered(List<Sign> signs, List<ServerContact> servers) {
    static final Remembered NOTHING = new Remembered(List.of(), List.of());

    Remembered {
        signs = List.copyOf(signs);
        servers = List.copyOf(servers);
    }

    static Remembered of(InfectedHost found) {
        return new Remembered(found.behaviours().stream().map(Sign::of).toList(), found.commandServers());
    }

    /** Without what may be due to a server that means nothing, if any is so. */
    Remembered without(Predicate<ServerContact> meanNothing) {
        return servers.stream().noneMatch(meanNothing)
                ? this
                : new Remembered(
                        signs.stream()
                                .filter(sign -> !Host.isOfOthers(sign.kind()))
                                .toList(),
                        List.of());
    }
}
