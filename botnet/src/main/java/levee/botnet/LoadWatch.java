package levee.botnet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.function.Consumer;
import levee.indicator.AllowTable;
import levee.model.Evidence;
import levee.model.InfectedHost.BehaviourKind;
import levee.model.Protocols;
import levee.telemetry.EventBatch;
import levee.telemetry.EventBatch.Text;
import levee.telemetry.EventKind;

/**
 * Hosts that fetch a program over plain HTTP from a bare address, as worms of small devices do: what is asked for is called after a
 * processor, or is a script for the shell.
 */
final class LoadWatch implements Watch {
    private static final double WEIGHT = 22;
    private static final double MORE = 6;

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

    private final byte[] text = new byte[EventBatch.LONGEST_TEXT];

    private static byte[][] bytes(String... words) {
        byte[][] all = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            all[i] = words[i].getBytes(US_ASCII);
        }
        return all;
    }

    @Override
    public void event(EventBatch batch, int event, Host host) {
        if (batch.kind(event) != EventKind.HTTP || (batch.flags[event] & EventBatch.REQUEST) == 0) {
            return;
        }
        int name = batch.textLength(event, Text.NAME);
        for (int i = 0; i < name; i++) {
            int b = batch.textByte(event, Text.NAME, i);
            if ((b < '0' || b > '9') && b != '.' && b != ':') {
                return;
            }
        }
        int length = batch.textLength(event, Text.MORE);
        batch.copyText(event, Text.MORE, text, 0);
        if (!isProgram(path(length))) {
            return;
        }
        LoadState state = host.loading;
        if (state == null) {
            state = new LoadState();
            state.firstNanos = batch.nanos[event];
            host.loading = state;
        }
        state.programs++;
        state.target = batch.text(event, Text.MORE);
        state.lastNanos = batch.nanos[event];
        state.high = batch.responderHigh[event];
        state.low = batch.responderLow[event];
        state.port = batch.responderPort[event];
        state.examples.add(batch, event, batch.protocol[event]);
        host.isDirty = true;
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
        for (int i = 0; i < end.length; i++) {
            int b = text[length - end.length + i];
            if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != end[i]) {
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
        state.target.chars().limit(80).forEach(c -> target.append(c > ' ' && c < 0x7f ? (char) c : '?'));
        signs.accept(new Sign(
                BehaviourKind.LOADING,
                WEIGHT + (state.programs >= 3 ? MORE : 0),
                state.firstNanos,
                state.lastNanos,
                List.of(new Evidence(
                        "fetched " + state.programs + " programs from bare addresses, the last one " + target + " from "
                                + Examples.endpoint(state.high, state.low, state.port, Protocols.TCP),
                        state.programs,
                        1,
                        "HTTP requests whose host is an address, for files named after processors or shell scripts")),
                state.examples.list()));
    }
}
