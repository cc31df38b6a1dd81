package levee.alert;

import java.time.Instant;

/** Sends over one channel. Used by one thread at a time. */
interface Sender extends AutoCloseable {

    /** Tries once, in bounded time; an interrupt ends it. Says what happened instead of throwing. */
    Outcome send(Alert alert, Instant now);

    /** Loads what the first alert would otherwise wait for. Tells the receiver nothing. */
    default void warmUp() {}

    @Override
    default void close() {}

    static Sender of(Channel channel) {
        return switch (channel) {
            case Webhook webhook -> new WebhookSender(webhook);
            case Mail mail -> new MailSender(mail);
            case Syslog syslog -> new SyslogSender(syslog);
        };
    }
}
