package levee.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What a YAML document holds, with the line that each value is on, counted from 1. */
sealed interface Yaml {
    /** Deeper ones refer to themselves. */
    int DEEPEST = 16;

    int line();

    /** A value that is no list and has no keys, as it is written. */
    record Text(String value, int line) implements Yaml {}

    record Items(List<Yaml> items, int line) implements Yaml {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** @param twice keys that are there again, of which the last one counts */
    record Keys(Map<String, Yaml> entries, List<String> twice, int line) implements Yaml {}

    /** Nothing is written where a value could be. */
    record Nothing(int line) implements Yaml {}

    /**
     * Reads a document; empty where there is none.
     *
     * @throws YamlEngineException if it is no YAML
     */
    static Optional<Yaml> parse(String text, String label) {
        LoadSettings rules = LoadSettings.builder().setLabel(label).build();
        return new Compose(rules).composeString(text).map(node -> of(node, DEEPEST));
    }

    private static Yaml of(Node node, int depth) {
        if (depth == 0) {
            throw new YamlEngineException("it is nested too deeply");
        }
        int line = node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
        return switch (node) {
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> new Nothing(line);
            case ScalarNode scalar -> new Text(scalar.getValue(), line);
            case SequenceNode sequence ->
                new Items(
                        sequence.getValue().stream()
                                .map(item -> of(item, depth - 1))
                                .toList(),
                        line);
            case MappingNode mapping -> keys(mapping, line, depth);
            default -> throw new YamlEngineException("line " + line + " holds what is not known here");
        };
    }

    private static Yaml keys(MappingNode mapping, int line, int depth) {
        Map<String, Yaml> entries = new LinkedHashMap<>();
        List<String> twice = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new YamlEngineException("line " + line + " has a key that is no text");
            }
            if (entries.put(key.getValue(), of(tuple.getValueNode(), depth - 1)) != null) {
                twice.add(key.getValue());
            }
        }
        return new Keys(entries, twice, line);
    }
}
