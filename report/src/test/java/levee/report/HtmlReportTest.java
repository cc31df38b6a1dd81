package levee.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import levee.model.Analysis;
import levee.model.Attack;
import levee.model.AttackVector;
import levee.model.Evidence;
import levee.model.InputSummary;
import levee.model.IpAddress;
import levee.model.Prefix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class HtmlReportTest {
    private static final Instant WRITTEN = Instant.parse("2026-01-02T03:04:05Z");

    private static String written(Analysis analysis) {
        return Samples.written(new HtmlReport(WRITTEN), analysis);
    }

    /** The page as an XML parser sees it, which accepts nothing that is not well-formed. */
    private static Document parsed(String page) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(page)));
        } catch (Exception e) {
            throw new AssertionError("not well-formed", e);
        }
    }

    private static List<Element> elements(Document page, String name) {
        NodeList nodes = page.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    private static List<String> texts(Document page, String name) {
        return elements(page, name).stream()
                .map(element -> element.getTextContent().replace('\u00a0', ' '))
                .toList();
    }

    @Test
    void oneAttackIsToldInOrder() {
        Document page = parsed(written(Samples.analysis()));

        assertThat(texts(page, "title").getFirst()).isEqualTo("Analysis of 2 inputs");
        assertThat(texts(page, "p"))
                .startsWith(
                        "Data from 2021-06-14 19:45:01 UTC, for 23.4 s. Written 2026-01-02 03:04:05 UTC by Levee"
                                + " 0.1.0.",
                        "10.10.10.10 was attacked for 23.4 s from 2021-06-14 19:45:01 UTC with SNMP reflection and a"
                                + " UDP fragment flood, at up to 359 Mbit/s from 37,623 addresses.",
                        "Whether source addresses are forged differs by vector.",
                        "Findings may be missing: nothing could be read from 1 input, 1 input is damaged, 3 entries"
                                + " were dropped from full tables.");
        assertThat(texts(page, "h2"))
                .containsExactly("Summary", "Attack on 10.10.10.10", "Inputs", "Method and limits");
        assertThat(texts(page, "h3"))
                .containsExactly(
                        "Traffic over time",
                        "Vectors",
                        "Evidence",
                        "Sources",
                        "What was not attack",
                        "What the sensor could not see",
                        "Confidence",
                        "Numbers and samples");
        assertThat(texts(page, "li"))
                .contains(
                        "The sources answer from a well-known port.",
                        "Too few packets to tell.",
                        "Only one direction of the target's traffic was seen: what it asked for and how it answered is"
                                + " not known.",
                        "The attack is there from the first second of the data on: it may have begun earlier.",
                        "Nothing could be read from 1 input.",
                        "1 input is damaged; what the damage hid is not in here.",
                        "Not used: 2 not ip, 1 truncated.",
                        "3 entries were dropped from full tables; attacks may be missing or look smaller.");
        assertThat(texts(page, "td"))
                .contains("93 %", "udp/161", "udp/80, 443", "54, 240", "12,346", "1,000", "4,541", "12 %");
        assertThat(texts(page, "p"))
                .contains(
                        "37,623 distinct addresses. What is thought of them differs by vector.",
                        "SNMP reflection: source addresses are likely real:",
                        "UDP fragment flood: whether source addresses are forged is unknown:");
        assertThat(texts(page, "td")).contains("at byte 52,999,000: the last record is cut off");
    }

    @Test
    void attackThatGoesOnAndIsKnownFromSamples() {
        Document page = parsed(written(Samples.of(List.of(Samples.flows()), List.of(Samples.carpetBombing()))));

        assertThat(texts(page, "p"))
                .contains(
                        "198.51.100.0/24 was attacked for 23.4 s from 2021-06-14 19:45:01 UTC with a TCP SYN flood, at"
                            + " up to 99.3 bit/s from about 400 addresses. It was still going on when the data ended.",
                        "Most hit: 198.51.100.7, 198.51.100.9.",
                        "How the traffic ran over time is not known.",
                        "No other traffic to or from the target was seen meanwhile.");
        assertThat(texts(page, "li"))
                .contains(
                        "Only samples of the target's traffic were seen.",
                        "One in 1,000 packets was seen: all amounts are estimates from 412 samples, and there may be"
                                + " more sources.",
                        "The data end while the attack goes on: how long it lasted and how large it became is not"
                                + " known.");
    }

    @Test
    void noAttackSaysWhatWasLookedAtAndWhatCouldNotBeSeen() {
        Document page = parsed(written(Samples.of(List.of(Samples.flows()), List.of())));

        assertThat(texts(page, "p"))
                .contains(
                        "No attack was found in 12 flows.",
                        "What is too small for the evidence, or of a kind that is not looked for, may be in there all"
                                + " the same: see Method and limits.");
        assertThat(texts(page, "h2"))
                .containsExactly("Summary", "What the sensor could not see", "Inputs", "Method and limits");
        assertThat(texts(page, "th")).contains("conn.log");
    }

    @Test
    void nothingReadIsNotTheSameAsNoAttack() {
        assertThat(texts(parsed(written(Samples.of(List.of(Samples.unreadable("a")), List.of()))), "p"))
                .contains("Nothing could be read, so nothing can be said about attacks.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "'/><svg onload=alert(1)>",
                "</title></style></table><h1>No attack</h1>",
                "&lt;b&gt; & <!-- -->",
                "]]><![CDATA[",
                "{{7*7}} ${7*7} javascript:alert(1)"
            })
    void hostileTextStaysText(String hostile) {
        InputSummary input = new InputSummary(
                hostile,
                hostile,
                hostile,
                hostile,
                1,
                0,
                1,
                Optional.empty(),
                Optional.empty(),
                Map.of(hostile, 1L),
                Optional.of(new InputSummary.Damage(1, hostile)));
        Attack attack = withEvidence(List.of(new Evidence(hostile, 1, 1, hostile)));
        Analysis analysis = new Analysis(hostile, List.of(), 0, List.of(input), List.of(attack));
        Document harmless = parsed(written(Samples.of(List.of(Samples.capture()), List.of(attack))));

        Document page = parsed(written(analysis));

        assertThat(texts(page, "th")).contains(hostile);
        assertThat(texts(page, "td")).anyMatch(cell -> cell.equals("at byte 1: " + hostile));
        assertThat(names(page)).isSubsetOf(names(harmless));
    }

    private static Set<String> names(Document page) {
        Set<String> names = new TreeSet<>();
        for (Element element : elements(page, "*")) {
            names.add(element.getTagName());
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                names.add("@" + element.getAttributes().item(i).getNodeName());
            }
        }
        return names;
    }

    @Test
    void hostileNameCannotTurnTheReadingDirection() {
        assertThat(written(Samples.of(List.of(Samples.unreadable("a\u202eb\u0000\ud800")), List.of())))
                .contains("a\\u{202e}b\\x00\\u{d800}")
                .doesNotContain("\u202e", "\u0000");
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyPageIsSoundAndAloneInTheWorld(long seed) {
        String text = written(new RandomAnalyses(seed).analysis());
        Document page = parsed(text);

        assertThat(names(page))
                .doesNotContain("script", "link", "img", "iframe", "object", "form", "@src", "@style", "@onload");
        assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain("http:", "https:", "url(", "@import");
        assertThat(elements(page, "a"))
                .allSatisfy(link -> assertThat(link.getAttribute("href")).startsWith("#"));
        assertThat(text).doesNotContain("NaN", "Infinity");
        idsAreUniqueAndReferencesLeadToThem(page);
        headingsHaveNoGaps(page);
        tablesAreNamed(page);
    }

    private static void idsAreUniqueAndReferencesLeadToThem(Document page) {
        List<String> ids = attribute(page, "id");
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(attribute(page, "href").stream().map(link -> link.substring(1)))
                .isSubsetOf(ids);
        assertThat(attribute(page, "aria-labelledby").stream().flatMap(list -> Stream.of(list.split(" "))))
                .isSubsetOf(ids);
    }

    private static List<String> attribute(Document page, String name) {
        return elements(page, "*").stream()
                .filter(element -> element.hasAttribute(name))
                .map(element -> element.getAttribute(name))
                .toList();
    }

    private static void headingsHaveNoGaps(Document page) {
        int before = 0;
        for (Element element : elements(page, "*")) {
            if (element.getTagName().matches("h[1-6]")) {
                int level = element.getTagName().charAt(1) - '0';
                assertThat(level).isLessThanOrEqualTo(before + 1);
                before = level;
            }
        }
        assertThat(elements(page, "h1")).hasSize(1);
    }

    private static void tablesAreNamed(Document page) {
        assertThat(elements(page, "table"))
                .allSatisfy(table -> assertThat(
                                table.getElementsByTagName("caption").getLength())
                        .isEqualTo(1));
        assertThat(elements(page, "th"))
                .allSatisfy(header -> assertThat(header.getAttribute("scope")).isIn("col", "row", "rowgroup"));
    }

    @Test
    void policyAllowsThisStyleAlone() throws Exception {
        Document page = parsed(written(Samples.analysis()));
        String style = texts(page, "style").getFirst();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));

        assertThat(attribute(page, "content"))
                .contains("default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-"
                        + Base64.getEncoder().encodeToString(digest) + "'");
    }

    @Test
    void attackOfFourVectorsFitsInAMail() {
        assertThat(written(Samples.of(List.of(Samples.capture()), List.of(large(4))))
                        .length())
                .isLessThan(150_000);
        assertThat(written(Samples.of(List.of(Samples.capture()), List.of(large(AttackVector.values().length))))
                        .length())
                .isLessThan(400_000);
    }

    @Test
    void thousandsOfAttacksStayReadable() {
        List<Attack> attacks = IntStream.range(0, 3_000).mapToObj(i -> large(1)).toList();

        String text = written(Samples.of(List.of(Samples.capture()), attacks));
        Document page = parsed(text);

        assertThat(elements(page, "h2")).hasSize(1 + 1 + 50 + 2);
        assertThat(elements(page, "a").stream()
                        .filter(a -> a.getAttribute("href").matches("#attack-[0-9]+")))
                .hasSize(50);
        assertThat(texts(page, "p"))
                .contains("The first 50 follow in full, the first 1,000 are listed; the JSON report has all 3,000.");
        assertThat(text.length()).isLessThan(4_000_000);
    }

    /** An attack with as much of everything as there can be, over 128 slots. */
    private static Attack large(int vectors) {
        Attack like = Samples.reflection();
        List<Attack.VectorShare> shares = new ArrayList<>();
        Map<AttackVector, List<Attack.Volume>> timeline = new LinkedHashMap<>();
        List<Integer> numbers = IntStream.range(60_000, 60_008).boxed().toList();
        IpAddress address = IpAddress.parse("2001:db8:1234:5678:9abc:def0:1234:5678");
        Attack.Sample sample = new Attack.Sample(
                1,
                IntStream.range(0, 64)
                        .mapToObj(i -> new Attack.SampledRow(
                                Samples.START, address, 60_000, address, 60_000, 6, 255, 255, 1_000, 1_000_000))
                        .toList());
        List<Attack.Volume> volumes = IntStream.range(0, 128)
                .mapToObj(i -> new Attack.Volume(1_000 + i * 7_919L % 1_000, 1_000_000 + i * 7_919L % 1_000_000))
                .toList();
        for (AttackVector vector : List.of(AttackVector.values()).subList(0, vectors)) {
            shares.add(new Attack.VectorShare(
                    vector,
                    1.0 / vectors,
                    1.0 / vectors,
                    numbers,
                    numbers,
                    numbers,
                    numbers,
                    Samples.START,
                    Samples.END,
                    Samples.NOTICED,
                    0.99,
                    like.sources().spoofing(),
                    Set.of(),
                    sample));
            timeline.put(vector, volumes);
        }
        return Samples.like(
                like,
                like.id(),
                like.peak(),
                new Attack.Sources(
                        like.sources().distinct(),
                        like.sources().spoofing(),
                        IntStream.range(0, 10)
                                .mapToObj(i -> new Attack.Talker(new Prefix(address, 48), 1_000, 1_000_000))
                                .toList()),
                shares,
                new Attack.Timeline(Samples.START, Duration.ofSeconds(1), timeline, volumes),
                sample,
                shares.stream()
                        .flatMap(share -> IntStream.range(0, 5)
                                .mapToObj(i -> new Evidence(
                                        share.vector().label() + ": 1,000 packets were seen", 1_000, 100, "counted")))
                        .toList());
    }

    private static Attack withEvidence(List<Evidence> evidence) {
        Attack like = Samples.reflection();
        return Samples.like(
                like,
                like.id(),
                like.peak(),
                like.sources(),
                like.vectors(),
                like.timeline(),
                like.otherSample(),
                evidence);
    }

    @Test
    void evidenceIsGroupedByItsVector() {
        Document page = parsed(written(Samples.of(
                List.of(Samples.capture()),
                List.of(withEvidence(List.of(
                        new Evidence("snmp-reflection: up to 7 packets/s", 7, 3, "counted"),
                        new Evidence("snmp-reflection: 81 % unanswered", 0.81, 0.8, "counted"),
                        new Evidence("udp-fragment-flood: many", 9, Double.POSITIVE_INFINITY, "counted"),
                        new Evidence("All at once", 5, 0, "counted")))))));

        assertThat(texts(page, "th"))
                .containsSubsequence(
                        "A SNMP reflection snmp-reflection",
                        "Up to 7 packets/s",
                        "81 % unanswered",
                        "B UDP fragment flood udp-fragment-flood",
                        "Many",
                        "Altogether",
                        "All at once");
        assertThat(texts(page, "td")).containsSubsequence("7", "3", "counted", "81 %", "80 %", "counted", "9", "–");
    }
}
