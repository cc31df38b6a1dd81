package levee.botnet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.function.Consumer;
import levee.indicator.AllowTable;
import levee.model.Amounts;
import levee.model.Evidence;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.Protocols;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;

/**
 * Hosts that fetch a program over plain HTTP from a bare address, as worms of small devices do: what is asked for is called after a
 * processor or is a script for the shell, or what is answered is a program. A browser fetches programs, too, so that the latter
 * weighs less, and more if a tool of scripts asked. Servers inside count like others.
 */
final class LoadWatch implements Watch {
    private static final double NAMED = 22;
    private static final double ANSWERED = 16;
    private static final double BY_TOOL = 6;

    /** From an own address programs are fetched by whoever sets up machines. */
    static final double MOST_INSIDE = 19;

    private static final double MORE = 6;

    /** Characters told of a target. */
    static final int LONGEST_TOLD = 80;

    /** Ends of the names under which worms keep their programs, one for each processor. */
    private static final byte[][] PROCESSORS = bytes(
            "arm",
            "arm4",
            "arm5",
            "arm6",
            "arm7",
            "arm4l",
            "arm5l",
            "arm6l",
            "arm7l",
            "armv4l",
            "armv5l",
            "armv6l",
            "armv7l",
            "mips",
            "mpsl",
            "mipsel",
            "mipseb",
            "x86",
            "x86_64",
            "x64",
            "i586",
            "i686",
            "i486",
            "ppc",
            "powerpc",
            "powerpc-440fp",
            "sh4",
            "spc",
            "sparc",
            "m68k",
            "arc",
            "riscv64",
            "aarch64");

    private static final byte[][] SCRIPTS = bytes("bins.sh", "/sh", ".sh", "/bin", "/bot");

    /** What tools of scripts say in their user agents, in lower case. */
    private static final byte[][] TOOLS =
            bytes("curl/", "wget", "python-requests/", "python-urllib/", "go-http-client/", "powershell", "certutil");

    /** What brings updates of Windows says so; its caches are bare addresses, as those of a provider. */
    private static final byte[][] UPDATERS = bytes("microsoft bits/", "microsoft-delivery-optimization/");

    private final byte[] text = new byte[EventBatch.LONGEST_TEXT];
    private final Population population;
    private final BareRequests requests;

    /** @param seed of hashes, secret on a live network */
    LoadWatch(Population population, long seed) {
        this.population = population;
        requests = new BareRequests(seed);
    }

    private static byte[][] bytes(String... words) {
        byte[][] all = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            all[i] = words[i].getBytes(US_ASCII);
        }
        return all;
    }

    @Override
    public void event(EventBatch batch, int event, Host host) {
        if (batch.kind(event) != EventKind.HTTP) {
            return;
        }
        if ((batch.flags[event] & EventBatch.REQUEST) != 0) {
            request(batch, event, host);
        } else if ((batch.flags[event] & EventBatch.PROGRAM) != 0) {
            int request = requests.take(batch, event);
            if (request != BareRequests.NONE) {
                count(batch, event, host, requests.target(request), answered(requests.isByTool(request)));
            }
        }
    }

    private void request(EventBatch batch, int event, Host host) {
        // What is answered from now on is not about what this connection asked for before.
        requests.take(batch, event);
        if (!Addresses.isBare(batch, event)) {
            return;
        }
        int agent = batch.textLength(event, Text.DETAIL);
        batch.copyText(event, Text.DETAIL, text, 0);
        boolean isByTool = containsAny(agent, TOOLS);
        boolean isByUpdater = containsAny(agent, UPDATERS);
        int length = batch.textLength(event, Text.MORE);
        batch.copyText(event, Text.MORE, text, 0);
        if (isProgram(path(length))) {
            count(batch, event, host, batch.text(event, Text.MORE), NAMED);
        } else if (batch.textLength(event, Text.NAME) == 0 || isByUpdater) {
            // The host may be missing because its field was not captured.
            return;
        } else if ((batch.flags[event] & EventBatch.PROGRAM) != 0) {
            count(batch, event, host, batch.text(event, Text.MORE), answered(isByTool));
        } else if ((batch.flags[event] & EventBatch.RESPONSE) == 0) {
            requests.add(batch, event, text, length, isByTool);
        }
    }

    private static double answered(boolean isByTool) {
        return ANSWERED + (isByTool ? BY_TOOL : 0);
    }

    private void count(EventBatch batch, int event, Host host, String target, double decibans) {
        LoadState state = host.loading;
        if (state == null) {
            state = new LoadState();
            state.firstNanos = batch.nanos[event];
            host.loading = state;
        }
        state.lastNanos = batch.nanos[event];
        if (isSame(state, batch, event, target)) {
            // One program in parts.
            return;
        }
        boolean isInside = population.isInside(batch.responderHigh[event], batch.responderLow[event]);
        double weight = isInside ? Math.min(MOST_INSIDE, decibans) : decibans;
        state.programs++;
        state.outside += isInside ? 0 : 1;
        if (weight >= state.decibans) {
            state.decibans = weight;
            state.target = target;
            state.high = batch.responderHigh[event];
            state.low = batch.responderLow[event];
            state.port = batch.responderPort[event];
        }
        state.examples.add(batch, event, batch.protocol[event]);
        host.isDirty = true;
    }

    private static boolean isSame(LoadState state, EventBatch batch, int event, String target) {
        return state.programs > 0
                && state.high == batch.responderHigh[event]
                && state.low == batch.responderLow[event]
                && state.port == batch.responderPort[event]
                && state.target.equals(target);
    }

    /** How much of the target comes before its question, which may be about anything. */
    private int path(int length) {
        for (int i = 0; i < length; i++) {
            if (text[i] == '?') {
                return i;
            }
        }
        return length;
    }

    @Override
    public void clear() {
        requests.clear();
    }

    @Override
    public void allow(Host host, AllowTable allowed) {
        LoadState state = host.loading;
        if (state != null && allowed.allowsAddress(state.high, state.low)) {
            host.loading = null;
        }
    }

    private boolean isProgram(int length) {
        for (byte[] processor : PROCESSORS) {
            int before = length - processor.length - 1;
            if (before >= 0 && endsWith(length, processor) && !isLetterOrDigit(text[before])) {
                return true;
            }
        }
        for (byte[] script : SCRIPTS) {
            if (length > script.length && endsWith(length, script)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLetterOrDigit(byte b) {
        return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
    }

    private boolean endsWith(int length, byte[] end) {
        return isAt(length - end.length, end);
    }

    private boolean containsAny(int length, byte[][] words) {
        for (byte[] word : words) {
            for (int at = 0; at <= length - word.length; at++) {
                if (isAt(at, word)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isAt(int at, byte[] word) {
        for (int i = 0; i < word.length; i++) {
            int b = text[at + i];
            if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != word[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void judge(Host host, long nowNanos, Consumer<Sign> signs) {
        LoadState state = host.loading;
        if (state == null) {
            return;
        }
        StringBuilder target = new StringBuilder();
        state.target.chars().limit(LONGEST_TOLD).forEach(c -> target.append(c > ' ' && c < 0x7f ? (char) c : '?'));
        signs.accept(new Sign(
                BehaviourKind.LOADING,
                state.decibans + (state.outside >= 3 ? MORE : 0),
                state.firstNanos,
                state.lastNanos,
                List.of(new Evidence(
                        "fetched " + Amounts.count(state.programs, "program") + " from bare addresses, such as "
                                + target + " of " + Examples.endpoint(state.high, state.low, state.port, Protocols.TCP),
                        state.programs,
                        1,
                        "HTTP requests whose host is an address, for files named after processors or shell scripts, or"
                                + " answered with a program")),
                state.examples.list()));
    }
}
