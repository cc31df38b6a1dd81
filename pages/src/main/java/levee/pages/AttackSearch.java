package levee.pages;

import java.util.List;
import java.util.Locale;
import levee.model.Attack;
import levee.model.Prefix;
import levee.report.VectorName;
import levee.server.Caller;
import levee.store.FindingQuery;
import levee.store.Store;

/** The newest attacks that have to do with a network or with words. */
final class AttackSearch {
    private static final int SEARCHED = 200;

    private final Store store;

    AttackSearch(Store store) {
        this.store = store;
    }

    /** Those on a network, around it or within it, and those from there. */
    List<Attack> around(Prefix network, Caller caller) {
        return newest(caller).stream()
                .filter(attack -> touch(attack.target(), network)
                        || attack.sources().top().stream().anyMatch(talker -> touch(talker.prefix(), network)))
                .toList();
    }

    private static boolean touch(Prefix one, Prefix other) {
        return one.contains(other) || other.contains(one);
    }

    /** Those whose id, vectors, group, customer or origins have the words in them. */
    List<Attack> named(String words, Caller caller) {
        String lower = words.toLowerCase(Locale.ROOT);
        return newest(caller).stream()
                .filter(attack -> names(attack).contains(lower))
                .toList();
    }

    private List<Attack> newest(Caller caller) {
        return RecentAttacks.seen(
                caller,
                store.findings(FindingQuery.newest(SEARCHED).withKind("attack").withNetworks(caller.networks())));
    }

    private static String names(Attack attack) {
        StringBuilder names = new StringBuilder(attack.id()).append('\n');
        attack.vectors()
                .forEach(share -> names.append(share.vector().label())
                        .append('\n')
                        .append(VectorName.of(share.vector()))
                        .append('\n'));
        attack.group()
                .ifPresent(group -> names.append(group.name())
                        .append('\n')
                        .append(group.customer().orElse(""))
                        .append('\n'));
        attack.sources()
                .origins()
                .forEach(origin -> names.append("as")
                        .append(origin.number())
                        .append('\n')
                        .append(origin.name())
                        .append('\n'));
        attack.ingress().forEach(entry -> names.append(entry.exporter()).append('\n'));
        return names.toString().toLowerCase(Locale.ROOT);
    }
}
