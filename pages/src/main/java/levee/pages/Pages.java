package levee.pages;

import java.util.List;
import java.util.Optional;
import levee.server.Addition;
import levee.server.Operation;
import levee.server.Problem;

/** All pages. */
public final class Pages implements Addition {
    private final Frame frame;

    public Pages(Frame frame) {
        this.frame = frame;
    }

    @Override
    public List<Operation> operations() {
        return List.of();
    }

    @Override
    public Optional<byte[]> page(Problem problem) {
        return Optional.of(new ProblemPage(problem).html(frame));
    }
}
