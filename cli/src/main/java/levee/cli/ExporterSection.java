package levee.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import levee.flowexport.KnownExporter;
import levee.model.IpAddress;

/** Reads {@code exporters} of the settings: who may send flows, and what is known better than they say. */
final class ExporterSection {
    private static final List<String> KEYS = List.of("address", "sampling-rate", "interfaces", "edge-interfaces");
    private static final int MOST_SAMPLING = 1 << 30;

    private final SettingsReader reader;
    private final List<KnownExporter> exporters = new ArrayList<>();
    private final Map<IpAddress, Set<Integer>> edges = new HashMap<>();

    ExporterSection(SettingsReader reader) {
        this.reader = reader;
    }

    List<KnownExporter> exporters() {
        return exporters;
    }

    /** The interfaces where traffic enters the network, of the exporters of which that is known. */
    Map<IpAddress, Set<Integer>> edges() {
        return edges;
    }

    void read(Yaml value) {
        for (Yaml item : reader.items(value, reader.at(value, "exporters"))) {
            exporter(item);
        }
    }

    private void exporter(Yaml item) {
        String where = reader.at(item, "exporters");
        Map<String, Yaml> keys = reader.keys(item, where, KEYS);
        Yaml written = keys.get("address");
        if (written == null) {
            reader.problem(where, "an exporter needs an address");
            return;
        }
        Optional<IpAddress> address = reader.text(written, reader.at(written, "address"))
                .flatMap(text -> reader.parsed(text, reader.at(written, "address"), IpAddress::parse));
        Yaml rate = keys.get("sampling-rate");
        int samplingRate = rate == null ? 0 : reader.number(rate, reader.at(rate, "sampling-rate"), 1, MOST_SAMPLING);
        Map<Integer, Integer> interfaces = interfaces(keys);
        Set<Integer> edgeInterfaces = edgeInterfaces(keys);
        address.ifPresent(known -> {
            if (!edgeInterfaces.isEmpty()) {
                edges.put(known, edgeInterfaces);
            }
            if (exporters.stream().anyMatch(other -> other.address().equals(known))) {
                reader.problem(where, known + " is there more than once");
            } else {
                exporters.add(new KnownExporter(known, samplingRate, interfaces));
            }
        });
    }

    private Set<Integer> edgeInterfaces(Map<String, Yaml> keys) {
        Set<Integer> interfaces = new TreeSet<>();
        Yaml value = keys.get("edge-interfaces");
        if (value != null) {
            String where = reader.at(value, "edge-interfaces");
            reader.texts(value, where)
                    .forEach(text -> interfaces.add(reader.number(text, where, 0, Integer.MAX_VALUE)));
        }
        return interfaces;
    }

    private Map<Integer, Integer> interfaces(Map<String, Yaml> keys) {
        Map<Integer, Integer> interfaces = new HashMap<>();
        Yaml value = keys.get("interfaces");
        if (value instanceof Yaml.Keys rates) {
            rates.entries()
                    .forEach((index, rate) -> interfaces.put(
                            reader.number(index, reader.at(rate, "interfaces"), 0, Integer.MAX_VALUE),
                            reader.number(rate, reader.at(rate, "interfaces"), 1, MOST_SAMPLING)));
        } else if (value != null) {
            reader.problem(reader.at(value, "interfaces"), "give the sampling rate by the index of each interface");
        }
        return interfaces;
    }
}
