package levee.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.stream.Stream;
import levee.model.Attack.Spoofing;

/**
 * What a capture holds, as somebody else's program counted it.
 *
 * @param capture the file in the folder of real data
 * @param packets what belongs to the attack
 * @param leastOther a lower bound of the target's other packets
 * @param mostOther an upper bound of the target's other packets
 */
record Truth(
        String capture,
        String target,
        List<String> vectors,
        long packets,
        Instant start,
        Instant end,
        OptionalLong sources,
        Optional<Spoofing.Verdict> spoofing,
        Optional<String> topNetwork,
        long leastOther,
        long mostOther) {

    static Stream<Truth> all() {
        return Stream.of("isakmp", "snmp", "ssdp", "dns-fragments", "synflood", "icmpv6")
                .map(Truth::read);
    }

    private static Truth read(String name) {
        Properties properties = new Properties();
        try (InputStream in = Truth.class.getResourceAsStream("/truth/" + name + ".properties")) {
            if (in == null) {
                throw new IllegalArgumentException("no truth is called " + name);
            }
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Optional<String> sources = Optional.ofNullable(properties.getProperty("sources"));
        return new Truth(
                properties.getProperty("capture"),
                properties.getProperty("target"),
                List.of(properties.getProperty("vectors").split(",\\s*")),
                Long.parseLong(properties.getProperty("packets")),
                Instant.parse(properties.getProperty("start")),
                Instant.parse(properties.getProperty("end")),
                sources.map(Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty()),
                Optional.ofNullable(properties.getProperty("spoofing")).map(Spoofing.Verdict::valueOf),
                Optional.ofNullable(properties.getProperty("top")),
                Long.parseLong(properties.getProperty("other.least")),
                Long.parseLong(properties.getProperty("other.most")));
    }

    @Override
    public String toString() {
        return capture;
    }
}
