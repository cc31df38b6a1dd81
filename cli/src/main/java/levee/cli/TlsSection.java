package levee.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import levee.model.IpAddress;
import levee.server.ServerException;
import levee.server.TlsFiles;
import levee.server.Transport;

/** Reads {@code tls} of the settings: how what is said over HTTP stays between the two who say it. */
final class TlsSection {
    private static final List<String> KEYS = List.of("certificate", "key", "proxies");

    private final SettingsReader reader;

    TlsSection(SettingsReader reader) {
        this.reader = reader;
    }

    Transport read(Yaml value) {
        String where = reader.at(value, "tls");
        Map<String, Yaml> keys = reader.keys(value, where, KEYS);
        Optional<String> certificate = text(keys, "certificate");
        Optional<String> key = text(keys, "key");
        Yaml proxies = keys.get("proxies");
        if (proxies != null && certificate.isEmpty() && key.isEmpty()) {
            return proxies(proxies);
        }
        if (certificate.isEmpty() || key.isEmpty() || proxies != null) {
            reader.problem(where, "it needs certificate and key, or proxies that do it instead");
            return new Transport.Plain();
        }
        TlsFiles files = new TlsFiles(Path.of(certificate.get()), Path.of(key.get()));
        try {
            files.load();
        } catch (ServerException e) {
            reader.problem(where, String.valueOf(e.getMessage()));
        }
        return new Transport.Tls(files);
    }

    private Transport proxies(Yaml value) {
        List<IpAddress> addresses = new ArrayList<>();
        for (Yaml.Text text : reader.texts(value, reader.at(value, "proxies"))) {
            reader.parsed(text.value(), reader.at(text, "proxies"), IpAddress::parse)
                    .ifPresent(addresses::add);
        }
        if (addresses.isEmpty()) {
            reader.problem(reader.at(value, "proxies"), "lists the addresses of proxies that speak TLS");
        }
        return new Transport.BehindProxies(addresses);
    }

    private Optional<String> text(Map<String, Yaml> keys, String key) {
        return Optional.ofNullable(keys.get(key)).flatMap(value -> reader.text(value, reader.at(value, key)));
    }
}
