package levee.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import levee.model.Suggestion;
import levee.server.AccessToken;
import levee.server.Scope;
import levee.server.ServerException;

/** Reads {@code tokens} of the settings: who may use the HTTP interface. */
final class TokenSection {
    private static final List<String> KEYS = List.of("name", "scope", "customer", "sha256", "file");

    private final SettingsReader reader;

    TokenSection(SettingsReader reader) {
        this.reader = reader;
    }

    List<AccessToken> read(Yaml value) {
        List<AccessToken> tokens = new ArrayList<>();
        for (Yaml item : reader.items(value, reader.at(value, "tokens"))) {
            token(item, tokens);
        }
        return tokens;
    }

    private void token(Yaml item, List<AccessToken> tokens) {
        String where = reader.at(item, "tokens");
        Map<String, Yaml> keys = reader.keys(item, where, KEYS);
        String name = text(keys, "name", "");
        String scope = text(keys, "scope", "read");
        Optional<Scope> granted = Scope.of(scope);
        if (granted.isEmpty()) {
            reader.problem(
                    where,
                    "the scope '" + scope + "' is none of " + String.join(", ", Scope.labels()) + "."
                            + Suggestion.among(scope, Scope.labels()));
            return;
        }
        Optional<String> customer = Optional.of(text(keys, "customer", "")).filter(text -> !text.isBlank());
        try {
            if (keys.containsKey("sha256") == keys.containsKey("file")) {
                reader.problem(where, "the token '" + name + "' needs either sha256 or file");
            } else if (keys.containsKey("sha256")) {
                tokens.add(AccessToken.ofHash(name, granted.get(), text(keys, "sha256", ""))
                        .ofCustomer(customer));
            } else {
                tokens.add(AccessToken.ofFile(name, granted.get(), Path.of(text(keys, "file", "")))
                        .ofCustomer(customer));
            }
        } catch (ServerException e) {
            reader.problem(where, String.valueOf(e.getMessage()));
        }
    }

    private String text(Map<String, Yaml> keys, String key, String usual) {
        Yaml value = keys.get(key);
        return value == null ? usual : reader.text(value, reader.at(value, key)).orElse(usual);
    }
}
