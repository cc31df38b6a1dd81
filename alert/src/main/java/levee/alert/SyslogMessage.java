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
        parameter("target", situation.target());
        parameter("vectors", situation.vectorNames());
        parameter("pps", String.valueOf(Math.round(situation.packetsPerSecond())));
        parameter("bps", String.valueOf(Math.round(situation.bitsPerSecond())));
        parameter("confidence", String.format(Locale.ROOT, "%.2f", situation.confidence()));
        parameter("start", situation.start().toString());
        parameter("direction", situation.direction().name().toLowerCase(Locale.ROOT));
        situation.group().ifPresent(group -> {
            parameter("group", group.name());
            group.customer().ifPresent(customer -> parameter("customer", customer));
        });
        end(MailText.headline(single) + single.page().map(page -> " " + page).orElse(""));
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
                        .append(Figures.bitRate(single.situation().bitsPerSecond()))
                        .append(')'));
        end(largest.toString());
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
