package levee.botnet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import levee.domain.NameModel;
import levee.domain.RegistrableName;
import levee.indicator.AllowTable;
import levee.model.Evidence;
import levee.model.InfectedHost.BehaviourKind;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;

/**
 * Hosts that ask for names that a program makes up until one exists, and hosts that carry data in names. Names count once by what
 * can be registered: a program that asks for the same dead server a thousand times is none that makes names up.
 */
final class NameWatch implements Watch {
    private static final int NO_SUCH_NAME = 3;
    private static final int POINTER = 12;
    private static final int NULL = 10;
    private static final int TEXT = 16;
    private static final int CANONICAL = 5;
    private static final int PRIVATE_TYPES = 65_280;

    private static final int FEWEST_ODD = 5;
    private static final int FEWEST_ANY = 25;
    private static final float LEAST = -8;
    private static final float MOST_OF_ONE = 9;

    private static final int FEWEST_BELOW = 60;
    private static final double LONG_NAMES = 22;
    private static final double VERY_LONG_NAMES = 48;
    private static final double WORDY = 0.3;
    private static final long STALE_NANOS = 3_600_000_000_000L;

    private final NameModel model = new NameModel();
    private final byte[] text = new byte[EventBatch.LONGEST_TEXT];

    @Override
    public void event(EventBatch batch, int event, Host host) {
        if (batch.kind(event) != EventKind.DNS || host.isResolver || batch.type[event] == POINTER) {
            return;
        }
        int length = batch.textLength(event, Text.NAME);
        if (length == 0) {
            return;
        }
        batch.copyText(event, Text.NAME, text, 0);
        int start = RegistrableName.start(text, 0, length);
        if (start < 0 || start >= length) {
            return;
        }
        NameState state = host.names;
        boolean failed = saysThereIsNone(batch, event);
        if (state == null) {
            if (!failed && start < LONG_NAMES) {
                return;
            }
            state = new NameState();
            state.firstNanos = batch.nanos[event];
            host.names = state;
        }
        long hash = RegistrableName.hash(text, start, length);
        if (failed) {
            fails(batch, event, host, state, hash, start, length);
        }
        if (start >= LONG_NAMES && (batch.flags[event] & EventBatch.REQUEST) != 0) {
            below(batch, event, host, state, hash, start, length);
        }
    }

    private void fails(EventBatch batch, int event, Host host, NameState state, long hash, int start, int length) {
        float score = model.score(text, 0, length);
        if (!state.fails(hash, score, (int) (batch.nanos[event] / 1_000_000_000L))) {
            return;
        }
        state.samples[state.sampled++ % state.samples.length] = printable(text, start, length);
        state.lastNanos = batch.nanos[event];
        host.isDirty = true;
    }

    private void below(EventBatch batch, int event, Host host, NameState state, long hash, int start, int length) {
        NameState.Domain domain = domain(state, hash, start, length, batch.nanos[event]);
        domain.questions++;
        domain.lastNanos = Math.max(domain.lastNanos, batch.nanos[event]);
        int type = batch.type[event];
        domain.wordy += type == TEXT || type == NULL || type == CANONICAL || type >= PRIVATE_TYPES ? 1 : 0;
        long belowHash = RegistrableName.hash(text, 0, start - 1);
        int bit = (int) (belowHash >>> 20) & 64 * NameState.Domain.WORDS - 1;
        if ((domain.below[bit >> 6] & 1L << bit) == 0) {
            domain.below[bit >> 6] |= 1L << bit;
            domain.distinct++;
            domain.letters += start - 1;
            domain.examples.add(batch, event, batch.protocol[event]);
            host.isDirty |= domain.distinct >= FEWEST_BELOW;
        }
    }

    private NameState.Domain domain(NameState state, long hash, int start, int length, long nanos) {
        int chosen = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < NameState.DOMAINS; i++) {
            NameState.Domain domain = state.domains[i];
            if (domain == null) {
                domain = new NameState.Domain();
                state.domains[i] = domain;
                domain.clear(hash, printable(text, start, length), nanos);
                return domain;
            }
            boolean isStale = nanos - domain.lastNanos > STALE_NANOS;
            if (domain.hash == hash && !isStale) {
                return domain;
            }
            int worth = isStale ? -1 : domain.questions;
            if (worth < least) {
                least = worth;
                chosen = i;
            }
        }
        NameState.Domain replaced = state.domains[chosen];
        if (replaced == null) {
            throw new IllegalStateException("all places are taken");
        }
        replaced.clear(hash, printable(text, start, length), nanos);
        return replaced;
    }

    @Override
    public void allow(Host host, AllowTable allowed) {
        NameState state = host.names;
        if (state != null) {
            for (int i = 0; i < NameState.DOMAINS; i++) {
                NameState.Domain domain = state.domains[i];
                if (domain != null && allowed.allowsName(domain.name)) {
                    domain.clear(0, "", 0);
                }
            }
        }
    }

    /** Whether somebody answered that there is no such name. */
    static boolean saysThereIsNone(EventBatch batch, int event) {
        return (batch.flags[event] & EventBatch.RESPONSE) != 0 && batch.code[event] == NO_SUCH_NAME;
    }

    /** Names hold what bytes their askers like; reports do not. */
    static String printable(byte[] bytes, int start, int end) {
        StringBuilder name = new StringBuilder();
        for (int i = start; i < end; i++) {
            name.append(bytes[i] > ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '?');
        }
        return name.toString();
    }

    @Override
    public void judge(Host host, long nowNanos, Consumer<Sign> signs) {
        NameState state = host.names;
        if (state == null || host.isResolver) {
            return;
        }
        generated(state, nowNanos, signs);
        NameState.Domain most = null;
        for (NameState.Domain domain : state.domains) {
            if (domain != null && isTunnel(domain) && (most == null || domain.distinct > most.distinct)) {
                most = domain;
            }
        }
        if (most != null) {
            signs.accept(tunnel(most));
        }
    }

    private static void generated(NameState state, long nowNanos, Consumer<Sign> signs) {
        int from = (int) (nowNanos / 1_000_000_000L) - NameState.WINDOW_SECONDS;
        int count = 0;
        int odd = 0;
        double sum = 0;
        for (int i = 0; i < NameState.KEPT; i++) {
            if (state.seconds[i] >= from) {
                count++;
                sum += Math.clamp(state.scores[i], LEAST, MOST_OF_ONE);
                odd += state.scores[i] > 0 ? 1 : 0;
            }
        }
        boolean areOdd = count >= FEWEST_ODD && odd >= FEWEST_ODD && sum > 0;
        boolean areMany = count >= FEWEST_ANY;
        if (!areOdd && !areMany) {
            return;
        }
        // The names of one host come from one source, so that the tenth adds less than the first.
        double byLetters = areOdd ? 10 * Math.log10(1 + sum / 3) * 1.6 : 0;
        double byNumber = areMany ? 8 + Decibans.growing(count, FEWEST_ANY, 10, 10) : 0;
        double weight = Math.min(42, byLetters + byNumber);
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence(
                String.format(
                        Locale.ROOT,
                        "asked for %,d different names that do not exist, such as %s",
                        count,
                        String.join(
                                ", ",
                                Arrays.stream(state.samples)
                                        .filter(s -> !s.isEmpty())
                                        .toList())),
                count,
                areOdd ? FEWEST_ODD : FEWEST_ANY,
                "registrable names answered with NXDOMAIN within six hours, each once"));
        if (areOdd) {
            evidence.add(new Evidence(
                    String.format(
                            Locale.ROOT,
                            "%,d of them look as if a program had made them up; all together by %.0f decibans",
                            odd,
                            sum),
                    sum,
                    0,
                    "model of letters (docs/domain-names.md)"));
        }
        signs.accept(new Sign(BehaviourKind.DGA, weight, state.firstNanos, state.lastNanos, evidence, List.of()));
    }

    private static boolean isTunnel(NameState.Domain domain) {
        double mean = (double) domain.letters / Math.max(1, domain.distinct);
        return domain.distinct >= FEWEST_BELOW
                && 2 * domain.distinct >= Math.min(domain.questions, 64 * NameState.Domain.WORDS)
                && (domain.wordy >= WORDY * domain.questions ? mean >= LONG_NAMES : mean >= VERY_LONG_NAMES);
    }

    private static Sign tunnel(NameState.Domain domain) {
        double mean = (double) domain.letters / domain.distinct;
        double weight = (domain.wordy >= WORDY * domain.questions ? 26 : 20)
                + Decibans.growing(domain.questions, FEWEST_BELOW, 8, 14);
        return new Sign(
                BehaviourKind.DNS_TUNNEL,
                weight,
                domain.firstNanos,
                domain.lastNanos,
                List.of(
                        new Evidence(
                                String.format(
                                        Locale.ROOT,
                                        "asked %,d questions below %s, at least %,d of them different",
                                        domain.questions,
                                        domain.name,
                                        domain.distinct),
                                domain.distinct,
                                FEWEST_BELOW,
                                "distinct names below one registrable name"),
                        new Evidence(
                                String.format(
                                        Locale.ROOT,
                                        "their lower parts are %.0f letters long; %.0f %% ask for texts or the like",
                                        mean,
                                        100.0 * domain.wordy / domain.questions),
                                mean,
                                LONG_NAMES,
                                "mean length, share of TXT, NULL, CNAME and private types")),
                domain.examples.list());
    }
}
