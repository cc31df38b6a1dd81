package levee.sharing;

import static levee.model.Amounts.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import levee.model.Attack.Volume;
import levee.sharing.FingerprintMatch.Agreement;
import levee.sharing.FingerprintMatch.Destination;
import levee.sharing.FingerprintMatch.Property;
import levee.sharing.FingerprintMatch.SourceMatch;
import levee.sharing.FingerprintMatch.VectorMatch;

/** A match for a person at a terminal. */
public final class MatchText {
    private final List<String> lines = new ArrayList<>();

    private MatchText() {}

    public static String of(FingerprintMatch match) {
        MatchText text = new MatchText();
        text.line(
                switch (match.verdict()) {
                    case SEEN -> "SEEN: there is traffic like this attack";
                    case SOURCES_SEEN -> "SOURCES SEEN: source addresses of this attack sent something else, or little";
                    case NOT_SEEN -> "NOT SEEN";
                });
        match.reasons().forEach(reason -> text.line("  " + reason));
        match.vectors().forEach(text::vector);
        text.sources(match.sources());
        return String.join("\n", text.lines) + "\n";
    }

    private void vector(VectorMatch vector) {
        line("");
        line("VECTOR " + vector.name());
        line("  candidates  " + count(vector.candidates(), "packet") + " of its protocol and source port");
        for (Property property : Property.values()) {
            Optional.ofNullable(vector.agreements().get(property)).ifPresent(a -> agreement(property, a));
        }
        line("  matching    " + volume(vector.matched()));
        vector.first()
                .ifPresent(first ->
                        line("  when        " + first + " to " + vector.last().orElse(first)));
        for (Destination destination : vector.destinations()) {
            line("  to          %s: %s, %s in the busiest second"
                    .formatted(
                            destination.address(),
                            count(destination.packets(), "packet"),
                            count(destination.busiestSecond())));
        }
        if (vector.destinationCount() > vector.destinations().size()) {
            line("              and "
                    + count(vector.destinationCount() - vector.destinations().size(), "more destination"));
        }
    }

    private void agreement(Property property, Agreement agreement) {
        String name = property.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        line("  agreeing    %s of %s in %s%s"
                .formatted(
                        count(agreement.agreed()),
                        count(agreement.compared()),
                        name,
                        agreement.required() ? ", required" : ""));
    }

    private void sources(SourceMatch sources) {
        line("");
        line("SOURCES");
        line("  seen        " + count(sources.seen()) + " of " + count(sources.listed()));
        if (sources.seen() > 0) {
            line("  sent        " + volume(sources.sent()) + ", of which match " + volume(sources.matched()));
            sources.services().forEach((service, packets) -> line("              " + service + ": " + count(packets)));
        }
    }

    private static String volume(Volume volume) {
        return count(volume.packets(), "packet") + ", " + count(volume.bytes(), "byte");
    }

    /** What others wrote into the fingerprint must not reach a terminal raw. */
    private void line(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> printable.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
        lines.add(printable.toString());
    }
}
