package levee.pages;

import static levee.report.Element.element;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import levee.model.Amounts;
import levee.report.Element;
import levee.report.Prose;
import levee.report.UtcTime;
import levee.server.Caller;
import levee.server.FindingMarks;
import levee.server.Operation.Access;
import levee.store.Annotation;
import levee.store.Store;

/** What people said about a finding, and the form with which they say more. */
final class Remarks {
    private final Store store;
    private final String place;
    private final String noun;

    /**
     * @param place what the paths of its actions begin with
     * @param noun what the finding is about
     */
    Remarks(Store store, String place, String noun) {
        this.store = store;
        this.place = place;
        this.noun = noun;
    }

    Element toElement(Caller caller, String id, Instant now) {
        List<Annotation> annotations = store.annotations(id);
        Optional<Annotation> mark = MarkWords.inForce(annotations, now);
        Element section = element("section")
                .attribute("id", "actions")
                .withClass("actions")
                .attribute("aria-labelledby", "actions-heading")
                .add(element("h2", "What people say").attribute("id", "actions-heading"))
                .add(element("p", mark.map(MarkWords::of).map(Prose::sentence).orElse("Nothing yet.")));
        if (caller.may(Access.OPERATORS)) {
            section.add(
                    form(caller, id, mark.isPresent()),
                    element(
                                    "p",
                                    "Each of them stops alerts about this " + noun
                                            + "; it is watched and recorded all the same.")
                            .withClass("quiet"));
        } else {
            section.add(element("p", "Who may operate can acknowledge it, mute it, or call it a false alarm.")
                    .withClass("quiet"));
        }
        return annotations.isEmpty() ? section : section.add(history(annotations));
    }

    /** One form with a button for each thing to say; where each goes is said by the button. */
    private Element form(Caller caller, String id, boolean isMarked) {
        String path = place + "/" + id;
        Element form = element("form")
                .attribute("method", "post")
                .attribute("action", path + Paths.ACKNOWLEDGE)
                .add(
                        Frame.token(caller),
                        element("label", "Note ")
                                .add(element("input")
                                        .attribute("name", "note")
                                        .attribute("maxlength", FindingMarks.LONGEST_NOTE)
                                        .attribute("autocomplete", "off")),
                        button("Acknowledge", path + Paths.ACKNOWLEDGE),
                        element("span")
                                .withClass("pair")
                                .add(
                                        button("Mute", path + Paths.MUTE),
                                        element("label", "for ").add(hours())),
                        button("False alarm", path + Paths.FALSE_ALARM));
        return isMarked ? form.add(button("Take back", path + Paths.CLEAR)) : form;
    }

    private static Element button(String text, String path) {
        return element("button", text).attribute("type", "submit").attribute("formaction", path);
    }

    private static Element hours() {
        Element select = element("select").attribute("name", "hours");
        List.of(1, 8, 24, 168)
                .forEach(hours -> select.add(element("option", hours < 48 ? hours + " h" : hours / 24 + " d")
                        .attribute("value", hours)));
        return select;
    }

    private static Element history(List<Annotation> annotations) {
        Element list = element("ul");
        annotations
                .reversed()
                .forEach(annotation -> list.add(element(
                        "li",
                        UtcTime.toSecond(annotation.at()) + " UTC: " + MarkWords.of(annotation)
                                + (annotation.note().isEmpty() ? "" : ": " + annotation.note()))));
        return element("details").add(element("summary", Amounts.count(annotations.size(), "remark", "remarks")), list);
    }
}
