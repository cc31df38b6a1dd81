package levee.store;

import static levee.store.Samples.NOON;
import static levee.store.Samples.account;
import static levee.store.Samples.aimedAt;
import static levee.store.Samples.finding;
import static levee.store.Samples.line;
import static levee.store.Samples.note;
import static levee.store.Samples.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import levee.model.Prefix;
import levee.store.StoredFinding.Mode;
import levee.store.StoredFinding.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does, whatever it keeps things in. */
abstract class StoreContract {
    private static final Duration SECOND = Duration.ofSeconds(1);

    Store store;

    /** Opens an empty store the first time that a test calls it, and the same one again afterwards. */
    abstract Store open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    // --- Findings ---

    @Test
    void aFindingComesBackAsItWas() {
        store.save(finding("a"));

        assertThat(store.finding("a")).contains(finding("a"));
        assertThat(store.finding("b")).isEmpty();
        assertThat(store.finding("no such\0name")).isEmpty();
    }

    @Test
    void everythingIsThereAfterOpeningAgain() {
        store.save(finding("a"));
        store.annotate("a", note("hm"));
        store.audit(line(1));
        store.addTraffic(Resolution.MINUTE, List.of(point("total", NOON, 7)));
        store.put("detector", new byte[] {1, 2, 0, -1});
        store.close();

        store = open();

        assertThat(store.finding("a")).contains(finding("a"));
        assertThat(store.annotations("a")).containsExactly(note("hm"));
        assertThat(store.auditLines(AuditQuery.newest(10)).lines()).containsExactly(line(1));
        assertThat(store.traffic(Resolution.MINUTE, "total", NOON.minusSeconds(60), NOON))
                .hasSize(1);
        assertThat(store.get("detector"))
                .hasValueSatisfying(value -> assertThat(value).containsExactly(1, 2, 0, -1));
    }

    @Test
    void theFindingIsItsHighestRevisionInWhicheverOrderTheyCome() {
        store.save(finding("a", 2, State.OPEN, NOON));
        store.save(finding("a", 4, State.ENDED, NOON));
        store.save(finding("a", 1, State.OPEN, NOON));
        store.save(finding("a", 3, State.OPEN, NOON));

        assertThat(store.finding("a")).contains(finding("a", 4, State.ENDED, NOON));
        assertThat(store.revisions("a")).extracting(StoredFinding::revision).containsExactly(1, 2, 3, 4);
        assertThat(store.findings(FindingQuery.newest(10).withState(State.OPEN)).findings())
                .isEmpty();
        assertThat(store.findings(FindingQuery.newest(10).withState(State.ENDED))
                        .findings())
                .containsExactly(finding("a", 4, State.ENDED, NOON));
    }

    @Test
    void savingARevisionAgainReplacesIt() {
        store.save(finding("a", 1, State.OPEN, NOON));
        store.save(finding("a", 1, State.OPEN, NOON));
        store.save(finding("a", 1, State.ENDED, NOON));

        assertThat(store.revisions("a")).containsExactly(finding("a", 1, State.ENDED, NOON));
        assertThat(store.finding("a").map(StoredFinding::state)).contains(State.ENDED);
    }

    @Test
    void manyRevisionsAreSavedAtOnce() {
        List<StoredFinding> findings = IntStream.rangeClosed(1, 50)
                .mapToObj(i -> finding(i % 2 == 0 ? "even" : "odd", i, State.OPEN, NOON))
                .toList();

        store.saveAll(findings);
        store.saveAll(List.of());

        assertThat(store.finding("even").map(StoredFinding::revision)).contains(50);
        assertThat(store.revisions("odd")).hasSize(25);
    }

    @Test
    void onlyTheNewestRevisionsAreKept() {
        for (int revision = 1; revision <= 120; revision++) {
            store.save(finding("a", revision, State.OPEN, NOON));
        }
        assertThat(store.revisions("a"))
                .extracting(StoredFinding::revision)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(21, 120).boxed().toList());

        Retention few =
                new Retention(Duration.ofDays(400), Duration.ofDays(2), Duration.ofDays(400), Duration.ofDays(400), 3);
        store.expire(NOON, few);
        store.save(finding("a", 121, State.OPEN, NOON));
        store.save(finding("a", 5, State.OPEN, NOON));

        assertThat(store.revisions("a")).extracting(StoredFinding::revision).containsExactly(119, 120, 121);
    }

    @Test
    void absorbedFindingsAreFoundByIdOnly() {
        store.save(finding("a", 1, State.OPEN, NOON));
        store.save(finding("b", 1, State.OPEN, NOON));
        store.save(finding("a", 2, State.ABSORBED, NOON));

        assertThat(store.findings(FindingQuery.newest(10)).findings())
                .extracting(StoredFinding::id)
                .containsExactly("b");
        assertThat(store.finding("a").map(StoredFinding::state)).contains(State.ABSORBED);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FindingQuery.newest(10).withState(State.ABSORBED))
                .withMessageContaining("by id");
    }

    @Test
    void findingsAreListedNewestFirstAndEveryFilterWorks() {
        store.save(new StoredFinding(
                "scan", "scanner", State.ENDED, "10.0.0.9", NOON, NOON, NOON, Mode.MONITOR, 1, NOON, "{}"));
        store.save(finding("a", 1, State.OPEN, NOON.plusNanos(1)));
        store.save(finding("b", 1, State.OPEN, NOON.plusSeconds(10)));
        store.save(finding("c", 1, State.ENDED, NOON.plusSeconds(20)));

        FindingQuery all = FindingQuery.newest(10);
        assertThat(ids(all)).containsExactly("c", "b", "a", "scan");
        assertThat(ids(all.withKind("scanner"))).containsExactly("scan");
        assertThat(ids(all.withKind("botnet"))).isEmpty();
        assertThat(ids(all.withState(State.OPEN))).containsExactly("b", "a");
        assertThat(ids(all.withMode(Mode.MONITOR))).containsExactly("scan");
        assertThat(ids(all.withSince(NOON.plusNanos(1)))).containsExactly("c", "b", "a");
        assertThat(ids(all.withUntil(NOON.plusNanos(1)))).containsExactly("scan");
        assertThat(ids(all.withSince(NOON.plusNanos(1)).withUntil(NOON.plusSeconds(20))))
                .containsExactly("b", "a");
        assertThat(ids(all.withState(State.ENDED).withKind("attack"))).containsExactly("c");
    }

    private List<String> ids(FindingQuery query) {
        return store.findings(query).findings().stream().map(StoredFinding::id).toList();
    }

    @Test
    void findingsAreFoundByTheNetworkOfTheirTarget() {
        store.saveAll(List.of(
                aimedAt("host", "10.1.2.3"),
                aimedAt("last", "10.1.255.255/32"),
                aimedAt("network", "10.1.2.0/24"),
                aimedAt("wider", "10.0.0.0/8"),
                aimedAt("beside", "10.2.0.0/32"),
                aimedAt("six", "2001:db8::1/128"),
                aimedAt("six network", "2001:db8::/32"),
                aimedAt("high", "ffff:ffff::/32"),
                aimedAt("name", "203.0.113.7:6667")));

        assertThat(within("10.1.0.0/16")).containsExactlyInAnyOrder("host", "last", "network");
        assertThat(within("10.1.2.3/32")).containsExactly("host");
        assertThat(within("10.1.2.0/24")).containsExactlyInAnyOrder("host", "network");
        assertThat(within("10.0.0.0/8")).containsExactlyInAnyOrder("host", "last", "network", "wider", "beside");
        assertThat(within("0.0.0.0/0")).hasSize(5);
        assertThat(within("2001:db8::/64")).containsExactly("six");
        assertThat(within("2001:db8::/32")).containsExactlyInAnyOrder("six", "six network");
        // IPv4 is held as ::ffff:0:0/96, which is no part of the IPv6 networks that people mean.
        assertThat(within("::/0")).containsExactlyInAnyOrder("six", "six network", "high");
        assertThat(within("192.0.2.0/24")).isEmpty();
    }

    /** The same as comparing prefix by prefix, for any. */
    @Test
    void networksAgreeWithTheModel() {
        Random random = new Random(7);
        List<Prefix> targets =
                Stream.generate(() -> randomPrefix(random)).limit(200).toList();
        store.saveAll(IntStream.range(0, targets.size())
                .mapToObj(i -> aimedAt("f" + i, targets.get(i).toString()))
                .toList());

        for (int i = 0; i < 100; i++) {
            Prefix asked = i % 2 == 0 ? targets.get(i) : randomPrefix(random);
            List<String> expected = IntStream.range(0, targets.size())
                    .filter(target -> asked.contains(targets.get(target)))
                    .mapToObj(target -> "f" + target)
                    .toList();
            assertThat(within(asked.toString())).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static Prefix randomPrefix(Random random) {
        String address = random.nextBoolean()
                ? "10." + random.nextInt(2) + ".0." + random.nextInt(4)
                : "fd00::" + Integer.toHexString(random.nextInt(16)) + ":" + random.nextInt(4);
        int bits = address.indexOf(':') < 0 ? 32 : 128;
        return Prefix.parse(address + "/" + (bits - random.nextInt(1 + bits / (1 + random.nextInt(8)))));
    }

    private List<String> within(String prefix) {
        return ids(FindingQuery.newest(1_000).withTargetWithin(Prefix.parse(prefix)));
    }

    @Test
    void pagesNeitherRepeatNorSkipWhileFindingsAreAdded() {
        Random random = new Random(11);
        Set<String> before = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            // Many at the same time, so that the order of identifiers counts, too.
            store.save(finding("f" + i, 1, State.OPEN, NOON.plusSeconds(random.nextInt(10))));
            before.add("f" + i);
        }
        List<StoredFinding> seen = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        int pages = 0;
        do {
            FindingQuery query = FindingQuery.newest(7);
            FindingPage page = store.findings(cursor.map(query::withCursor).orElse(query));
            seen.addAll(page.findings());
            cursor = page.next();
            store.save(finding("new" + pages, 1, State.OPEN, NOON.plusSeconds(random.nextInt(20))));
            // A change of what was seen, or will be, moves nothing.
            store.save(finding("f" + random.nextInt(100), 2 + pages, State.ENDED, NOON.plusSeconds(60)));
            pages++;
        } while (cursor.isPresent());

        assertThat(pages).isGreaterThan(14);
        assertThat(seen).extracting(StoredFinding::id).doesNotHaveDuplicates().containsAll(before);
    }

    @Test
    void aFullLastPageHasNoNext() {
        store.save(finding("a"));
        store.save(finding("b"));

        assertThat(store.findings(FindingQuery.newest(2)).next()).isEmpty();
        assertThat(store.findings(FindingQuery.newest(1)).next()).isPresent();
        assertThat(store.findings(FindingQuery.newest(1)).findings())
                .extracting(StoredFinding::id)
                .containsExactly("b");
    }

    @Test
    void aPageOfLongFindingsIsCutShort() {
        String json = "\"" + "x".repeat(6 << 20) + "\"";
        for (String id : List.of("a", "b", "c", "d", "e")) {
            store.save(new StoredFinding(
                    id, "attack", State.OPEN, "10.0.0.1", NOON, NOON, NOON, Mode.ALERT, 1, NOON, json));
        }

        FindingPage first = store.findings(FindingQuery.newest(5));
        assertThat(first.findings()).extracting(StoredFinding::id).containsExactly("e", "d", "c");
        FindingPage second =
                store.findings(FindingQuery.newest(5).withCursor(first.next().orElseThrow()));
        assertThat(second.findings()).extracting(StoredFinding::id).containsExactly("b", "a");
        assertThat(second.next()).isEmpty();
    }

    @Test
    void wrongCursorsAreRefusedAndChangedOnesDoNoHarm() {
        for (int i = 0; i < 5; i++) {
            store.save(finding("f" + i));
            store.audit(line(i));
        }
        String findings = store.findings(FindingQuery.newest(2)).next().orElseThrow();
        String lines = store.auditLines(AuditQuery.newest(2)).next().orElseThrow();

        for (String wrong : List.of("", "x", "!", "%00", lines, findings.substring(0, 5), "ZgAAAAAAAAAAAA")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.findings(FindingQuery.newest(2).withCursor(wrong)))
                    .withMessageContaining("cursor");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.auditLines(AuditQuery.newest(2).withCursor(findings)));
        byte[] bytes = Base64.getUrlDecoder().decode(findings);
        for (int i = 0; i < bytes.length * 8; i++) {
            byte[] changed = bytes.clone();
            changed[i / 8] ^= (byte) (1 << i % 8);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            try {
                assertThat(store.findings(FindingQuery.newest(2).withCursor(text))
                                .findings())
                        .hasSizeLessThanOrEqualTo(2);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("cursor");
            }
        }
    }

    // --- Annotations ---

    @Test
    void annotationsAreKeptInOrderAndWithTheirFinding() {
        Annotation muted = new Annotation(
                Annotation.Mark.MUTED, "grace", NOON, Optional.of(NOON.plusSeconds(3_600)), "a test of ours; '\"%");
        store.save(finding("a"));
        store.save(finding("b"));
        store.annotate("a", note(""));
        store.annotate("b", note("other"));
        store.annotate("a", muted);

        assertThat(store.annotations("a")).containsExactly(note(""), muted);
        assertThat(store.annotations("c")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.annotate("c", muted))
                .withMessageContaining("no finding c");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Annotation(Annotation.Mark.NOTE, "ada", NOON, Optional.of(NOON), "until without muting"));

        store.save(finding("a", 2, State.ENDED, NOON));
        assertThat(store.annotations("a")).hasSize(2);
    }

    @Test
    void theOldestAnnotationsGo() {
        store.save(finding("a"));
        for (int i = 0; i < Annotation.MOST + 5; i++) {
            store.annotate("a", note("" + i));
        }

        assertThat(store.annotations("a")).hasSize(Annotation.MOST);
        assertThat(store.annotations("a").getFirst()).isEqualTo(note("5"));
    }

    // --- Audit trail ---

    @Test
    void theAuditTrailIsReadByPages() {
        for (int i = 0; i < 25; i++) {
            store.audit(line(i));
        }
        store.audit(new AuditLine(NOON, "levee", "start", "", ""));

        List<AuditLine> lines = new ArrayList<>();
        AuditPage page = store.auditLines(AuditQuery.newest(10));
        lines.addAll(page.lines());
        while (page.next().isPresent()) {
            store.audit(line(99));
            page = store.auditLines(AuditQuery.newest(10).withCursor(page.next().orElseThrow()));
            lines.addAll(page.lines());
        }

        assertThat(lines).hasSize(26).doesNotHaveDuplicates();
        assertThat(lines.get(0).actor()).isEqualTo("levee");
        assertThat(lines.get(1)).isEqualTo(line(24));
        AuditQuery newest = AuditQuery.newest(100);
        assertThat(store.auditLines(new AuditQuery(
                                Optional.of("levee"),
                                Optional.of("start"),
                                Optional.of(""),
                                newest.since(),
                                100,
                                newest.cursor()))
                        .lines())
                .hasSize(1);
        assertThat(store.auditLines(new AuditQuery(
                                newest.actor(),
                                newest.action(),
                                newest.subject(),
                                Optional.of(NOON.plusSeconds(24)),
                                100,
                                newest.cursor()))
                        .lines())
                .containsExactly(line(99), line(99), line(24));
    }

    // --- Traffic ---

    @Test
    void pointsComeBackInOrderAndByRange() {
        Instant start = Instant.parse("2026-03-01T12:00:00Z");
        int leftOut = store.addTraffic(
                Resolution.SECOND,
                List.of(
                        point("total", start.plusSeconds(2), 2),
                        point("total", start, 0),
                        point("other", start.plusSeconds(1), 5),
                        point("total", start.plusSeconds(1).plusMillis(999), 1)));
        store.addTraffic(Resolution.MINUTE, List.of(point("total", start.plusSeconds(59), 9)));

        assertThat(leftOut).isZero();
        assertThat(store.traffic(Resolution.SECOND, "total", start, start.plusSeconds(3)))
                .containsExactly(
                        point("total", start, 0),
                        point("total", start.plusSeconds(1), 1),
                        point("total", start.plusSeconds(2), 2));
        assertThat(store.traffic(Resolution.SECOND, "total", start.plusNanos(1), start.plusSeconds(2)))
                .containsExactly(point("total", start.plusSeconds(1), 1));
        assertThat(store.traffic(Resolution.SECOND, "total", start, start)).isEmpty();
        assertThat(store.traffic(Resolution.SECOND, "total", start.plusSeconds(3), start))
                .isEmpty();
        assertThat(store.traffic(Resolution.MINUTE, "total", start, start.plusSeconds(1)))
                .containsExactly(point("total", start, 9));
        assertThat(store.traffic(Resolution.SECOND, "none", start, start.plusSeconds(3)))
                .isEmpty();
        assertThat(store.trafficSeries()).containsExactly("other", "total");
    }

    @Test
    void timesBefore1970CountAsWell() {
        Instant early = Instant.ofEpochSecond(-61);
        store.addTraffic(Resolution.MINUTE, List.of(point("total", early, 1)));

        assertThat(store.traffic(Resolution.MINUTE, "total", Instant.ofEpochSecond(-120), Instant.EPOCH))
                .containsExactly(point("total", Instant.ofEpochSecond(-120), 1));
    }

    @Test
    void aPointIsNeverCountedTwice() {
        store.addTraffic(Resolution.SECOND, List.of(point("total", NOON, 3), point("total", NOON, 4)));
        store.addTraffic(Resolution.SECOND, List.of(point("total", NOON, 4)));
        assertThat(packets()).containsExactly(4L);

        store.addTraffic(Resolution.SECOND, List.of(point("total", NOON, 6)));
        assertThat(packets()).containsExactly(6L);
    }

    private List<Long> packets() {
        return store.traffic(Resolution.SECOND, "total", NOON.minus(SECOND), NOON.plus(SECOND)).stream()
                .map(TrafficPoint::packets)
                .toList();
    }

    @Test
    void aRangeIsBounded() {
        assertThatCode(() -> store.traffic(Resolution.MINUTE, "total", NOON.minus(Duration.ofDays(500)), NOON))
                .doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.traffic(Resolution.SECOND, "total", NOON.minus(Duration.ofDays(50)), NOON))
                .withMessageContaining("shorter");
    }

    @Test
    void thereAreOnlySoManySeries() {
        List<TrafficPoint> points = IntStream.range(0, TrafficPoint.MOST_SERIES - 1)
                .mapToObj(i -> point("s" + i, NOON, i))
                .toList();
        assertThat(store.addTraffic(Resolution.MINUTE, points)).isZero();

        assertThat(store.addTraffic(
                        Resolution.MINUTE,
                        List.of(
                                point("x", NOON, 1),
                                point("y", NOON, 1),
                                point("y", NOON.plusSeconds(60), 1),
                                point("s5", NOON, 77))))
                .isEqualTo(2);

        assertThat(store.trafficSeries()).hasSize(TrafficPoint.MOST_SERIES).contains("x");
        assertThat(store.traffic(Resolution.MINUTE, "s5", NOON.minusSeconds(60), NOON.plusSeconds(60)))
                .extracting(TrafficPoint::packets)
                .containsExactly(77L);
    }

    // --- States ---

    @Test
    void theLastStateIsKept() {
        assertThat(store.get("detector")).isEmpty();
        store.put("detector", new byte[100_000]);
        store.put("detector", "new".getBytes(StandardCharsets.UTF_8));
        store.put("other", new byte[0]);

        assertThat(store.get("detector").map(value -> new String(value, StandardCharsets.UTF_8)))
                .contains("new");
        assertThat(store.get("other"))
                .hasValueSatisfying(value -> assertThat(value).isEmpty());
        assertThatIllegalArgumentException().isThrownBy(() -> store.put("", new byte[0]));
    }

    // --- Upkeep ---

    @Test
    void whatIsOldGoes() {
        Retention retention =
                new Retention(Duration.ofDays(10), Duration.ofHours(1), Duration.ofDays(5), Duration.ofDays(20), 100);
        Instant old = NOON.minus(Duration.ofDays(10)).minusSeconds(2);
        store.save(finding("old", 1, State.OPEN, old));
        store.annotate("old", note("goes as well"));
        store.save(finding("younger", 1, State.OPEN, old));
        store.save(finding("younger", 5, State.OPEN, old));
        store.audit(line(0));
        store.audit(new AuditLine(NOON.minus(Duration.ofDays(20)).minusNanos(1), "ada", "old", "", ""));
        store.addTraffic(
                Resolution.SECOND,
                List.of(
                        point("total", NOON, 1),
                        point("total", NOON.minusSeconds(3_600), 2),
                        point("total", NOON.minusSeconds(3_601), 3),
                        point("gone", NOON.minusSeconds(3_601), 3)));
        store.addTraffic(Resolution.MINUTE, List.of(point("total", NOON.minus(Duration.ofDays(4)), 4)));

        assertThat(store.expire(NOON, retention)).isFalse();

        assertThat(store.finding("old")).isEmpty();
        assertThat(store.revisions("old")).isEmpty();
        assertThat(store.annotations("old")).isEmpty();
        assertThat(store.revisions("younger")).hasSize(2);
        assertThat(store.auditLines(AuditQuery.newest(10)).lines()).containsExactly(line(0));
        assertThat(store.traffic(Resolution.SECOND, "total", NOON.minusSeconds(9_999), NOON))
                .extracting(TrafficPoint::packets)
                .containsExactly(2L, 1L);
        assertThat(store.traffic(Resolution.MINUTE, "total", NOON.minus(Duration.ofDays(5)), NOON))
                .hasSize(1);
        assertThat(store.trafficSeries()).containsExactly("total");
    }

    @Test
    void oneCallDeletesALimitedNumber() {
        List<TrafficPoint> points = IntStream.range(0, 30_000)
                .mapToObj(i -> point(i % 2 == 0 ? "a" : "b", NOON.minusSeconds(i), i))
                .toList();
        store.addTraffic(Resolution.SECOND, points);
        Instant later = NOON.plus(Duration.ofDays(3));

        assertThat(store.expire(later, Retention.DEFAULT)).isTrue();
        assertThat(store.traffic(Resolution.SECOND, "a", NOON.minusSeconds(40_000), NOON.plus(SECOND))
                                .size()
                        + store.traffic(Resolution.SECOND, "b", NOON.minusSeconds(40_000), NOON.plus(SECOND))
                                .size())
                .isEqualTo(10_000);
        assertThat(store.expire(later, Retention.DEFAULT)).isFalse();
        assertThat(store.trafficSeries()).isEmpty();
    }

    @Test
    void onlyFindingsWithinSomeNetworksAreListed() {
        for (String target : List.of(
                "10.0.0.1/32", "10.0.1.0/24", "10.0.0.0/16", "10.1.0.7/32", "192.0.2.9/32", "2001:db8::1/128", "?")) {
            store.save(aimedAt(target, target));
        }

        assertThat(within("10.0.0.0/24")).containsExactlyInAnyOrder("10.0.0.1/32");
        assertThat(within("10.0.0.0/17", "2001:db8::/32", "192.0.2.9/32"))
                .containsExactlyInAnyOrder("10.0.0.1/32", "10.0.1.0/24", "2001:db8::1/128", "192.0.2.9/32");
        assertThat(within("10.0.0.0/8")).hasSize(4);
        assertThat(within()).isEmpty();
        String[] many = IntStream.range(0, FindingQuery.MOST_NETWORKS)
                .mapToObj(i -> "10." + (2 + (i >> 8)) + "." + (i & 255) + ".0/24")
                .toArray(String[]::new);
        assertThat(within(many)).isEmpty();
        many[9_999] = "10.1.0.0/24";
        assertThat(within(many)).containsExactly("10.1.0.7/32");
    }

    private List<String> within(String... networks) {
        List<Prefix> prefixes = Stream.of(networks).map(Prefix::parse).toList();
        return store.findings(FindingQuery.newest(100).withNetworks(Optional.of(prefixes))).findings().stream()
                .map(StoredFinding::target)
                .toList();
    }

    // --- Accounts ---

    @Test
    void anAccountComesBackAsItWas() {
        StoredAccount ada = new StoredAccount(
                "ada", "operator", Optional.of("Example Shop"), "$argon2id$secret", NOON, NOON.plusSeconds(5), true, 1);
        assertThat(store.saveAccount(ada)).isTrue();
        assertThat(store.saveAccount(account("Zoe", 1))).isTrue();
        assertThat(store.saveAccount(account("bob", 1))).isTrue();
        store.close();
        store = open();

        assertThat(store.account("ada")).contains(ada);
        assertThat(store.account("Ada")).isEmpty();
        assertThat(store.account("a\0a")).isEmpty();
        assertThat(store.accounts()).containsExactly(account("Zoe", 1), ada, account("bob", 1));
    }

    @Test
    void ofTwoChangesOfAnAccountTheSecondFails() {
        assertThat(store.saveAccount(account("ada", 1))).isTrue();
        assertThat(store.saveAccount(account("ada", 1))).isFalse();
        assertThat(store.saveAccount(account("ada", 2))).isTrue();
        assertThat(store.saveAccount(account("ada", 2))).isFalse();
        assertThat(store.saveAccount(account("ada", 4))).isFalse();
        assertThat(store.saveAccount(account("bob", 2))).isFalse();

        assertThat(store.accounts()).containsExactly(account("ada", 2));
    }

    @Test
    void aRemovedAccountIsGoneAndAnotherOfItsNameIsAnother() {
        store.saveAccount(account("ada", 1));
        store.saveAccount(account("ada", 2));

        assertThat(store.removeAccount("ada")).isTrue();
        assertThat(store.removeAccount("ada")).isFalse();
        assertThat(store.account("ada")).isEmpty();

        Instant later = NOON.plusSeconds(60);
        StoredAccount anew = new StoredAccount("ada", "viewer", Optional.empty(), "hash", later, later, false, 1);
        assertThat(store.saveAccount(anew)).isTrue();
        assertThat(store.saveAccount(account("ada", 2))).isFalse();
        assertThat(store.accounts()).containsExactly(anew);
    }

    @Test
    void nothingThatIsPrintedHoldsTheHashOfAPassword() {
        assertThat(account("ada", 1).toString()).contains("ada", "viewer").doesNotContain("secret");
        assertThatIllegalArgumentException().isThrownBy(() -> account("", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> account("ada", 0));
    }

    @Test
    void aSoundStoreIsHealthy() {
        assertThat(store.health()).isEqualTo(Health.GOOD);
        assertThat(store.health().isGood()).isTrue();
        assertThat(store.trafficSeries()).isEmpty();
    }

    @Test
    void aClosedStoreSaysSo() {
        store.close();
        store.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> store.save(finding("a")))
                .withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> store.finding("a"));
    }

    @Test
    void hostileTextsAreKeptOrRefusedButHurtNothing() {
        String text = "'; DROP TABLE finding; --\"\\ % _ \u202e ü 🌊";
        store.save(aimedAt(text, text));
        store.annotate(text, note(text));
        store.audit(new AuditLine(NOON, text, text, text, text));
        store.addTraffic(Resolution.SECOND, List.of(point(text, NOON, 1)));

        assertThat(store.finding(text)).contains(aimedAt(text, text));
        assertThat(store.annotations(text)).containsExactly(note(text));
        assertThat(store.trafficSeries()).containsExactly(text);
        assertThatIllegalArgumentException().isThrownBy(() -> aimedAt("a\0b", "10.0.0.1"));
        assertThatIllegalArgumentException().isThrownBy(() -> aimedAt("x".repeat(201), "10.0.0.1"));
        assertThatIllegalArgumentException().isThrownBy(() -> note("\0"));
        assertThatIllegalArgumentException().isThrownBy(() -> finding("a", 0, State.OPEN, NOON));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> finding("a", 1, State.OPEN, Instant.parse("2300-01-01T00:00:00Z")));
        assertThatIllegalArgumentException().isThrownBy(() -> FindingQuery.newest(0));
        assertThatIllegalArgumentException().isThrownBy(() -> point("total", NOON, -1));
    }

    @Test
    void manyThreadsWriteAndRead() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int thread = i;
                work.add(threads.submit(() -> {
                    start.await();
                    for (int round = 1; round <= 25; round++) {
                        store.save(finding("f" + round % 5, 100 * round + thread, State.OPEN, NOON));
                        store.audit(line(round));
                        store.addTraffic(
                                Resolution.SECOND, List.of(point("a", NOON, thread), point("b" + thread, NOON, round)));
                        FindingPage page = store.findings(FindingQuery.newest(10));
                        assertThat(page.findings()).isNotEmpty();
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> each : work) {
                each.get();
            }
        }

        assertThat(store.auditLines(AuditQuery.newest(1_000)).lines()).hasSize(200);
        assertThat(store.trafficSeries()).hasSize(9);
        assertThat(store.findings(FindingQuery.newest(10)).findings())
                .extracting(StoredFinding::revision)
                .containsExactlyInAnyOrder(2_107, 2_207, 2_307, 2_407, 2_507);
    }
}
