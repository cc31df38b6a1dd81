package levee.alert;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import levee.model.Amounts;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.Group;

/** Alerts as sentences, short enough for a phone, what matters most first. */
final class MailText {
    private static final int LONGEST_SUBJECT = 150;
    private static final int MOST_IN_HEADLINE = 2;
    private static final int LONGEST_GROUP = 400;

    private MailText() {}

    static String subject(Alert alert) {
        String what = switch (alert) {
            case Alert.Single single -> headline(single);
            case Alert.Digest digest -> digest.summary();
            case Alert.Trial trial -> "Test alert, there is no attack";
        };
        String mark =
                alert instanceof Alert.Trial ? "TEST" : alert.severity().code().toUpperCase(Locale.ROOT);
        return Plain.line("[Levee " + mark + "] " + what, LONGEST_SUBJECT);
    }

    /** Such as {@code Attack on 10.0.0.1: dns-reflection, 1.2 Gbit/s, 100 kpps}. */
    static String headline(Alert.Single single) {
        return switch (single.situation()) {
            case AttackSituation attack -> headline(single, attack);
            case HostSituation host -> HostMailText.headline(single.event(), host);
        };
    }

    private static String headline(Alert.Single single, AttackSituation situation) {
        String begin = switch (single.event()) {
            case OPENED -> opening(situation);
            case CHANGED -> "Attack changed on ";
            case ENDED -> situation.isAbsorbed() ? "Attack is part of a wider one now, on " : "Attack ended on ";
        };
        List<String> names = situation.vectors().stream()
                .limit(MOST_IN_HEADLINE)
                .map(part -> part.vector().label())
                .toList();
        int more = situation.vectors().size() - names.size();
        return begin + situation.target() + ": " + (names.isEmpty() ? "unknown vector" : String.join(", ", names))
                + (more > 0 ? " and " + more + " more" : "") + ", " + rates(situation);
    }

    private static String opening(AttackSituation situation) {
        return situation.direction() == Attack.Direction.OUTBOUND ? "Own hosts attack " : "Attack on ";
    }

    private static String rates(AttackSituation situation) {
        return Figures.bitRate(situation.bitsPerSecond()) + ", " + Figures.packetRate(situation.packetsPerSecond());
    }

    static String body(Alert alert) {
        return switch (alert) {
            case Alert.Single single -> body(single);
            case Alert.Digest digest -> body(digest);
            case Alert.Trial trial -> """
                This is a test of Levee's alerts. There is no attack.

                It was sent at %s. If you read this, alerts reach you here.
                """.formatted(Figures.time(trial.at()));
        };
    }

    private static String body(Alert.Single single) {
        return switch (single.situation()) {
            case AttackSituation attack -> body(single, attack);
            case HostSituation host -> HostMailText.body(single, host);
        };
    }

    private static String body(Alert.Single single, AttackSituation situation) {
        StringBuilder body = new StringBuilder(headline(single)).append("\n\n");
        single.before()
                .filter(before -> single.event() == AlertEvent.CHANGED)
                .map(situation::changesSince)
                .ifPresent(changes -> line(body, "Changed", changes));
        line(body, "Target", situation.target() + direction(situation.direction()));
        situation.group().ifPresent(group -> line(body, "Group", group(group)));
        line(
                body,
                "Since",
                Figures.time(situation.start()) + ", for "
                        + Figures.duration(Duration.between(situation.start(), situation.end()))
                        + (situation.isEnded() ? "; it is over" : " so far"));
        line(
                body,
                "How much",
                rates(situation) + " at peak; " + Amounts.count(situation.packets(), "packet") + ", "
                        + Figures.bytes(situation.bytes()) + " in all");
        line(body, "Vectors", vectors(situation));
        line(body, "From", sources(situation));
        if (!situation.origins().isEmpty()) {
            line(body, "Origins", origins(situation.origins()));
        }
        line(body, "How sure", Amounts.percent(situation.confidence()));
        if (!situation.isEnded()) {
            body.append("\nWhat to do next\n");
            nextSteps(situation).forEach(step -> body.append("- ").append(step).append('\n'));
        }
        if (!situation.evidence().isEmpty()) {
            body.append("\nWhy Levee says so\n");
            situation
                    .evidence()
                    .forEach(statement -> body.append("- ").append(statement).append('\n'));
        }
        body.append('\n');
        single.page().ifPresent(page -> line(body, "Page", page));
        line(body, "Finding", situation.id());
        return body.toString();
    }

    static void line(StringBuilder body, String label, String text) {
        body.append(label).append(": ").append(text).append('\n');
    }

    private static String direction(Attack.Direction direction) {
        return switch (direction) {
            case INBOUND -> "";
            case OUTBOUND -> ", attacked from the own networks";
            case TRANSIT -> ", in transit";
            case UNKNOWN -> ", direction unknown";
        };
    }

    private static String origins(List<Attack.Origin> origins) {
        return Plain.line(
                String.join(
                        ", ",
                        origins.stream()
                                .map(origin -> "AS" + origin.number()
                                        + (origin.name().isEmpty() ? "" : " " + origin.name()) + " "
                                        + Amounts.percent(origin.packetShare()))
                                .toList()),
                LONGEST_GROUP);
    }

    static String group(Group group) {
        return Plain.line(
                group.name()
                        + group.customer()
                                .map(customer -> ", customer " + customer)
                                .orElse("")
                        + (group.contacts().isEmpty()
                                ? ""
                                : "; to be reached by " + String.join(", ", group.contacts())),
                LONGEST_GROUP);
    }

    private static String vectors(AttackSituation situation) {
        return situation.vectors().isEmpty()
                ? "unknown"
                : String.join(
                        ", ",
                        situation.vectors().stream()
                                .map(part ->
                                        part.vector().label() + " " + Amounts.percent(part.packetShare()) + ports(part))
                                .toList());
    }

    private static String ports(AttackSituation.Part part) {
        if (part.vector().isReflection()) {
            return part.sourcePorts().isEmpty() ? "" : " (from port " + join(part.sourcePorts()) + ")";
        }
        return part.destinationPorts().isEmpty() ? "" : " (to port " + join(part.destinationPorts()) + ")";
    }

    private static String join(List<Integer> ports) {
        return String.join(", ", ports.stream().map(String::valueOf).toList());
    }

    private static String sources(AttackSituation situation) {
        Attack.Count count = situation.sources();
        return (count.exact() ? "" : "about ")
                + Amounts.count(count.value(), "address", "addresses")
                + switch (situation.spoofing()) {
                    case LIKELY -> ", likely forged";
                    case UNLIKELY -> ", likely real";
                    case UNKNOWN -> "";
                };
    }

    private static List<String> nextSteps(AttackSituation situation) {
        if (situation.direction() == Attack.Direction.OUTBOUND) {
            return List.of(
                    "Find the own hosts that send it and take them off the network.",
                    "Look whether they are infected or abused as reflectors.");
        }
        String target = situation.target();
        if (situation.vectors().isEmpty()) {
            return List.of("Look at the traffic to " + target + ".");
        }
        AttackSituation.Part main = situation.vectors().getFirst();
        String first = switch (main.vector().family()) {
            case UDP_REFLECTION ->
                "Ask your provider to drop UDP" + fromPort(main) + " to " + target
                        + ", if the target need not get such answers.";
            case TCP_REFLECTION -> "Ask your provider to filter TCP to " + target + " that belongs to no connection.";
            case TCP_FLOOD -> tcpStep(main.vector(), target);
            case UDP_FLOOD ->
                "Ask your provider to drop or limit UDP to " + target + toPort(main) + ", if no service needs it.";
            case OTHER_FLOOD -> "Ask your provider to drop or limit " + protocol(main.vector()) + " to " + target + ".";
        };
        return List.of(
                first,
                "See whether your uplink is full: what fills it can only be stopped at the provider.",
                "See whether the service still answers.");
    }

    private static String tcpStep(AttackVector vector, String target) {
        return switch (vector) {
            case TCP_SYN_FLOOD -> "Turn on SYN cookies at " + target + " or the balancer before it.";
            case TCP_CONNECTION_FLOOD -> "Limit connections per source address at " + target + ".";
            default -> "Drop TCP to " + target + " that belongs to no connection, at a stateful filter.";
        };
    }

    private static String protocol(AttackVector vector) {
        return switch (vector) {
            case ICMP_FLOOD -> "ICMP";
            case ICMPV6_FLOOD -> "ICMPv6 echo";
            case GRE_FLOOD -> "GRE";
            case IP_FRAGMENT_FLOOD -> "fragments";
            default -> "the protocol of the attack";
        };
    }

    private static String fromPort(AttackSituation.Part part) {
        return part.sourcePorts().isEmpty() ? "" : " from port " + join(part.sourcePorts());
    }

    private static String toPort(AttackSituation.Part part) {
        return part.destinationPorts().isEmpty() ? "" : " port " + join(part.destinationPorts());
    }

    private static String body(Alert.Digest digest) {
        StringBuilder body = new StringBuilder(digest.summary()).append("\n\n");
        body.append("So many at once are told together. The largest:\n");
        for (Alert.Single single : digest.largest()) {
            body.append("- ").append(headline(single)).append('\n');
            single.page().ifPresent(page -> body.append("  ").append(page).append('\n'));
        }
        int more = digest.size() - digest.largest().size();
        if (more > 0) {
            body.append("and ").append(Amounts.count(more)).append(" more.\n");
        }
        return body.toString();
    }
}
