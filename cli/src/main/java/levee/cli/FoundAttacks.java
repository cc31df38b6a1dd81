package levee.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import levee.evaluation.FoundAttack;
import levee.model.Abuse;
import levee.model.Attack;
import levee.model.FindingEvent;

/** What a detector said of attacks so far, each as it was told last, to be scored. */
final class FoundAttacks {
    private final Map<String, FoundAttack> byId = new LinkedHashMap<>();

    void note(FindingEvent event) {
        switch (event.finding()) {
            case Attack attack -> {
                switch (event.change()) {
                    case OPENED, CHANGED, ENDED -> byId.put(attack.id(), found(attack));
                    case ABSORBED -> byId.remove(attack.id());
                }
            }
            case Abuse abuse -> {
                // Attacks alone are scored here.
            }
        }
    }

    boolean knows(String id) {
        return byId.containsKey(id);
    }

    int size() {
        return byId.size();
    }

    List<FoundAttack> all() {
        return List.copyOf(byId.values());
    }

    void forget(List<FoundAttack> some) {
        some.forEach(attack -> byId.remove(attack.id()));
    }

    private static FoundAttack found(Attack attack) {
        return new FoundAttack(
                attack.id(),
                attack.target(),
                attack.start(),
                attack.end(),
                attack.confidence(),
                attack.total().packets(),
                attack.vectors().stream().map(Attack.VectorShare::vector).toList(),
                attack.vectors().stream()
                        .collect(Collectors.toMap(Attack.VectorShare::vector, Attack.VectorShare::noticed)));
    }
}
