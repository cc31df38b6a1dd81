package levee.alert;

/** What to do about the result of a test alert. */
final class Advice {
    private Advice() {}

    static String of(Channel channel, Outcome outcome) {
        return switch (channel) {
            case Webhook webhook -> of(webhook, outcome);
            case Mail mail -> of(mail, outcome);
            case Syslog syslog -> of(syslog, outcome);
        };
    }

    private static String of(Webhook webhook, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered delivered ->
                "Look whether the receiver shows a test alert, and that it checks the header " + WebhookSignature.HEADER
                        + ".";
            case Outcome.Refused refused
            when refused.text().startsWith("HTTP 3") -> "Give the address that the redirect leads to.";
            case Outcome.Refused refused -> "Check the address and the secret of the webhook, and the receiver's log.";
            case Outcome.Failed failed
            when failed.text().startsWith("TLS") ->
                "Check the receiver's certificate; if it is of an own authority, add that to the trust store of the"
                        + " JVM (javax.net.ssl.trustStore).";
            case Outcome.Failed failed ->
                "Check that the receiver runs, and that this machine may connect to " + webhook.where()
                        + ", directly or by the proxy that the JVM is told of.";
        };
    }

    private static String of(Mail mail, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered delivered ->
                "Look whether the mail arrived in the inbox; if not, look in the junk folder and the server's log.";
            case Outcome.Refused refused -> "Check user, password, sender and receivers.";
            case Outcome.Failed failed
            when failed.text().startsWith("TLS") ->
                "Check the server's certificate, and whether the port wants TLS (465) or STARTTLS (587).";
            case Outcome.Failed failed ->
                "Check host, port and security, and that this machine may connect to " + mail.where() + ".";
        };
    }

    private static String of(Syslog syslog, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered delivered
            when syslog.transport() == Syslog.Transport.UDP ->
                "Look in the server's log: UDP does not tell whether the message arrived.";
            case Outcome.Delivered delivered -> "Look whether the server's log shows a test alert.";
            case Outcome.Refused refused -> "Check host and port.";
            case Outcome.Failed failed
            when failed.text().startsWith("TLS") ->
                "Check the server's certificate; if it is of an own authority, add that to the trust store of the JVM"
                        + " (javax.net.ssl.trustStore).";
            case Outcome.Failed failed ->
                "Check host, port and transport, and that this machine may connect to " + syslog.where() + ".";
        };
    }
}
