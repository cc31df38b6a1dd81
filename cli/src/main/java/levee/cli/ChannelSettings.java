package levee.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import levee.alert.Channel;
import levee.alert.Mail;
import levee.alert.Secret;
import levee.alert.Syslog;
import levee.alert.Webhook;

/** Makes a channel of alerts of its keys in {@code levee.yaml}. */
final class ChannelSettings {
    static final List<String> KEYS = List.of(
            "type",
            "name",
            "url",
            "secret-file",
            "host",
            "port",
            "transport",
            "security",
            "user",
            "password-file",
            "from",
            "to",
            "to-contacts");

    private static final int SYSLOG_PORT = 514;
    private static final int MAIL_PORT = 587;

    /** Of RFC 5424: local use 0. */
    private static final int FACILITY = 16;

    private final Map<String, Object> keys;
    private final String type;

    private ChannelSettings(Map<String, Object> keys) {
        this.keys = keys;
        type = text("type");
    }

    /** @throws IllegalArgumentException if something is missing or wrong; the message says what */
    static Channel of(Map<String, Object> keys) {
        ChannelSettings settings = new ChannelSettings(keys);
        return switch (settings.type) {
            case "webhook" ->
                new Webhook(settings.text("name"), URI.create(settings.text("url")), settings.secret("secret-file"));
            case "mail" -> settings.mail();
            case "syslog" -> settings.syslog();
            default ->
                throw new IllegalArgumentException(
                        "the type of a channel is webhook, mail or syslog, not '" + settings.type + "'");
        };
    }

    private Mail mail() {
        Optional<Mail.Login> login = keys.containsKey("user")
                ? Optional.of(new Mail.Login(text("user"), secret("password-file")))
                : Optional.empty();
        return new Mail(
                text("name"),
                text("host"),
                port(MAIL_PORT),
                constant(Mail.Security.class, "security", Mail.Security.STARTTLS),
                login,
                text("from"),
                texts("to"),
                Mail.DEFAULT_PACE,
                Mail.DEFAULT_TIMEOUT,
                yesOrNo("to-contacts"));
    }

    private Syslog syslog() {
        return new Syslog(
                text("name"),
                text("host"),
                port(SYSLOG_PORT),
                constant(Syslog.Transport.class, "transport", Syslog.Transport.UDP),
                FACILITY,
                "levee",
                Syslog.DEFAULT_PACE,
                Syslog.DEFAULT_TIMEOUT);
    }

    private boolean yesOrNo(String key) {
        String value = keys.containsKey(key) ? text(key) : "false";
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(key + " is true or false, not '" + value + "'");
        };
    }

    private String text(String key) {
        Object value = keys.get(key);
        if (value == null) {
            throw new IllegalArgumentException("a channel needs " + key);
        }
        return String.valueOf(value);
    }

    private List<String> texts(String key) {
        return keys.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(text(key));
    }

    private int port(int usual) {
        try {
            return keys.containsKey("port") ? Integer.parseInt(text("port")) : usual;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text("port") + "' is not a port");
        }
    }

    private <E extends Enum<E>> E constant(Class<E> kind, String key, E usual) {
        if (!keys.containsKey(key)) {
            return usual;
        }
        return Arguments.constant(kind, text(key))
                .orElseThrow(() -> new IllegalArgumentException("'" + text(key) + "' is no " + key + "; there are "
                        + List.of(kind.getEnumConstants()).toString().toLowerCase(Locale.ROOT)));
    }

    private Secret secret(String key) {
        try {
            return Secret.fromFile(Path.of(text(key)));
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + key + ": " + e.getMessage());
        }
    }
}
