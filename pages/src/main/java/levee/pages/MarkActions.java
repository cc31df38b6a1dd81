package levee.pages;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import levee.server.Answer;
import levee.server.Caller;
import levee.server.FindingMarks;
import levee.server.Form;
import levee.server.Operation;
import levee.server.Operation.Request;
import levee.server.Problem;
import levee.store.Annotation;
import levee.store.StoredFinding;

/** What the buttons under {@link Remarks} do. */
final class MarkActions {
    private static final int MOST_HOURS = 24 * 366;

    private final Running running;
    private final String place;
    private final BiFunction<Caller, String, StoredFinding> find;
    private final FindingMarks marks;

    /**
     * @param place where the findings have their pages
     * @param find the finding with an id, unless its caller may not see it
     */
    MarkActions(Running running, String place, BiFunction<Caller, String, StoredFinding> find, FindingMarks marks) {
        this.running = running;
        this.place = place;
        this.find = find;
        this.marks = marks;
    }

    List<Operation> all() {
        return List.of(
                mark(Paths.ACKNOWLEDGE, Annotation.Mark.ACKNOWLEDGED),
                mark(Paths.MUTE, Annotation.Mark.MUTED),
                mark(Paths.FALSE_ALARM, Annotation.Mark.FALSE_ALARM),
                mark(Paths.CLEAR, Annotation.Mark.CLEARED));
    }

    private Operation mark(String path, Annotation.Mark mark) {
        return Operation.post(place + "/{id}" + path, request -> mark(request, mark))
                .alsoForCustomers();
    }

    private void mark(Request request, Annotation.Mark mark) throws IOException {
        StoredFinding stored = find.apply(request.caller(), request.parameter("id"));
        Form form = Form.of(request);
        Optional<Instant> until = mark == Annotation.Mark.MUTED
                ? Optional.of(running.clock().instant().plus(hours(form)))
                : Optional.empty();
        marks.mark(request.caller(), stored.id(), mark, until, form.text("note").orElse(""));
        Answer.seeOther(request, place + "/" + stored.id() + "#actions");
    }

    private static Duration hours(Form form) {
        String text = form.text("hours").orElse("1");
        if (text.matches("[0-9]{1,4}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MOST_HOURS) {
            return Duration.ofHours(Integer.parseInt(text));
        }
        throw Problem.body("It does not say for how many hours.", "Choose one of the times in the list.")
                .exception();
    }
}
