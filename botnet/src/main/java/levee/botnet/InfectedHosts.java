package levee.botnet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import levee.botnet.HostJudge.Verdict;
import levee.model.Attack.Visibility;
import levee.model.Finding.State;
import levee.model.FindingEvent;
import levee.model.FindingEvent.Change;
import levee.model.FindingId;
import levee.model.Group;
import levee.model.InfectedHost;
import levee.model.InfectedHost.Behaviour;
import levee.model.InfectedHost.Level;
import levee.model.InfectedHost.ServerContact;
import org.jspecify.annotations.Nullable;

/** Tells of hosts that are thought infected, and of who commands them: when they are, when more is known, when they are no more. */
final class InfectedHosts {
    /** Between two changes that are told, unless the level changes. */
    private static final long QUIET_NANOS = 600_000_000_000L;

    /** Between two looks at a host that was told of. */
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private static final long LOOKS_AGAIN_NANOS = 3_600_000_000_000L;

    /** Nobody could see to more of them; each takes some kilobytes. */
    private static final int MOST = 1 << 14;

    private final HostJudge judge;
    private final Consumer<FindingEvent> listener;
    private final CommandServers servers;
    private AbuseSettings settings;
    private Optional<JudgementListener> judgements = Optional.empty();
    private final Map<Host, Told> told = new LinkedHashMap<>();
    private long nextLookNanos = Long.MIN_VALUE;
    private long nextServersNanos = Long.MIN_VALUE;
    private long untold;

    /** Who commands whom may be another now, whatever the time. */
    private boolean mustLook;

    InfectedHosts(HostJudge judge, AbuseSettings settings, Consumer<FindingEvent> listener) {
        this.judge = judge;
        this.settings = settings;
        this.listener = listener;
        servers = new CommandServers(listener);
    }

    /**
     * Takes over what the operator changed, and takes back at once what is not to be said any more.
     *
     * @param again is told of those of whom something else may be said now
     */
    void apply(AbuseSettings changed, Consumer<Host> again) {
        settings = changed;
        for (Map.Entry<Host, Told> entry : List.copyOf(told.entrySet())) {
            Host host = entry.getKey();
            if (settings.allowed().allowsAddress(host.high, host.low)) {
                end(host, entry.getValue());
            } else {
                entry.getValue().judgedNanos = 0;
                again.accept(host);
            }
        }
        mustLook = true;
    }

    /** From now on a listener is told of each judgement, too. */
    void observe(JudgementListener listener) {
        judgements = Optional.of(listener);
    }

    void judge(Host host, long nowNanos) {
        Told before = host.told;
        if (before != null && nowNanos - before.judgedNanos < PATIENCE_NANOS && nowNanos > before.judgedNanos) {
            // More of the same can wait; what is left in the end is judged once more.
            return;
        }
        judgeAtOnce(host, nowNanos);
    }

    private void judgeAtOnce(Host host, long nowNanos) {
        Told before = host.told;
        if (settings.allowed().allowsAddress(host.high, host.low)) {
            if (before != null) {
                end(host, before);
            }
            return;
        }
        Verdict verdict = judge.judge(host, nowNanos);
        judgements.ifPresent(listener -> listener.judged(host.address(), verdict.score(), verdict.weights()));
        if (before != null) {
            before.judgedNanos = nowNanos;
        }
        Level levelBefore = before == null ? null : before.finding.level();
        Level level = verdict.level(levelBefore);
        if (level == null) {
            if (before != null) {
                end(host, before);
            }
            return;
        }
        if (before == null && told.size() >= MOST) {
            untold++;
        } else if (before == null) {
            Instant since = Instant.ofEpochSecond(0, nowNanos);
            Told first = new Told(finding(host, verdict, level, since, State.OPEN, null), since, nowNanos);
            host.told = first;
            told.put(host, first);
            listener.accept(new FindingEvent(Change.OPENED, first.finding));
        } else if (level != levelBefore) {
            before.levelSince = Instant.ofEpochSecond(0, nowNanos);
            change(host, before, verdict, level, nowNanos);
        } else if (nowNanos - before.toldNanos >= QUIET_NANOS) {
            change(host, before, verdict, level, nowNanos);
        }
    }

    private void change(Host host, Told before, Verdict verdict, Level level, long nowNanos) {
        before.finding = finding(host, verdict, level, before.levelSince, State.OPEN, before.finding);
        before.toldNanos = nowNanos;
        listener.accept(new FindingEvent(Change.CHANGED, before.finding));
    }

    private void end(Host host, Told before) {
        host.told = null;
        told.remove(host);
        mustLook = true;
        InfectedHost last = before.finding;
        listener.accept(new FindingEvent(
                Change.ENDED,
                new InfectedHost(
                        last.id(),
                        State.ENDED,
                        last.host(),
                        last.start(),
                        last.end(),
                        last.level(),
                        last.levelSince(),
                        last.score(),
                        last.probability(),
                        last.behaviours(),
                        last.against(),
                        last.commandServers(),
                        last.identities(),
                        last.visibility(),
                        last.group())));
    }

    /** Names now and then those that were told of, since they may have fallen silent. */
    void overdue(long nowNanos, Consumer<Host> visitor) {
        if (nowNanos >= nextLookNanos) {
            nextLookNanos = nowNanos + LOOKS_AGAIN_NANOS;
            told.keySet().forEach(visitor);
        }
    }

    /**
     * Looks for who commands the hosts that are told of.
     *
     * @param areChanged whether there is something new about any of them
     */
    void tick(long nowNanos, boolean areChanged) {
        if (mustLook || areChanged && nowNanos >= nextServersNanos) {
            mustLook = false;
            nextServersNanos = nowNanos + QUIET_NANOS / 2;
            servers.look(told.keySet());
        }
    }

    /** How often a host was not told of because there were too many. */
    long untold() {
        return untold;
    }

    /** Tells of everything as it stands at last. */
    void finish(long nowNanos) {
        servers.lookAtLast(told.keySet());
        for (Map.Entry<Host, Told> entry : told.entrySet()) {
            Host host = entry.getKey();
            Told before = entry.getValue();
            Verdict verdict = judge.judge(host, nowNanos);
            Level last = before.finding.level();
            Level level = verdict.level(last) == Level.NOTIFY ? Level.NOTIFY : last;
            if (level != last) {
                before.levelSince = Instant.ofEpochSecond(0, nowNanos);
            }
            change(host, before, verdict, level, nowNanos);
            host.told = null;
        }
        told.clear();
        servers.finish();
        nextLookNanos = Long.MIN_VALUE;
        nextServersNanos = Long.MIN_VALUE;
    }

    private InfectedHost finding(
            Host host, Verdict verdict, Level level, Instant since, State state, @Nullable InfectedHost before) {
        List<Behaviour> behaviours = new ArrayList<>();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Sign sign : verdict.signs()) {
            first = Math.min(first, sign.firstNanos());
            last = Math.max(last, sign.lastNanos());
            behaviours.add(new Behaviour(
                    sign.kind(),
                    Instant.ofEpochSecond(0, sign.firstNanos()),
                    Instant.ofEpochSecond(0, sign.lastNanos()),
                    sign.weight(),
                    sign.evidence(),
                    sign.examples()));
        }
        Instant start = before == null ? Instant.ofEpochSecond(0, first) : before.start();
        String id =
                before == null ? FindingId.of(InfectedHost.KIND, host.address().toString(), start) : before.id();
        int group = settings.groups().find(host.high, host.low);
        Optional<Group> named = settings.groups().get(group);
        List<ServerContact> contacts = servers.of(host);
        return new InfectedHost(
                id,
                state,
                host.address(),
                start,
                Instant.ofEpochSecond(0, last),
                level,
                since,
                verdict.score(),
                Optional.empty(),
                behaviours,
                verdict.against(),
                contacts,
                host.identity == null ? List.of() : host.identity.list(),
                host.answered > 0 ? Visibility.TWO_WAY : Visibility.ONE_WAY,
                named);
    }
}
