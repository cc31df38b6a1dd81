package levee.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import levee.drill.TcpDialogue.Message;
import levee.model.IpAddress;
import levee.telemetry.PayloadHint;

/** Plays innocent habits that could be taken for what infected hosts do. */
final class Habits {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final double HARDLY = 0.02;

    private static final int PUSH_PORT = 5_228;
    private static final int MQTT_PORT = 8_883;
    private static final int BITTORRENT_PORT = 6_881;
    private static final int STUN_PORT = 3_478;
    private static final int VPN_PORT = 51_820;
    private static final int PRINTER_PORT = 9_100;
    private static final int GAME_PORT = 25_565;
    private static final int[] HOME_PORTS = {443, 5_001, 8_123, 8_443};
    private static final int[] CAMERA_PORTS = {8_000, 34_567, 37_777};
    private static final List<String> HOMES = List.of(".duckdns.org", ".ddns.net", ".myftp.org", ".dyndns.org");
    private static final int[] SERVICES = {
        21, 22, 23, 25, 80, 110, 139, 143, 443, 445, 1_433, 3_306, 3_389, 5_432, 8_080
    };
    private static final int[] TESTED = {80, 443, 8_080, 25_565, 27_015, 32_400, 51_413, 3_074, 22, 5_000};

    /** Nothing has these last numbers in the own networks. */
    private static final int FIRST_ABSENT = 240;

    private static final long GIGABYTE = 1_000_000_000L;

    private static final Payload STUN_REQUEST =
            new Payload(Payloads.hex("0001 0000 2112a442 000000000000000000000000"), PayloadHint.NONE).withSalt(8, 8);
    private static final Payload STUN_ANSWER = new Payload(
                    Payloads.hex("0101 000c 2112a442 000000000000000000000000 0020 0008 0001 a147 e112a643"),
                    PayloadHint.STUN_RESPONSE)
            .withSalt(8, 8);
    private static final Payload PEER_HANDSHAKE = new Payload(
                    Payloads.hex("13 426974546f7272656e742070726f746f636f6c 0000000000100005" + "41".repeat(40)),
                    PayloadHint.NONE)
            .withSalt(28, 8);

    /** Gives own hosts that nothing else is said of; fewer than wanted where there are no more. */
    @FunctionalInterface
    interface FreeHosts {
        int[] draw(int wanted, SplittableRandom random);
    }

    private final Conversations conversations;
    private final OwnHosts hosts;
    private final NameService names;
    private final FreeHosts free;
    private final IntSupplier newcomers;

    /** @param newcomers gives numbers of hosts outside that nobody else has */
    Habits(Conversations conversations, NameService names, FreeHosts free, IntSupplier newcomers) {
        this.conversations = conversations;
        hosts = conversations.hosts();
        this.names = names;
        this.free = free;
        this.newcomers = newcomers;
    }

    /** From when to when. */
    private record Span(Stage stage, long start, long end, SplittableRandom random) {
        double seconds() {
            return (end - start) / 1e9;
        }

        Duration part(int parts) {
            return Duration.ofNanos(Math.max(SECOND, (end - start) / parts));
        }

        /** Begins at some time within the first period, and in the first half of the span. */
        void every(Duration period, double jitter, Periodic.Turn turn) {
            long phase = Math.min(period.toNanos(), (end - start) / 2);
            every(period, jitter, (long) (random.nextDouble() * phase), turn);
        }

        void every(Duration period, double jitter, long phase, Periodic.Turn turn) {
            stage.add(start + phase, new Periodic(period, jitter, end, random.split(), turn));
        }

        void arrivals(double perSecond, Arrivals.Opening opening) {
            stage.add(start, new Arrivals(now -> perSecond, end, random.split(), opening));
        }
    }

    /** Lets it begin and returns the own hosts that could be accused. */
    List<IpAddress> enter(Stage stage, PlannedLookAlike plan, long start, long end, SplittableRandom random) {
        Span span = new Span(stage, start, end, random);
        int[] who = who(plan.kind(), random);
        switch (plan.kind()) {
            case NTP_POLLER -> pollTime(span, who[0]);
            case UPDATE_CHECKER -> checkForUpdates(span, who);
            case DEVICE_CLOUD -> keepOpen(span, who, TlsHello.Program.DEVICE, "mqtt.", MQTT_PORT, MINUTE);
            case PUSH_NOTIFICATIONS -> keepOpen(span, who, TlsHello.Program.LIBRARY, "push.", PUSH_PORT, QUARTER);
            case NETWORK_MONITOR -> monitor(span, who[0]);
            case VULNERABILITY_SCANNER -> scanOwn(span, who[0]);
            case FILE_SHARING -> share(span, who[0]);
            case GAMES_AND_CALLS -> call(span, who[0]);
            case MAIL_SERVER -> sendMail(span, who[0]);
            case MAIL_CLIENT -> fetchMail(span, who);
            case WEB_CRAWLER -> crawl(span, who[0]);
            case NETWORK_RESOLVER -> resolve(span, who[0]);
            case BROWSER_PROBES -> probe(span, who);
            case DEAD_CLOUD -> retry(span, who);
            case ANTIVIRUS_LOOKUPS -> lookUpHashes(span, who[0]);
            case CONTENT_NETWORKS -> loadContent(span, who);
            case BACKUP_UPLOAD -> upload(span, who[0]);
            case VPN_CLIENT -> tunnel(span, who[0]);
            case SSH_AUTOMATION -> automate(span, who[0]);
            case PRINTER_DISCOVERY -> lookForPrinters(span, who);
            case PORT_TESTER -> testPorts(span, who[0]);
            case HOME_SERVER -> visitHome(span, who[0]);
            default -> throw new IllegalArgumentException(plan.kind() + " resembles an attack");
        }
        return Arrays.stream(who).mapToObj(host -> hosts.address(host, false)).toList();
    }

    private int[] who(LookAlikeKind kind, SplittableRandom random) {
        int wanted = switch (kind) {
            case UPDATE_CHECKER -> Math.clamp(hosts.count() / 5, 5, 40);
            case DEVICE_CLOUD, DEAD_CLOUD -> Math.clamp(hosts.count() / 20, 4, 20);
            case PUSH_NOTIFICATIONS, MAIL_CLIENT, BROWSER_PROBES, CONTENT_NETWORKS, PRINTER_DISCOVERY -> 5;
            case MAIL_SERVER, NETWORK_RESOLVER -> 0;
            default -> 1;
        };
        if (wanted == 0) {
            return new int[] {kind == LookAlikeKind.MAIL_SERVER ? hosts.mailServer(random) : hosts.resolver(random)};
        }
        int[] drawn = free.draw(wanted, random);
        // Where nobody is free, somebody does it besides.
        return drawn.length > 0 ? drawn : new int[] {hosts.client(random)};
    }

    private Ends outward(int host, int server, int port, SplittableRandom random) {
        return conversations.outward(host, Ports.tcp(random), server, port, false);
    }

    private void ask(Stage stage, int host, String name, int server, Actor then, SplittableRandom random) {
        stage.add(
                stage.now,
                names.find(
                        host,
                        name,
                        conversations.address(server),
                        server % Internet.SERVERS,
                        Optional.of(then),
                        random.split()));
    }

    /** Asks for a name, and then talks with who has it. */
    private void visit(
            Stage on, int host, String name, int server, int port, List<Message> talk, SplittableRandom random) {
        ask(on, host, name, server, new TcpDialogue(outward(host, server, port, random), talk, random.split()), random);
    }

    /** The name of a service of somebody who has nothing to do with anybody else. */
    private String vendor(String service, SplittableRandom random) {
        return service + Names.word(random) + "-" + Names.word(random) + ".com";
    }

    private static List<Message> hello(TlsHello.Program program, String name) {
        return TlsHello.handshake(program, Optional.of(name), 2_400, 140);
    }

    private static List<Message> withHello(TlsHello.Program program, String name, Message... more) {
        List<Message> messages = new ArrayList<>(hello(program, name));
        messages.addAll(Arrays.asList(more));
        return messages;
    }

    private void pollTime(Span span, int host) {
        SplittableRandom random = span.random;
        for (int i = 0; i < 4; i++) {
            int server = Conversations.server(random) >> 6;
            span.every(Duration.ofSeconds(64), HARDLY / 10, on -> {
                Ends ends = conversations.outward(host, 123, server, 123, false);
                on.add(on.now, new UdpFlow(ends, random.split()).asking(Payloads.NTP_REQUEST, Payloads.NTP_ANSWER));
            });
        }
    }

    private void checkForUpdates(Span span, int[] who) {
        SplittableRandom random = span.random;
        int server = newcomers.getAsInt();
        String name = vendor("updates.", random);
        for (int host : who) {
            span.every(QUARTER, 0, on -> {
                List<Message> talk = withHello(
                        TlsHello.Program.LIBRARY, name, Message.secret(true, 310, 0), Message.secret(false, 180, 0));
                visit(on, host, name, server, 443, talk, random);
            });
        }
    }

    private void keepOpen(Span span, int[] who, TlsHello.Program program, String service, int port, Duration pause) {
        SplittableRandom random = span.random;
        int server = newcomers.getAsInt();
        String name = vendor(service, random);
        long latest = Math.min(60 * SECOND, (span.end - span.start) / 4);
        for (int host : who) {
            SplittableRandom own = random.split();
            TcpDialogue connection = new TcpDialogue(
                            outward(host, server, port, own), hello(program, name), own.split())
                    .goingOn(now -> now + pause.toNanos() >= span.end
                            ? List.of()
                            : List.of(
                                    Message.secret(true, 31, pause.toNanos()),
                                    Message.secret(false, own.nextInt(20) == 0 ? own.nextInt(200, 2_000) : 31, 0)));
            span.stage.add(span.start + own.nextLong(latest), on -> {
                ask(on, host, name, server, connection, own);
                return Actor.NEVER;
            });
        }
    }

    private void monitor(Span span, int host) {
        SplittableRandom random = span.random;
        int watched = Math.min(60, hosts.count());
        for (int i = 0; i < watched; i++) {
            int other = (host + 1 + i * Math.max(1, hosts.count() / watched)) % hosts.count();
            span.every(Duration.ofMinutes(5), HARDLY, on -> {
                on.add(on.now, new Ping(conversations.inside(host, 0, other, 0), 1, true, random.split()));
                Ends snmp = conversations.inside(host, Ports.udp(random), other, 161);
                on.add(
                        on.now + 100 * MILLISECOND,
                        new UdpFlow(snmp, random.split()).asking(Payloads.SNMP_REQUEST, Payloads.SNMP_ANSWER));
                if (other % 4 == 0) {
                    Ends web = conversations.inside(host, Ports.tcp(random), other, 80);
                    on.add(
                            on.now + 200 * MILLISECOND,
                            new TcpFlow(web, TcpScript.HTTP, TcpFlow.Outcome.ESTABLISHED, random.split())
                                    .sending(1, Payloads.HTTP_REQUEST.length(), 800));
                }
            });
        }
    }

    /** As fast as all is seen once within the span. */
    private void scanOwn(Span span, int host) {
        SplittableRandom random = span.random;
        int all = Math.min(hosts.count() * SERVICES.length, 100_000);
        int[] next = {0};
        span.arrivals(Math.min(50, all / span.seconds()), r -> {
            int number = next[0]++;
            int other = number / SERVICES.length % hosts.count();
            int port = SERVICES[number % SERVICES.length];
            int fate = r.nextInt(100);
            TcpFlow.Outcome outcome = fate < 10
                    ? TcpFlow.Outcome.ESTABLISHED
                    : fate < 80 ? TcpFlow.Outcome.REFUSED : TcpFlow.Outcome.UNANSWERED;
            Ends ends = conversations.inside(host, Ports.tcp(random), other, port);
            return new TcpFlow(ends, TcpScript.OTHER, outcome, r)
                    .sending(1, 0, 0)
                    .tryingOnce();
        });
    }

    private void share(Span span, int host) {
        span.arrivals(1.5, r -> {
            int peer = Conversations.visitor(r);
            if (r.nextInt(100) < 55) {
                UdpFlow flow = new UdpFlow(conversations.outward(host, BITTORRENT_PORT, peer, Ports.udp(r), false), r)
                        .asking(Payloads.DHT_QUESTION, Payloads.DHT_ANSWER);
                return r.nextInt(100) < 45 ? flow.unanswered() : flow;
            }
            Ends ends = outward(host, peer, Ports.tcp(r), r);
            int fate = r.nextInt(100);
            if (fate < 60) {
                return new TcpFlow(
                        ends, TcpScript.OTHER, fate < 45 ? TcpFlow.Outcome.UNANSWERED : TcpFlow.Outcome.REFUSED, r);
            }
            // One in ten of those who answer has what is wanted.
            int bytes = r.nextInt(10) == 0 ? r.nextInt(200_000, 2_000_000) : r.nextInt(200, 2_000);
            return new TcpDialogue(
                    ends,
                    List.of(
                            Message.whole(true, PEER_HANDSHAKE, 0),
                            Message.whole(false, PEER_HANDSHAKE, 0),
                            Message.noise(true, 100, SECOND),
                            Message.noise(false, bytes, 0)),
                    r);
        });
    }

    private void call(Span span, int host) {
        SplittableRandom random = span.random;
        long gap = 30 * MILLISECOND;
        int server = newcomers.getAsInt();
        span.every(span.part(4), 0.5, on -> {
            int port = Ports.udp(random);
            Ends stun = conversations.outward(host, port, server, STUN_PORT, false);
            on.add(on.now, new UdpFlow(stun, random.split()).asking(STUN_REQUEST, STUN_ANSWER));
            int peers = random.nextInt(1, 6);
            long length = Math.min(15 * 60 * SECOND, (span.end - span.start) / 8);
            for (int i = 0; i < peers; i++) {
                Ends ends = conversations.outward(host, port, Conversations.visitor(random), Ports.udp(random), false);
                on.add(
                        on.now + SECOND,
                        new UdpFlow(ends, random.split())
                                .streaming(Payloads.MEDIA, (int) (length / gap / peers), 0.5, 180, 180, gap * peers));
            }
        });
    }

    private void sendMail(Span span, int host) {
        SplittableRandom random = span.random;
        String own = Names.word(random) + "-post.example";
        span.arrivals(
                0.05, r -> SpamBots.mail(conversations, names, host, Names.word(r) + "@" + own, 0.05, now -> {}, r));
        span.arrivals(0.05, r -> {
            String sender = Names.word(r) + "@" + names.names().domain(Conversations.server(r));
            Ends ends = conversations.inward(Conversations.server(r), Ports.tcp(r), host, 25, false);
            List<Message> dialogue = SpamBots.dialogue(own, "mx1." + own, sender, r.nextDouble(), 0.1, r);
            return new TcpDialogue(ends, dialogue, r.split());
        });
    }

    private void fetchMail(Span span, int[] who) {
        SplittableRandom random = span.random;
        for (int host : who) {
            int server = Conversations.server(random);
            String name = "imap." + names.names().domain(server);
            span.every(Duration.ofMinutes(5), HARDLY / 10, on -> {
                List<Message> talk = withHello(
                        TlsHello.Program.LIBRARY,
                        name,
                        Message.secret(true, 90, 0),
                        Message.secret(false, 120, 0),
                        Message.secret(true, 60, 0),
                        Message.secret(false, random.nextInt(10) == 0 ? random.nextInt(2_000, 60_000) : 110, 0));
                visit(on, host, name, server, 993, talk, random);
            });
        }
    }

    private void crawl(Span span, int host) {
        span.arrivals(0.25, r -> {
            int server = r.nextInt(Internet.SERVERS);
            int fate = r.nextInt(100);
            if (fate < 6) {
                String name = "www." + names.names().domain(server);
                return names.miss(host, name, server >> 2, Optional.empty(), r);
            }
            TcpFlow.Outcome outcome = fate < 10
                    ? TcpFlow.Outcome.UNANSWERED
                    : fate < 12 ? TcpFlow.Outcome.REFUSED : TcpFlow.Outcome.ESTABLISHED;
            TcpFlow visit = new TcpFlow(
                            outward(host, server, 443, r),
                            TcpScript.tls(
                                    TlsHello.Program.LIBRARY, names.names().server(server)),
                            outcome,
                            r.split())
                    .sending(r.nextInt(1, 4), 350, r.nextInt(2_000, 40_000));
            return names.find(host, server, false, Optional.of(visit), r);
        });
    }

    private void resolve(Span span, int host) {
        span.arrivals(2, r -> {
            int server = r.nextInt(Internet.SERVERS);
            boolean missing = r.nextInt(100) < 6;
            String name =
                    missing ? names.names().misspelt(server, r) : names.names().server(server);
            Payload answer = missing
                    ? DnsMessages.missing(name, DnsMessages.A)
                    : DnsMessages.address(name, conversations.address(server));
            return new Lookup(
                    names.outward(host, Ports.udp(r), server >> 2),
                    Optional.empty(),
                    DnsMessages.query(name, DnsMessages.A),
                    answer,
                    Optional.empty(),
                    r);
        });
    }

    private void probe(Span span, int[] who) {
        SplittableRandom random = span.random;
        for (int host : who) {
            span.every(span.part(4), 0.5, on -> {
                for (int i = 0; i < 3; i++) {
                    String name = letters(random, random.nextInt(7, 16));
                    // The root servers know that there is no such domain.
                    on.add(on.now + i * MILLISECOND, names.miss(host, name, 13, Optional.empty(), random.split()));
                }
                for (int i = random.nextInt(4, 12); i > 0; i--) {
                    int server = Conversations.server(random);
                    TcpFlow visit = new TcpFlow(
                                    outward(host, server, 443, random),
                                    conversations.script(false, server),
                                    TcpFlow.Outcome.ESTABLISHED,
                                    random.split())
                            .sending(2, 500, random.nextInt(3_000, 60_000));
                    on.add(on.now + i * SECOND, names.find(host, server, false, Optional.of(visit), random.split()));
                }
            });
        }
    }

    private static String letters(SplittableRandom random, int count) {
        return random.ints(count, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private void retry(Span span, int[] who) {
        SplittableRandom random = span.random;
        int server = newcomers.getAsInt();
        String name = vendor("cloud.", random);
        for (int host : who) {
            span.every(MINUTE, HARDLY, on -> {
                TcpFlow attempt = new TcpFlow(
                        outward(host, server, 443, random),
                        TcpScript.OTHER,
                        TcpFlow.Outcome.UNANSWERED,
                        random.split());
                ask(on, host, name, server, attempt, random);
            });
        }
    }

    private void lookUpHashes(Span span, int host) {
        SplittableRandom random = span.random;
        String domain = vendor("avqs.", random);
        int authority = Conversations.server(random);
        span.arrivals(0.1, r -> {
            StringBuilder hash = new StringBuilder();
            for (int i = 0; i < 4; i++) {
                hash.append(String.format(java.util.Locale.ROOT, "%08x", r.nextInt()));
            }
            String name = hash + "." + domain;
            return names.ask(
                    host,
                    DnsMessages.query(name, DnsMessages.A),
                    DnsMessages.address(name, IpAddress.ofIpv4(127 << 24 | r.nextInt(1, 5))),
                    authority,
                    r.nextInt(4) == 0,
                    Optional.empty(),
                    r);
        });
    }

    private void loadContent(Span span, int[] who) {
        for (int host : who) {
            span.arrivals(0.05, r -> {
                int server = Conversations.server(r);
                String name = Names.computed(r);
                TcpFlow load = new TcpFlow(
                                outward(host, server, 443, r),
                                TcpScript.tls(TlsHello.Program.BROWSER, name),
                                TcpFlow.Outcome.ESTABLISHED,
                                r.split())
                        .sending(1, 400, r.nextInt(5_000, 80_000));
                return names.find(host, name, conversations.address(server), server >> 2, Optional.of(load), r);
            });
        }
    }

    private void upload(Span span, int host) {
        SplittableRandom random = span.random;
        int server = Conversations.server(random);
        long gap = 60_000;
        long bytes = Math.min(GIGABYTE, Conversations.bytesFor(span.end - span.start, gap) / 4);
        TcpFlow upload = conversations.transfer(outward(host, server, 443, random), bytes, 500, gap, random.split());
        span.stage.add(span.start, names.find(host, server, false, Optional.of(upload), random.split()));
    }

    private void tunnel(Span span, int host) {
        SplittableRandom random = span.random;
        Ends ends = conversations.outward(host, Ports.udp(random), newcomers.getAsInt(), VPN_PORT, false);
        int datagrams = (int) Math.min(span.seconds(), Integer.MAX_VALUE);
        span.stage.add(
                span.start,
                new UdpFlow(ends, random.split())
                        .asking(Payload.NOISY, 148, Payload.NOISY, 92)
                        .streaming(Payload.NOISY, datagrams, 0.55, 900, 200, SECOND));
    }

    private void automate(Span span, int host) {
        SplittableRandom random = span.random;
        int[] targets = IntStream.range(0, Math.min(40, hosts.count() - 1))
                .map(i -> (host + 1 + i) % hosts.count())
                .toArray();
        Duration hour = Duration.ofHours(1);
        Duration period = hour.compareTo(span.part(3)) < 0 ? hour : span.part(3);
        span.every(period, 0, 0, on -> {
            for (int i = 0; i < targets.length; i++) {
                Ends ends = conversations.inside(host, Ports.tcp(random), targets[i], 22);
                on.add(
                        on.now + i * SECOND,
                        new TcpFlow(ends, TcpScript.SSH, TcpFlow.Outcome.ESTABLISHED, random.split())
                                .sending(random.nextInt(12, 30), 120, 180)
                                .pausing(50 * MILLISECOND));
            }
        });
    }

    private void lookForPrinters(Span span, int[] who) {
        SplittableRandom random = span.random;
        for (int host : who) {
            IpAddress own = hosts.address(host, false);
            span.every(Duration.ofMinutes(2), HARDLY, on -> {
                for (int i = 0; i < 3; i++) {
                    long low = own.low() & ~0xffL | FIRST_ABSENT + i;
                    Ends snmp = new Ends(own.high(), own.low(), Ports.udp(random), own.high(), low, 161, true);
                    on.add(
                            on.now + i * SECOND,
                            new UdpFlow(snmp, random.split())
                                    .asking(Payloads.SNMP_REQUEST, Payloads.SNMP_ANSWER)
                                    .unanswered());
                    Ends print =
                            new Ends(own.high(), own.low(), Ports.tcp(random), own.high(), low, PRINTER_PORT, true);
                    on.add(
                            on.now + i * SECOND + SECOND / 2,
                            new TcpFlow(print, TcpScript.OTHER, TcpFlow.Outcome.UNANSWERED, random.split()));
                }
            });
        }
    }

    private void testPorts(Span span, int host) {
        SplittableRandom random = span.random;
        int server = newcomers.getAsInt();
        String name = vendor("ports.", random);
        span.every(span.part(4), 0.1, on -> {
            List<Message> talk = withHello(
                    TlsHello.Program.BROWSER,
                    name,
                    Message.secret(true, 400, 0),
                    Message.secret(false, 900, 3 * SECOND));
            visit(on, host, name, server, 443, talk, random);
            for (int port : TESTED) {
                Ends ends = conversations.inward(server, Ports.tcp(random), host, port, false);
                TcpFlow.Outcome outcome = random.nextInt(4) == 0 ? TcpFlow.Outcome.REFUSED : TcpFlow.Outcome.UNANSWERED;
                on.add(on.now + SECOND, new TcpFlow(ends, TcpScript.OTHER, outcome, random.split()).tryingOnce());
            }
        });
    }

    /** By the programs that people have for it, which say whom they want. */
    private void visitHome(Span span, int host) {
        SplittableRandom random = span.random;
        int server = newcomers.getAsInt();
        String name = Names.word(random) + random.nextInt(100) + HOMES.get(random.nextInt(HOMES.size()));
        int port = HOME_PORTS[random.nextInt(HOME_PORTS.length)];
        int camera = CAMERA_PORTS[random.nextInt(CAMERA_PORTS.length)];
        switch (random.nextInt(4)) {
            // A browser.
            case 0 ->
                span.every(span.part(6), 0.5, on -> {
                    List<Message> talk = withHello(
                            TlsHello.Program.BROWSER,
                            name,
                            Message.secret(true, 600, 0),
                            Message.secret(false, random.nextInt(20_000, 2_000_000), 0),
                            Message.secret(true, 500, random.nextLong(5, 120) * SECOND),
                            Message.secret(false, random.nextInt(2_000, 90_000), 0));
                    visit(on, host, name, server, port, talk, random);
                });
            // Files that are kept alike here and there.
            case 1 ->
                span.every(Duration.ofSeconds(30), HARDLY, on -> {
                    List<Message> talk = withHello(
                            TlsHello.Program.LIBRARY,
                            name,
                            Message.secret(true, 420, 0),
                            Message.secret(false, 380, 0));
                    visit(on, host, name, server, port, talk, random);
                });
            // Pictures of a camera for some minutes.
            case 2 ->
                span.every(span.part(5), 0.5, on -> {
                    List<Message> talk = new ArrayList<>(List.of(Message.noise(true, 120, 0)));
                    for (int i = random.nextInt(20, 200); i > 0; i--) {
                        talk.add(Message.noise(false, random.nextInt(5_000, 40_000), 3 * SECOND));
                    }
                    visit(on, host, name, server, camera, talk, random);
                });
            // A game of hours.
            default ->
                span.every(span.part(3), 0.3, on -> {
                    long end = on.now + random.nextLong(600 * SECOND, Math.max(601 * SECOND, (span.end - on.now) / 3));
                    TcpDialogue game = new TcpDialogue(
                                    outward(host, server, GAME_PORT, random),
                                    List.of(Message.noise(true, 60, 0), Message.noise(false, 30_000, 0)),
                                    random.split())
                            .goingOn(now -> now >= end
                                    ? List.of()
                                    : List.of(
                                            Message.noise(true, 90, 2 * SECOND),
                                            Message.noise(false, random.nextInt(500, 9_000), 0)));
                    ask(on, host, name, server, game, random);
                });
        }
    }
}
