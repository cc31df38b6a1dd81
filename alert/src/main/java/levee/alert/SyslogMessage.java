package levee.alert;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * An alert as a message by RFC 5424, in US-ASCII. The structured data is always whole; the text is cut to what the
 * transport surely carries.
 */
final class SyslogMessage {
    /** IANA reserves this number for documentation (RFC 5612); Levee has none of its own. */
    private static final String STRUCTURED_DATA_ID = "levee@32473";

    private static final int LONGEST_HOSTNAME = 255;
    private static final int LONGEST_VALUE = 200;

    private final StringBuilder message = new StringBuilder(512);
    private final int mostBytes;

    private SyslogMessage(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    static byte[] of(Alert alert, Syslog syslog, Instant now, int mostBytes) {
        return new SyslogMessage(mostBytes).write(alert, syslog, now);
    }

    private byte[] write(Alert alert, Syslog syslog, Instant now) {
        message.append('<')
                .append(syslog.facility() * 8 + alert.severity().syslogCode())
                .append(">1 ")
                // At most six digits of a second (RFC 5424 section 6.2.3).
                .append(now.truncatedTo(ChronoUnit.MICROS))
                .append(' ')
                .append(hostname(syslog.hostname()))
                .append(" levee - ");
        switch (alert) {
            case Alert.Single single -> write(single);
            case Alert.Digest digest -> write(digest);
            case Alert.Trial trial -> {
                begin("TEST", trial);
                end("This is a test of Levee's alerts. There is no attack.");
            }
        }
        if (message.length() > mostBytes) {
            message.setLength(mostBytes);
        }
        return message.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void write(Alert.Single single) {
        Situation situation = single.situation();
        begin(single.event().code().toUpperCase(Locale.ROOT), single);
        parameter("finding", situation.id());
        switch (situation) {
            case AttackSituation attack -> attack(attack);
            case HostSituation host -> host(host);
        }
        situation.group().ifPresent(group -> {
            parameter("group", group.name());
            group.customer().ifPresent(customer -> parameter("customer", customer));
        });
        end(MailText.headline(single) + single.page().map(page -> " " + page).orElse(""));
    }

    private void attack(AttackSituation attack) {
        parameter("target", attack.target());
        parameter("vectors", attack.vectorNames());
        parameter("pps", String.valueOf(Math.round(attack.packetsPerSecond())));
        parameter("bps", String.valueOf(Math.round(attack.bitsPerSecond())));
        parameter("confidence", String.format(Locale.ROOT, "%.2f", attack.confidence()));
        parameter("start", attack.start().toString());
        parameter("direction", attack.direction().name().toLowerCase(Locale.ROOT));
    }

    private void host(HostSituation host) {
        parameter("host", host.target());
        parameter("level", host.level().label());
        parameter("behaviours", host.behaviourNames());
        parameter("score", String.format(Locale.ROOT, "%.1f", host.score()));
        parameter("start", host.start().toString());
        host.examples().stream().findFirst().ifPresent(example -> {
            parameter("seen", example.time().toString());
            parameter("source_port", String.valueOf(example.sourcePort()));
        });
    }

    private void write(Alert.Digest digest) {
        begin("DIGEST", digest);
        parameter("opened", String.valueOf(digest.opened()));
        parameter("changed", String.valueOf(digest.changed()));
        parameter("ended", String.valueOf(digest.ended()));
        StringBuilder largest = new StringBuilder(digest.summary()).append("; the largest:");
        digest.largest()
                .forEach(single -> largest.append(' ')
                        .append(single.situation().target())
                        .append(" (")
                        .append(size(single.situation()))
                        .append(')'));
        end(largest.toString());
    }

    private static String size(Situation situation) {
        return switch (situation) {
            case AttackSituation attack -> Figures.bitRate(attack.bitsPerSecond());
            case HostSituation host -> "infected";
        };
    }

    private void begin(String messageId, Alert alert) {
        message.append(messageId).append(" [").append(STRUCTURED_DATA_ID);
        parameter("alert", alert.alertId());
    }

    /** In values a quote, a backslash and a closing bracket are escaped (RFC 5424 section 6.3.3). */
    private void parameter(String name, String value) {
        message.append(' ').append(name).append("=\"");
        String safe = Plain.ascii(value, LONGEST_VALUE);
        for (int i = 0; i < safe.length(); i++) {
            char character = safe.charAt(i);
            if (character == '"' || character == '\\' || character == ']') {
                message.append('\\');
            }
            message.append(character);
        }
        message.append('"');
    }

    private void end(String text) {
        message.append("] ").append(Plain.ascii(text, mostBytes));
    }

    private static String hostname(String hostname) {
        String printable = hostname.replaceAll("[^!-~]", "");
        if (printable.isEmpty()) {
            return "-";
        }
        return printable.length() > LONGEST_HOSTNAME ? printable.substring(0, LONGEST_HOSTNAME) : printable;
    }
}
