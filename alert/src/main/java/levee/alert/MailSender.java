package levee.alert;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import levee.model.Amounts;
import levee.model.Group;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Sends each alert as a mail, over a connection of its own. */
final class MailSender implements Sender {
    private final Mail mail;
    private final Session session;

    MailSender(Mail mail) {
        this(mail, Optional.empty());
    }

    /**
     * @param tls in place of what the JVM trusts
     */
    MailSender(Mail mail, Optional<SSLSocketFactory> tls) {
        this.mail = mail;
        Properties properties = new Properties();
        String timeoutMillis = String.valueOf(mail.timeout().toMillis());
        properties.setProperty("mail.smtp.connectiontimeout", timeoutMillis);
        properties.setProperty("mail.smtp.timeout", timeoutMillis);
        properties.setProperty("mail.smtp.writetimeout", timeoutMillis);
        properties.setProperty("mail.smtp.auth", String.valueOf(mail.login().isPresent()));
        properties.setProperty("mail.smtp.quitwait", "false");
        // A receiver with a wrong address is no reason not to tell the others.
        properties.setProperty("mail.smtp.sendpartial", "true");
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        // One attempt is one connection, and none with other trust than was asked for.
        properties.setProperty("mail.smtp.socketFactory.fallback", "false");
        switch (mail.security()) {
            case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
            case PLAIN -> properties.setProperty("mail.smtp.starttls.enable", "false");
        }
        tls.ifPresent(factory -> properties.put("mail.smtp.ssl.socketFactory", factory));
        this.session = Session.getInstance(properties);
    }

    @Override
    public Outcome send(Alert alert, Instant now) {
        try (SMTPTransport transport = (SMTPTransport) session.getTransport("smtp")) {
            try {
                MimeMessage message = message(alert, now);
                transport.connect(
                        mail.host(),
                        mail.port(),
                        mail.login().map(Mail.Login::user).orElse(null),
                        mail.login().map(login -> login.password().reveal()).orElse(null));
                transport.sendMessage(message, message.getAllRecipients());
                return new Outcome.Delivered(withoutSecrets("The server took the mail: "
                        + Plain.line(transport.getLastServerResponse().strip(), 200)));
            } catch (SendFailedException e) {
                return sentToSome(e).orElseGet(() -> failed(e, transport.getLastReturnCode()));
            } catch (MessagingException e) {
                return failed(e, transport.getLastReturnCode());
            }
        } catch (MessagingException e) {
            return failed(e, 0);
        }
    }

    private static Optional<Outcome> sentToSome(SendFailedException e) {
        int sent = e.getValidSentAddresses() == null ? 0 : e.getValidSentAddresses().length;
        // Trying again would tell those twice.
        return sent == 0
                ? Optional.empty()
                : Optional.of(new Outcome.Delivered(
                        "The server took the mail for " + Amounts.count(sent, "receiver") + ", but not for all"));
    }

    /** Codes from 500 on are for good (RFC 5321 section 4.2.1). */
    private Outcome failed(MessagingException e, int returnCode) {
        String text = withoutSecrets(Failure.text(e));
        return returnCode >= 500 ? new Outcome.Refused(text) : new Outcome.Failed(text);
    }

    private String withoutSecrets(String text) {
        return mail.login()
                .map(login -> login.password().redaction().apply(text))
                .orElse(text);
    }

    private MimeMessage message(Alert alert, Instant now) throws MessagingException {
        String domain = mail.from().substring(mail.from().lastIndexOf('@') + 1);
        MimeMessage message = new IdentifiedMessage(session, messageId(alert.alertId(), domain));
        message.setFrom(new InternetAddress(mail.from(), true));
        for (String receiver : mail.to()) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(receiver, true));
        }
        if (mail.toContacts() && alert instanceof Alert.Single single) {
            // A digest would tell each of what is the others' concern.
            for (String contact :
                    single.situation().group().map(Group::contacts).orElse(List.of())) {
                message.addRecipient(Message.RecipientType.BCC, new InternetAddress(contact, true));
            }
        }
        message.setSentDate(Date.from(now));
        message.setSubject(MailText.subject(alert), StandardCharsets.UTF_8.name());
        // So that nobody's absence note answers (RFC 3834 section 5).
        message.setHeader("Auto-Submitted", "auto-generated");
        if (alert instanceof Alert.Single single && single.event() != AlertEvent.OPENED) {
            String opening = messageId(single.openingId(), domain);
            message.setHeader("In-Reply-To", opening);
            message.setHeader("References", opening);
        }
        message.setText(MailText.body(alert), StandardCharsets.UTF_8.name());
        return message;
    }

    private static String messageId(String alertId, String domain) {
        return "<" + alertId + "@" + domain + ">";
    }

    /** Keeps its own identifier, by which mails of one attack belong together. */
    private static final class IdentifiedMessage extends MimeMessage {
        private final String messageId;

        IdentifiedMessage(Session session, String messageId) {
            super(session);
            this.messageId = messageId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
        }
    }
}
