package levee.report;

import static levee.report.DataTable.number;
import static levee.report.DataTable.words;
import static levee.report.Element.element;

import java.util.Optional;
import levee.model.Amounts;
import levee.model.Attack;
import levee.model.Attack.VectorShare;
import levee.model.Evidence;

/** Each observation beside what it took, under the vector that it is about. */
final class EvidenceTable {
    private final Attack attack;
    private final VectorKeys keys;

    EvidenceTable(Attack attack, VectorKeys keys) {
        this.attack = attack;
        this.keys = keys;
    }

    Element toElement() {
        if (attack.evidence().isEmpty()) {
            return element("p", "No evidence is recorded.");
        }
        DataTable table = empty();
        Optional<VectorShare> group = Optional.empty();
        for (Evidence evidence : attack.evidence()) {
            Optional<VectorShare> vector = vectorOf(evidence);
            if (attack.vectors().size() > 1 && !vector.equals(group)) {
                table.group(
                        vector.map(share -> keys.swatchAndName(share.vector())).orElse(element("span", "Altogether")));
                group = vector;
            }
            row(table, observation(evidence, vector), evidence);
        }
        return table.toElement();
    }

    static DataTable empty() {
        return DataTable.compact(
                "What was measured, and the least that it takes.",
                words("Observation"),
                number("Measured"),
                number("Needed"),
                words("How it was measured"));
    }

    static void row(DataTable table, String observation, Evidence evidence) {
        boolean isShare = evidence.threshold() > 0 && evidence.threshold() < 1 && evidence.value() <= 1;
        table.row(
                Content.text(observation),
                Content.text(measure(evidence.value(), isShare) + (isBelow(evidence) ? " (not reached)" : "")),
                Content.text(evidence.threshold() > 0 ? measure(evidence.threshold(), isShare) : "–"),
                Content.text(evidence.method()));
    }

    /** Observations that speak against an attack are told, too. */
    private static boolean isBelow(Evidence evidence) {
        return Double.isFinite(evidence.threshold()) && evidence.value() < evidence.threshold();
    }

    /** The vector that the statement begins with. */
    private Optional<VectorShare> vectorOf(Evidence evidence) {
        return attack.vectors().stream()
                .filter(share -> evidence.statement().startsWith(prefix(share)))
                .findFirst();
    }

    /** The statement without the vector, which the heading of its group has said. */
    private static String observation(Evidence evidence, Optional<VectorShare> vector) {
        int prefix = vector.map(share -> prefix(share).length()).orElse(0);
        return Prose.capitalized(evidence.statement().substring(prefix));
    }

    private static String prefix(VectorShare share) {
        return share.vector().label() + ": ";
    }

    private static String measure(double value, boolean isShare) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        return isShare ? Amounts.percent(value) : Units.number(value);
    }
}
