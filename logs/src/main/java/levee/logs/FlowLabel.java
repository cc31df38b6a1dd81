package levee.logs;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a person or program said of a flow, as the data sets of CTU in Prague say it: CTU-13 in one column of Argus records,
 * IoT-23 and others in two columns of Zeek's.
 *
 * @param verdict what the label makes of the flow's initiator
 * @param behaviour what the initiator was about, in the words of {@code docs/truth.schema.json}; only where it is malicious
 * @param toCommandServer whether the responder gives the commands
 */
public record FlowLabel(Verdict verdict, Optional<String> behaviour, boolean toCommandServer) {

    /** What to think of the host that began a flow. */
    public enum Verdict {
        MALICIOUS,
        NORMAL,
        /** Background: nobody knows. */
        UNKNOWN
    }

    private static final FlowLabel NORMAL = new FlowLabel(Verdict.NORMAL, Optional.empty(), false);
    private static final FlowLabel UNKNOWN = new FlowLabel(Verdict.UNKNOWN, Optional.empty(), false);

    /** Such as C&C, C&C-HeartBeat, CC, -CC106-; not the CC of a longer word. */
    private static final Pattern COMMAND = Pattern.compile("c&c|(^|[^a-z])cc\\d*($|[^a-z])");

    /**
     * Of Argus records. Only what says where it comes from speaks of the initiator: {@code From-Botnet-V51-1-UDP-DNS}, but
     * not {@code To-Normal-V52-UDP-NTP-server}. {@code Malware-TCP} stands for a bot's flow, too.
     */
    static FlowLabel ofArgus(String text) {
        String label = text.toLowerCase(Locale.ROOT);
        String from = label.startsWith("flow=") ? label.substring("flow=".length()) : label;
        if (from.startsWith("from-botnet") || from.startsWith("botnet") || from.startsWith("malware")) {
            return malicious(from);
        }
        return from.startsWith("from-normal") ? NORMAL : UNKNOWN;
    }

    /** @param detail of the second column; empty where it says nothing */
    static FlowLabel ofZeek(String text, String detail) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "malicious" -> malicious(detail.toLowerCase(Locale.ROOT));
            case "benign" -> NORMAL;
            default -> UNKNOWN;
        };
    }

    private static FlowLabel malicious(String detail) {
        boolean toCommandServer = COMMAND.matcher(detail).find();
        return new FlowLabel(Verdict.MALICIOUS, behaviour(detail, toCommandServer), toCommandServer);
    }

    private static Optional<String> behaviour(String detail, boolean toCommandServer) {
        if (toCommandServer) {
            return Optional.of("command-and-control");
        }
        if (detail.contains("portscan") || detail.contains("port-scan")) {
            return Optional.of("scanning");
        }
        if (detail.contains("ddos")) {
            return Optional.of("flooding");
        }
        if (detail.contains("filedownload")) {
            return Optional.of("loading");
        }
        return detail.contains("spam") ? Optional.of("spam") : Optional.empty();
    }
}
