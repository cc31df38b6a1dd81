package levee.report;

import static levee.report.Element.element;

import java.util.List;
import java.util.stream.Stream;
import levee.model.Amounts;
import levee.model.Attack;
import levee.model.AttackVector;

/** The letter and the colour of each vector of an attack. Beyond eight, the smaller ones share the last. */
final class VectorKeys {
    private static final int MOST = 8;

    private final List<AttackVector> vectors;

    VectorKeys(Attack attack) {
        vectors = Stream.concat(
                        attack.vectors().stream().map(Attack.VectorShare::vector),
                        attack.timeline().vectors().keySet().stream())
                .distinct()
                .toList();
    }

    /** How many different ones there are. */
    int count() {
        return Math.min(MOST, vectors.size());
    }

    /** From 0 on. */
    int of(AttackVector vector) {
        return Math.min(vectors.indexOf(vector), MOST - 1);
    }

    /** Whether the vector shares its key with no other. */
    boolean isOwn(AttackVector vector) {
        return of(vector) < MOST - 1 || vectors.size() <= MOST;
    }

    /** What the key with this number stands for. */
    String name(int key) {
        int sharing = vectors.size() - key;
        return key == MOST - 1 && sharing > 1
                ? Amounts.count(sharing) + " more vectors"
                : VectorName.of(vectors.get(key));
    }

    static String letter(int key) {
        return String.valueOf((char) ('A' + key));
    }

    static String cssClass(int key) {
        return "vector-" + (key + 1);
    }

    /** The letter on its colour, as large as a letter of the text around it. */
    static Element swatch(int key) {
        return swatch(cssClass(key))
                .add(element("text", letter(key)).attribute("x", "50%").attribute("y", 12));
    }

    Element swatchAndName(AttackVector vector) {
        return element("span")
                .withClass("vector")
                .add(swatch(of(vector)))
                .text(" " + VectorName.of(vector) + " ")
                .add(element("code", vector.label()));
    }

    static Element swatchOfOther() {
        return swatch("other");
    }

    private static Element swatch(String cssClass) {
        return element("svg")
                .withClass("swatch " + cssClass)
                .attribute("width", 16)
                .attribute("height", 16)
                .attribute("aria-hidden", "true")
                .add(element("rect")
                        .attribute("width", 16)
                        .attribute("height", 16)
                        .attribute("rx", 2));
    }
}
