package levee.sharing;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

class FingerprintReaderFuzzTest {
    private static final String[] NAMES = {
        "attack_vectors",
        "attack_vector",
        "protocol",
        "ip_proto",
        "vector",
        "service",
        "highest_protocol",
        "key",
        "tags",
        "source_ports",
        "source_port",
        "srcport",
        "src_ports",
        "destination_ports",
        "dstport",
        "dst_ports",
        "tcp_flags",
        "TCP_flags",
        "frame_len",
        "ttl",
        "ip_ttl",
        "dns_query_name",
        "additional",
        "dns_query",
        "http_method",
        "http_uri",
        "http_user_agent",
        "nr_packets",
        "total_packets",
        "duration_seconds",
        "duration_sec",
        "source_ips",
        "src_ips",
        "ip_src",
        "ip",
        "53",
        "random",
        "others",
        "......S.",
        "1500"
    };
    private static final String[] TEXTS = {
        "UDP",
        "TCP",
        "DNS",
        "17",
        "255",
        "256",
        "random",
        "others",
        "N/A",
        "......S.",
        "SA",
        "192.0.2.1",
        "2001:db8::1",
        "omitted",
        "",
        "443",
        "65535",
        "99999",
        "abused.example",
        "GET"
    };
    private static final int MOST_DEPTH = 6;

    /** What can be read can be compared with traffic, and told. */
    @FuzzTest(maxDuration = "30s")
    void readsAnything(FuzzedDataProvider data) throws IOException {
        byte[] input = data.consumeBoolean()
                ? data.consumeRemainingAsBytes()
                : json(data, 0, new StringBuilder()).toString().getBytes(StandardCharsets.UTF_8);
        try {
            FingerprintMatcher matcher =
                    new FingerprintMatcher(FingerprintReader.read(new ByteArrayInputStream(input)));
            matcher.add(Rows.udp("192.0.2.1", 53, "203.0.113.9", 4_000, 500).asking("abused.example"));
            matcher.add(Rows.syn("192.0.2.1", 4_000, "203.0.113.9", 443).carrying(new Rows.Http("GET", "/", "Bot", 0)));
            MatchText.of(matcher.result());
            MatchJson.of(matcher.result());
        } catch (FingerprintException e) {
            // It is told apart from a fingerprint.
        }
    }

    /** A value of any kind, mostly of the names and texts that fingerprints have. */
    private static StringBuilder json(FuzzedDataProvider data, int depth, StringBuilder text) {
        int kind = depth == MOST_DEPTH ? data.consumeInt(2, 6) : data.consumeInt(0, 6);
        switch (kind) {
            case 0 -> {
                text.append('{');
                for (int i = data.consumeInt(0, 6); i > 0; i--) {
                    text.append('"').append(data.pickValue(NAMES)).append("\":");
                    json(data, depth + 1, text).append(i > 1 ? "," : "");
                }
                text.append('}');
            }
            case 1 -> {
                text.append('[');
                for (int i = data.consumeInt(0, 4); i > 0; i--) {
                    json(data, depth + 1, text).append(i > 1 ? "," : "");
                }
                text.append(']');
            }
            case 2 -> text.append('"').append(data.pickValue(TEXTS)).append('"');
            case 3 -> text.append(data.consumeInt());
            case 4 -> text.append(data.consumeProbabilityDouble());
            case 5 -> text.append(data.consumeBoolean());
            default -> text.append(data.consumeBoolean() ? "null" : "1e300");
        }
        return text;
    }
}
