package levee.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import levee.model.InfectedHost;
import levee.server.Addition;
import levee.server.FindingMarks;
import levee.server.Operation;
import levee.server.Problem;

/** All pages. */
public final class Pages implements Addition {
    private final Assets assets = new Assets();
    private final Frame frame;
    private final List<Operation> operations = new ArrayList<>();

    /** @param mostViewers who may follow what changes at the same time */
    public Pages(Running running, Signing signing, int mostViewers) {
        frame = new Frame(running, assets);
        TrafficHistory history = new TrafficHistory(running.store(), running.clock());
        ExporterRates rates = new ExporterRates();
        LiveView view = new LiveView(running, history, rates);
        StoredAttacks attacks = new StoredAttacks(running);
        FindingMarks marks = new FindingMarks(running.store(), running.clock());
        operations.addAll(new OverviewPage(running, frame, view, new TrafficFigure(history)).all());
        operations.addAll(new AttackListPage(running, frame).all());
        operations.addAll(new AttackPage(running, frame, attacks).all());
        operations.addAll(new MarkActions(running, Paths.ATTACKS, attacks::stored, marks).all());
        StoredAbuse abuse = new StoredAbuse(running);
        InfectedStory story = new InfectedStory(running, abuse);
        operations.addAll(new InfectedListPage(running, frame, abuse).all());
        operations.addAll(new InfectedPage(frame, abuse, story).all());
        operations.addAll(new MarkActions(
                        running, Paths.INFECTED, (caller, id) -> abuse.stored(caller, InfectedHost.KIND, id), marks)
                .all());
        operations.addAll(new ServerPages(frame, abuse).all());
        operations.addAll(new AbusePage(frame, abuse).all());
        operations.addAll(new HostsPage(running, frame).all());
        operations.addAll(new HostPage(running, frame, story).all());
        operations.addAll(new ExportersPage(running, frame, rates).all());
        operations.addAll(new SettingsPage(running, frame).all());
        operations.addAll(new SearchPage(running, frame).all());
        operations.addAll(new LiveOperations(running, view, history, mostViewers).all());
        operations.addAll(new SignInPage(signing, frame).all());
        operations.addAll(new AccountPage(running, signing, frame).all());
        operations.addAll(new UsersPage(running, signing, frame).all());
        operations.addAll(new AuditTrailPage(running, frame).all());
        operations.addAll(assets.operations());
    }

    @Override
    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    @Override
    public Optional<byte[]> page(Problem problem) {
        return Optional.of(frame.html(problem.title(), ProblemPage.of(problem)));
    }
}
