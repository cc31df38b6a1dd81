package levee.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import levee.model.IpAddress;
import levee.model.Prefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FindingsJsonTest {
    private static final String STARTED = "{\"event\": \"started\", \"schema_version\": \"1\", \"settings\": {}}\n";
    private static final String FINISHED = "{\"event\": \"finished\", \"inputs\": []}\n";

    private static String fields(String id, String target, int packets) {
        return """
            "id": "%s", "kind": "attack", "state": "ended", "target": "%s", "start": "2026-01-31T12:00:00.000000001Z", \
            "end": "2026-01-31T12:01:00Z", "confidence": 0.97, "total": {"packets": %d, "bytes": 1}, \
            "vectors": [{"name": "dns-reflection", "noticed": "2026-01-31T12:00:01Z"}, {"name": "udp-flood"}]\
            """.formatted(id, target, packets);
    }

    private static FoundAttack attack(String id, String target, int packets) {
        return new FoundAttack(
                id,
                Prefix.parse(target),
                Instant.parse("2026-01-31T12:00:00.000000001Z"),
                Instant.parse("2026-01-31T12:01:00Z"),
                0.97,
                packets,
                List.of(Samples.vector("dns-reflection"), Samples.vector("udp-flood")),
                Map.of(Samples.vector("dns-reflection"), Instant.parse("2026-01-31T12:00:01Z")));
    }

    private static String document(String... findings) {
        return "{\"schema_version\": \"1\", \"findings\": [" + String.join(",\n", findings) + "]}\n";
    }

    private static String line(String event, String fields) {
        return "{\"event\": \"" + event + "\", " + fields + "}\n";
    }

    @Test
    void attacksOfADocument() throws IOException {
        assertThat(read(document(
                        "{" + fields("a", "192.0.2.1/32", 7) + "}",
                        "{\"kind\": \"earthquake\", \"id\": 5}",
                        "{" + fields("b", "2001:db8::/48", 8) + "}")))
                .containsExactly(attack("a", "192.0.2.1/32", 7), attack("b", "2001:db8::/48", 8));
        assertThat(read(document())).isEmpty();
    }

    @Test
    void lastStateOfEachFindingHolds() throws IOException {
        assertThat(read(STARTED
                        + line("opened", fields("a", "192.0.2.1/32", 1))
                        + line("opened", fields("b", "192.0.2.2/32", 1))
                        + line("changed", fields("a", "192.0.2.0/24", 2))
                        + line("opened", "\"kind\": \"earthquake\"")
                        + line("absorbed", fields("b", "192.0.2.2/32", 2))
                        + line("ended", fields("a", "192.0.2.0/24", 3))
                        + FINISHED))
                .containsExactly(attack("a", "192.0.2.0/24", 3));
        assertThat(read(STARTED + FINISHED)).isEmpty();
        assertThat(read(STARTED)).isEmpty();
    }

    private static String host(String level, String since, String end) {
        return """
            "id": "infected-host-1", "kind": "infected-host", "state": "open", "host": "192.0.2.9", "level": "%s", \
            "level_since": "2026-01-31T%sZ", "score": 21.5, "start": "2026-01-31T12:00:00Z", \
            "end": "2026-01-31T%sZ", "behaviours": [{"name": "scanning", "first_seen": "2026-01-31T12:00:00Z", \
            "last_seen": "2026-01-31T12:00:00Z", "weight": 12.5, "evidence": [{"statement": "It asks 90 hosts."}]}], \
            "command_servers": [{"address": "203.0.113.1", "port": 6667, "transport": "tcp", "confidence": 0.5}]\
            """.formatted(level, since, end);
    }

    private static FoundHost foundHost(String suspectedSince, Optional<String> notifySince, String end) {
        return new FoundHost(
                "infected-host-1",
                IpAddress.parse("192.0.2.9"),
                Instant.parse("2026-01-31T12:00:00Z"),
                Instant.parse("2026-01-31T" + end + "Z"),
                true,
                Instant.parse("2026-01-31T" + suspectedSince + "Z"),
                notifySince.map(time -> Instant.parse("2026-01-31T" + time + "Z")),
                21.5,
                List.of(new FoundHost.FoundBehaviour("scanning", 12.5, "It asks 90 hosts.")),
                Map.of("scanning", 12.5),
                List.of(HostSamples.server("203.0.113.1", 6667)));
    }

    private static Findings readAll(String text) throws IOException {
        return FindingsJson.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void hostsOfADocumentHaveTheirPresentLevelOnly() throws IOException {
        assertThat(readAll(document("{" + host("suspected", "12:10:00", "12:30:00") + "}"))
                        .hosts())
                .containsExactly(foundHost("12:10:00", Optional.empty(), "12:30:00"));
        assertThat(readAll(document("{" + host("notify", "12:20:00", "12:30:00") + "}"))
                        .hosts())
                .containsExactly(foundHost("12:20:00", Optional.of("12:20:00"), "12:30:00"));
    }

    @Test
    void linesShowSinceWhenAHostHadEachLevel() throws IOException {
        String lines = STARTED
                + line("opened", host("suspected", "12:10:00", "12:10:00"))
                + line("changed", host("notify", "12:20:00", "12:20:00"))
                + line("changed", host("suspected", "12:25:00", "12:25:00"))
                + line("changed", host("notify", "12:30:00", "12:40:00"));

        assertThat(readAll(lines + FINISHED).hosts())
                .containsExactly(foundHost("12:10:00", Optional.of("12:20:00"), "12:40:00"));
        assertThat(readAll(lines + line("absorbed", host("notify", "12:30:00", "12:40:00")) + FINISHED)
                        .hosts())
                .isEmpty();
    }

    @Test
    void linesShowTheMostThatWasSaidOfAHost() throws IOException {
        String most = host("notify", "12:20:00", "12:20:00");
        String less = host("notify", "12:20:00", "12:30:00")
                .replace("21.5", "11.5")
                .replace("\"name\": \"scanning\"", "\"name\": \"irc\"")
                .replace("12.5", "8.5");

        FoundHost found = readAll(STARTED + line("opened", most) + line("changed", less) + FINISHED)
                .hosts()
                .getFirst();

        assertThat(found.highestScore()).isEqualTo(21.5);
        assertThat(found.weights()).isEqualTo(Map.of("scanning", 12.5, "irc", 8.5));
        assertThat(found.behaviours())
                .extracting(FoundHost.FoundBehaviour::name)
                .containsExactly("irc");
    }

    @Test
    void aScoreThatIsMissingIsTheLeastOfItsLevel() throws IOException {
        assertThat(readAll(document("{" + host("notify", "12:20:00", "12:30:00").replace("21.5", "null") + "}"))
                        .hosts())
                .extracting(FoundHost::highestScore)
                .containsExactly(10.0);
    }

    @Test
    void commandServersAndNetworks() throws IOException {
        Findings findings = readAll("""
            {"schema_version": "1", "settings": {"networks": ["192.0.2.0/24"]}, "findings": [
              {"id": "s", "kind": "command-server", "role": "loader", "rank": 2, "confidence": 0.75,
               "server": {"address": "2001:db8::1", "port": 80, "transport": "tcp"}, "hosts": ["192.0.2.9"]},
              {"id": "b", "kind": "botnet"}]}
            """);

        assertThat(findings.networks()).containsExactly(Prefix.parse("192.0.2.0/24"));
        assertThat(findings.servers())
                .containsExactly(new FoundServer(
                        "s",
                        HostSamples.server("2001:db8::1", 80),
                        false,
                        2,
                        0.75,
                        List.of(IpAddress.parse("192.0.2.9"))));
    }

    @Test
    void levelsThatAreNoneAreNamed() {
        assertThatThrownBy(() -> readAll(document("{" + host("certain", "12:10:00", "12:30:00") + "}")))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessage("findings[0].level should be \"suspected\" or \"notify\", but is \"certain\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "x", "{", "[]", "1"})
    void whatIsNoFindings(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(InvalidDocumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dns-reflection | teapot-flood | findings[0].vectors[0].name: there is no vector \"teapot-flood\"",
                "192.0.2.1/32 | host | findings[0].target should be a prefix",
                "12:01:00Z | noon | findings[0].end should be a time",
                "12:00:01Z | soon | findings[0].vectors[0].noticed should be a time",
                "0.97 | 1.5 | findings[0].confidence should be a number from 0 to 1",
                "\"packets\": 7 | \"packets\": -7 | findings[0].total.packets should be a whole number",
                "\"vectors\" | \"victors\" | findings[0].vectors is missing",
                "\"kind\" | \"sort\" | findings[0].kind is missing",
                "\"findings\" | \"results\" | findings is missing",
                "\"schema_version\": \"1\" | \"schema_version\": \"2\" | schema_version is \"2\"",
            })
    void mistakesAreNamed(String right, String wrong, String message) {
        String mistaken = document("{" + fields("a", "192.0.2.1/32", 7) + "}").replace(right, wrong);

        assertThatThrownBy(() -> read(mistaken))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void mistakesInLinesAreNamed() {
        String wrong = fields("a", "192.0.2.1/32", 7).replace("0.97", "\"high\"");

        assertThatThrownBy(() -> read(STARTED + line("opened", wrong)))
                .hasMessage("line 2: confidence should be a number from 0 to 1, but is \"high\"");
        assertThatThrownBy(() -> read(STARTED + "{\"event\": \"ope"))
                .hasMessageStartingWith("this is not JSON at line 2, column ");
        assertThatThrownBy(() -> read(STARTED + "{}")).hasMessage("line 2: event is missing");
    }

    @Test
    void twoDocumentsInOne() {
        assertThatThrownBy(() -> read(document() + document()))
                .hasMessage("something follows the findings; give each document by itself");
    }

    private static List<FoundAttack> read(String text) throws IOException {
        return FindingsJson.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .attacks();
    }
}
