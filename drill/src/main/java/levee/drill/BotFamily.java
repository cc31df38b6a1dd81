package levee.drill;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A family of bots, with the numbers in which its members differ: what infected own hosts do. */
public sealed interface BotFamily {

    /** The name in scenario files. */
    String label();

    /** What its bots do, for people. */
    String description();

    /** From the first infection to the flood that bots are told to send, if they are. */
    default Optional<Duration> attackAfter() {
        return Optional.empty();
    }

    /**
     * Infects as Mirai does (Antonakakis et al., "Understanding the Mirai Botnet", 2017): somebody logs in, the device
     * loads a program, scans, guesses passwords of those who answer, and reports to a command server.
     *
     * @param port that is scanned for; with 23 a tenth of the probes goes to 2323
     * @param probesPerSecond of each bot
     * @param scanFor how long each bot scans
     * @param beacon the time between two reports
     * @param keptOpen the part of the bots, 0 to 1, that keep one connection to the command server open instead, over which
     *     something is said every minute
     * @param attackAfter from the first infection to the flood that the bots are told to send
     */
    record Mirai(
            int port,
            double probesPerSecond,
            Duration scanFor,
            Duration beacon,
            double keptOpen,
            Optional<Duration> attackAfter)
            implements BotFamily {
        public Mirai {
            check(isPort(port), "port", port);
            check(probesPerSecond > 0 && probesPerSecond <= 1_000, "probes per second", probesPerSecond);
            check(isPause(beacon), "period", beacon);
            check(keptOpen >= 0 && keptOpen <= 1, "part of connections kept open", keptOpen);
        }

        @Override
        public String label() {
            return "mirai";
        }

        @Override
        public String description() {
            return "scan for telnet or another port, guess passwords, report to a command server, flood when told";
        }
    }

    /**
     * Stays in a channel of a chat server and floods when told there (RFC 2812).
     *
     * @param ping the time between two questions of the server whether the bot is still there
     * @param attackAfter from the first infection to the flood
     */
    record Irc(int port, Duration ping, Optional<Duration> attackAfter) implements BotFamily {
        public Irc {
            check(isPort(port), "port", port);
            check(isPause(ping), "period", ping);
        }

        @Override
        public String label() {
            return "irc";
        }

        @Override
        public String description() {
            return "keep one connection to a chat server, flood when told there";
        }
    }

    /**
     * Tries to reach a command server that is no more.
     *
     * @param retry the time between two tries
     * @param jitter how much shorter or longer that is at the most, as a part of it
     * @param refuses whether an RST comes back; else nothing does
     */
    record DeadServer(int port, Duration retry, double jitter, boolean refuses) implements BotFamily {
        public DeadServer {
            check(isPort(port), "port", port);
            check(isPause(retry), "period", retry);
            check(isJitter(jitter), "jitter", jitter);
        }

        @Override
        public String label() {
            return "dead-server";
        }

        @Override
        public String description() {
            return "try again and again to reach a command server that is no more";
        }
    }

    /**
     * Asks a command server for orders again and again, which are few; now and then there is something to load.
     *
     * @param encrypted over TLS, else over HTTP
     * @param named whether it knows its server by name; else by address alone
     */
    record Beacon(Duration period, double jitter, boolean encrypted, boolean named) implements BotFamily {
        public Beacon {
            check(isPause(period), "period", period);
            check(isJitter(jitter), "jitter", jitter);
        }

        @Override
        public String label() {
            return "beacon";
        }

        @Override
        public String description() {
            return "ask a command server for orders again and again, over TLS or HTTP";
        }
    }

    /**
     * Looks for its command server by names that it computes of the date, of which hardly any is registered.
     *
     * @param period from the end of one search to the next
     * @param names that are tried each time until one resolves
     */
    record Dga(NameGenerator generator, Duration period, int names) implements BotFamily {
        public Dga {
            check(isPause(period), "period", period);
            check(names > 0 && names <= 10_000, "number of names", names);
        }

        @Override
        public String label() {
            return "dga";
        }

        @Override
        public String description() {
            return "look for a command server by names computed of the date, of which one is registered";
        }
    }

    /**
     * Talks with its command server inside of DNS questions and answers.
     *
     * @param period the time between two questions while there is nothing to send
     * @param texts whether it asks for TXT records; else for NULL records
     */
    record DnsTunnel(Duration period, double jitter, boolean texts) implements BotFamily {
        public DnsTunnel {
            check(isPause(period), "period", period);
            check(isJitter(jitter), "jitter", jitter);
        }

        @Override
        public String label() {
            return "dns-tunnel";
        }

        @Override
        public String description() {
            return "talk with a command server inside of DNS questions and answers";
        }
    }

    /** Sends unwanted mail to the mail servers of many. */
    record Spam(double mailsPerMinute) implements BotFamily {
        public Spam {
            check(mailsPerMinute > 0 && mailsPerMinute <= 6_000, "mails per minute", mailsPerMinute);
        }

        @Override
        public String label() {
            return "spam";
        }

        @Override
        public String description() {
            return "send mail to the mail servers of many, some of which refuse it";
        }
    }

    /**
     * Knows others of its kind, and no server.
     *
     * @param peers that each bot knows; most are long gone
     * @param keepAlive the time between two rounds of datagrams to them
     */
    record PeerToPeer(int peers, Duration keepAlive) implements BotFamily {
        public PeerToPeer {
            check(peers > 0 && peers <= 1_000, "number of peers", peers);
            check(isPause(keepAlive), "period", keepAlive);
        }

        @Override
        public String label() {
            return "peer-to-peer";
        }

        @Override
        public String description() {
            return "keep in touch with many others over UDP, most of whom are long gone";
        }
    }

    /**
     * Guesses passwords of others.
     *
     * @param port 22 for SSH, 3389 for RDP
     * @param triesPerMinute connections; each tries several passwords
     */
    record BruteForce(int port, double triesPerMinute) implements BotFamily {
        public BruteForce {
            check(port == 22 || port == 3_389, "port", port);
            check(triesPerMinute > 0 && triesPerMinute <= 6_000, "tries per minute", triesPerMinute);
        }

        @Override
        public String label() {
            return "brute-force";
        }

        @Override
        public String description() {
            return "guess passwords of others over SSH or RDP";
        }
    }

    /**
     * Lets somebody steer a host from afar, as AsyncRAT, Quasar or njRAT do: one connection at a time, kept open.
     *
     * @param keepAlive the time between two signs of life
     * @param session how long a connection lasts in the mean
     * @param encrypted over TLS, without saying whom it wants; else by a protocol of its own
     * @param named whether it knows its server by a name under dynamic DNS; else by address alone
     */
    record RemoteControl(int port, Duration keepAlive, Duration session, boolean encrypted, boolean named)
            implements BotFamily {
        public RemoteControl {
            check(isPort(port), "port", port);
            check(isPause(keepAlive), "period", keepAlive);
            check(isPause(session), "session", session);
        }

        @Override
        public String label() {
            return "remote-control";
        }

        @Override
        public String description() {
            return "keep a connection to somebody who steers the host, mostly under dynamic DNS";
        }
    }

    /** One of each family, with usual numbers. */
    List<BotFamily> USUAL = List.of(
            new Mirai(23, 10, Duration.ofMinutes(30), Duration.ofMinutes(1), 0.3, Optional.empty()),
            new Irc(6_667, Duration.ofSeconds(90), Optional.empty()),
            new DeadServer(4_444, Duration.ofSeconds(60), 0.05, false),
            new Beacon(Duration.ofMinutes(1), 0.1, true, true),
            new Dga(NameGenerator.LETTERS, Duration.ofMinutes(30), 60),
            new DnsTunnel(Duration.ofSeconds(10), 0.2, true),
            new Spam(6),
            new PeerToPeer(60, Duration.ofMinutes(5)),
            new BruteForce(22, 6),
            new RemoteControl(4_782, Duration.ofSeconds(30), Duration.ofHours(2), true, true));

    /** The usual bots of a family. */
    static Optional<BotFamily> byLabel(String label) {
        return USUAL.stream().filter(f -> f.label().equals(label)).findFirst();
    }

    private static boolean isPort(int port) {
        return port > 0 && port <= 0xffff;
    }

    private static boolean isPause(Duration pause) {
        return pause.compareTo(Duration.ofSeconds(1)) >= 0;
    }

    private static boolean isJitter(double jitter) {
        return jitter >= 0 && jitter <= 0.9;
    }

    private static void check(boolean right, String what, Object value) {
        if (!right) {
            throw new IllegalArgumentException("bots with a " + what + " of " + value);
        }
    }
}
