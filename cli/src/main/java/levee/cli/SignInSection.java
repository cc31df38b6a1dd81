package levee.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import levee.access.OpenIdProvider;
import levee.access.OpenIdSettings;
import levee.access.Role;
import levee.access.SessionLimits;
import levee.model.Suggestion;
import org.jspecify.annotations.Nullable;

/** Reads {@code sign-in} of the settings: how long sessions last, and who vouches for people besides their passwords. */
final class SignInSection {
    private static final List<String> KEYS = List.of("idle", "longest", "oidc");
    private static final List<String> PROVIDER_KEYS =
            List.of("issuer", "client-id", "client-secret-file", "redirect", "roles-claim", "roles", "customer-claim");

    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,4}) ?([mh])");
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int LARGEST_SECRET = 4_096;

    private final SettingsReader reader;

    SignInSection(SettingsReader reader) {
        this.reader = reader;
    }

    SignInSettings read(Yaml value) {
        Map<String, Yaml> keys = reader.keys(value, reader.at(value, "sign-in"), KEYS);
        SessionLimits usual = SessionLimits.USUAL;
        Duration idle = duration(keys, "idle", usual.idle());
        Duration longest = duration(keys, "longest", usual.longest());
        SessionLimits limits = usual;
        if (longest.compareTo(idle) < 0) {
            reader.problem(reader.at(value, "sign-in"), "longest is shorter than idle");
        } else {
            limits = usual.lasting(idle, longest);
        }
        return new SignInSettings(limits, Optional.ofNullable(keys.get("oidc")).flatMap(this::provider));
    }

    private Duration duration(Map<String, Yaml> keys, String key, Duration usual) {
        Yaml value = keys.get(key);
        if (value == null) {
            return usual;
        }
        String text = reader.text(value, reader.at(value, key)).orElse("");
        Matcher parts = DURATION.matcher(text);
        if (parts.matches()) {
            long number = Long.parseLong(parts.group(1));
            Duration duration = parts.group(2).equals("h") ? Duration.ofHours(number) : Duration.ofMinutes(number);
            if (duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        }
        reader.problem(reader.at(value, key), "'" + text + "' is not a time like 30m or 12h, up to 168h");
        return usual;
    }

    private Optional<OpenIdSettings> provider(Yaml value) {
        String where = reader.at(value, "oidc");
        Map<String, Yaml> keys = reader.keys(value, where, PROVIDER_KEYS);
        Optional<URI> issuer = address(keys, "issuer", where);
        Optional<URI> redirect = address(keys, "redirect", where);
        redirect.filter(uri -> !OpenIdSettings.CALLBACK.equals(uri.getPath())
                        || uri.getRawQuery() != null
                        || uri.getRawFragment() != null)
                .ifPresent(uri -> reader.problem(
                        where, "redirect is the address of this Levee with the path " + OpenIdSettings.CALLBACK));
        Optional<String> clientId = needed(keys, "client-id", where);
        Optional<String> rolesClaim = needed(keys, "roles-claim", where);
        Optional<String> secret = text(keys, "client-secret-file").flatMap(file -> secret(file, where));
        Map<String, Role> roles = roles(keys.get("roles"), where);
        if (issuer.isEmpty() || redirect.isEmpty() || clientId.isEmpty() || rolesClaim.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new OpenIdSettings(
                issuer.get(),
                clientId.get(),
                secret,
                redirect.get(),
                rolesClaim.get(),
                roles,
                text(keys, "customer-claim")));
    }

    private Optional<URI> address(Map<String, Yaml> keys, String key, String where) {
        return needed(keys, key, where)
                .flatMap(text -> reader.parsed(text, where, URI::create))
                .filter(uri -> {
                    boolean isSafe = OpenIdProvider.isSafe(uri);
                    if (!isSafe) {
                        reader.problem(where, key + " is no https address");
                    }
                    return isSafe;
                });
    }

    private Map<String, Role> roles(@Nullable Yaml value, String where) {
        Map<String, Role> roles = new LinkedHashMap<>();
        if (!(value instanceof Yaml.Keys names) || names.entries().isEmpty()) {
            reader.problem(where, "roles says which names in roles-claim have which role, such as {noc: operator}");
            return roles;
        }
        names.twice().forEach(name -> reader.problem(where, "the name '" + name + "' has two roles"));
        names.entries().forEach((name, role) -> {
            String label = reader.text(role, reader.at(role, "roles")).orElse("");
            Role.of(label)
                    .ifPresentOrElse(
                            known -> roles.put(name, known),
                            () -> reader.problem(
                                    reader.at(role, "roles"),
                                    "'" + label + "' is none of " + String.join(", ", Role.labels()) + "."
                                            + Suggestion.among(label, Role.labels())));
        });
        return roles;
    }

    private Optional<String> secret(String file, String where) {
        try {
            Path path = Path.of(file);
            String text = Files.size(path) > LARGEST_SECRET
                    ? ""
                    : Files.readString(path).strip();
            if (!text.isEmpty()) {
                return Optional.of(text);
            }
            reader.problem(where, "client-secret-file " + file + " holds no secret");
        } catch (IOException | InvalidPathException e) {
            reader.problem(where, "client-secret-file " + file + " cannot be read");
        }
        return Optional.empty();
    }

    private Optional<String> needed(Map<String, Yaml> keys, String key, String where) {
        Optional<String> text = text(keys, key);
        if (text.isEmpty()) {
            reader.problem(where, key + " is missing");
        }
        return text;
    }

    private Optional<String> text(Map<String, Yaml> keys, String key) {
        return Optional.ofNullable(keys.get(key))
                .flatMap(value -> reader.text(value, reader.at(value, key)))
                .filter(text -> !text.isBlank());
    }
}
