package levee.drill;

import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;
import levee.model.IpAddress;

/** Plays innocent traffic that could be taken for an attack. */
final class LookAlikes {
    private static final long MICROSECOND = 1_000L;
    private static final long MILLISECOND = 1_000_000L;
    private static final int CALLS = 12;
    private static final int CONNECTIONS_OF_A_TEST = 8;
    private static final double RISE_NANOS = 10e9;

    private final Conversations conversations;
    private final OwnHosts hosts;

    LookAlikes(Conversations conversations) {
        this.conversations = conversations;
        hosts = conversations.hosts();
    }

    /** Lets it begin and returns the host that it goes to. */
    IpAddress enter(Stage stage, PlannedLookAlike plan, long startNanos, SplittableRandom random) {
        long lengthNanos = plan.duration().toNanos();
        long endNanos = startNanos + lengthNanos;
        return switch (plan.kind()) {
            case FLASH_CROWD -> {
                int host = hosts.webServer(random);
                // Word of it spreads: the crowd grows for some seconds.
                LongToDoubleFunction rate = now -> 400 * Math.min(1, 0.05 + (now - startNanos) / RISE_NANOS);
                arrivals(stage, startNanos, endNanos, rate, random, r -> conversations.visit(host, r));
                yield hosts.address(host, false);
            }
            case SPEED_TEST -> {
                int host = hosts.client(random);
                int server = Conversations.server(random);
                long gap = 250 * MICROSECOND;
                for (int i = 0; i < CONNECTIONS_OF_A_TEST; i++) {
                    Ends ends = conversations.outward(host, Ports.tcp(random), server, 443, false);
                    stage.add(
                            startNanos + i * MILLISECOND,
                            conversations.transfer(
                                    ends, 600, Conversations.bytesFor(lengthNanos, gap) / 2, gap, random.split()));
                }
                yield hosts.address(host, false);
            }
            case BACKUP -> {
                int host = hosts.webServer(random);
                long gap = 60 * MICROSECOND;
                Ends ends = conversations.outward(host, Ports.tcp(random), Conversations.server(random), 443, false);
                stage.add(
                        startNanos,
                        conversations.transfer(
                                ends, Conversations.bytesFor(lengthNanos, gap) / 2, 500, gap, random.split()));
                yield new IpAddress(ends.serverHigh(), ends.serverLow());
            }
            case VIDEO_CALLS -> {
                int server = Conversations.server(random);
                for (int i = 0; i < CALLS; i++) {
                    Ends ends = conversations.outward(
                            hosts.client(random), Ports.udp(random), server, Ports.udp(random), false);
                    long gap = 3 * MILLISECOND;
                    stage.add(
                            startNanos + i * 40L * MILLISECOND,
                            new UdpFlow(ends, random.split())
                                    .streaming(Payloads.MEDIA, (int) (lengthNanos / gap), 0.6, 1_150, 900, gap));
                }
                yield conversations.address(server);
            }
            case CDN_DOWNLOADS -> {
                int server = Conversations.server(random);
                arrivals(stage, startNanos, endNanos, now -> 20, random, r -> {
                    Ends ends = conversations.outward(hosts.client(r), Ports.tcp(r), server, 443, false);
                    return conversations.transfer(ends, 600, 2_000_000, 100 * MICROSECOND, r);
                });
                yield conversations.address(server);
            }
            case DNS_RESOLVER -> {
                int host = hosts.resolver(random);
                arrivals(stage, startNanos, endNanos, now -> 1_000, random, r -> conversations.lookup(host, r));
                yield hosts.address(host, false);
            }
            case NTP_SERVER -> {
                int host = hosts.timeServer(random);
                arrivals(stage, startNanos, endNanos, now -> 800, random, r -> conversations.timeVisit(host, r));
                yield hosts.address(host, false);
            }
            case MONITORING -> {
                int host = hosts.client(random);
                arrivals(stage, startNanos, endNanos, now -> 400, random, r -> poll(host, r));
                yield hosts.address(host, false);
            }
            case QUIC_SERVER -> {
                int host = hosts.webServer(random);
                arrivals(stage, startNanos, endNanos, now -> 200, random, r -> conversations.quicVisit(host, r));
                yield hosts.address(host, false);
            }
            default -> throw new IllegalArgumentException(plan.kind() + " resembles an infection");
        };
    }

    private Actor poll(int host, SplittableRandom random) {
        int device = Conversations.server(random) >> 6;
        if (random.nextBoolean()) {
            return new Ping(conversations.outward(host, 0, device, 0, false), 1, random.nextInt(20) > 0, random);
        }
        return new UdpFlow(conversations.outward(host, Ports.udp(random), device, 161, false), random)
                .asking(Payloads.SNMP_REQUEST, Payloads.SNMP_ANSWER);
    }

    private static void arrivals(
            Stage stage,
            long startNanos,
            long endNanos,
            LongToDoubleFunction rate,
            SplittableRandom random,
            Arrivals.Opening opening) {
        stage.add(startNanos, new Arrivals(rate, endNanos, random.split(), opening));
    }
}
