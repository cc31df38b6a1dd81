package levee.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import levee.model.Abuse;
import levee.model.Attack;
import levee.model.Botnet;
import levee.model.CommandServer;
import levee.model.Endpoint;
import levee.model.ExposedService;
import levee.model.Finding.State;
import levee.model.InfectedHost;
import levee.model.IpAddress;
import levee.model.Scanner;
import levee.model.SpoofedTraffic;

/** Infected hosts and what goes with them, of every shape that the model allows. */
final class RandomAbuses {
    private final RandomAnalyses any;

    RandomAbuses(RandomAnalyses any) {
        this.any = any;
    }

    Abuse abuse() {
        return switch (any.random.nextInt(6)) {
            case 0 -> commandServer();
            case 1 -> botnet();
            case 2 -> scanner();
            case 3 -> exposedService();
            case 4 -> spoofedTraffic();
            default -> infectedHost();
        };
    }

    InfectedHost infectedHost() {
        return new InfectedHost(
                id(InfectedHost.KIND),
                state(),
                address(),
                any.time(),
                any.time(),
                any.pick(InfectedHost.Level.values()),
                any.time(),
                any.measure(),
                any.random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new InfectedHost.Probability(
                                fraction(), fraction(), fraction(), any.random.nextInt(1000))),
                any.list(5, this::behaviour),
                any.evidence(),
                any.list(4, () -> new InfectedHost.ServerContact(endpoint(), name(), fraction())),
                any.list(3, () -> new InfectedHost.Identity(any.time(), any.time(), any.text(), any.text())),
                any.pick(Attack.Visibility.values()),
                any.group());
    }

    private InfectedHost.Behaviour behaviour() {
        return new InfectedHost.Behaviour(
                any.pick(InfectedHost.BehaviourKind.values()),
                any.time(),
                any.time(),
                any.measure(),
                any.evidence(),
                any.list(5, () -> new InfectedHost.Example(any.time(), any.random.nextInt(65_536), endpoint())));
    }

    CommandServer commandServer() {
        return new CommandServer(
                id(CommandServer.KIND),
                state(),
                endpoint(),
                any.pick(CommandServer.Role.values()),
                name(),
                1 + any.random.nextInt(20),
                fraction(),
                addresses(60),
                any.time(),
                any.time(),
                any.evidence());
    }

    private Botnet botnet() {
        return new Botnet(
                id(Botnet.KIND),
                state(),
                Stream.concat(Stream.of(address()), addresses(60).stream()).toList(),
                any.list(4, this::endpoint),
                any.list(4, () -> any.pick(InfectedHost.BehaviourKind.values())),
                fraction(),
                any.time(),
                any.time(),
                any.evidence());
    }

    private Scanner scanner() {
        return new Scanner(
                id(Scanner.KIND),
                state(),
                any.prefix(),
                any.amount(),
                any.list(8, any::text),
                count(),
                any.amount(),
                any.amount(),
                any.time(),
                any.time(),
                any.evidence());
    }

    private ExposedService exposedService() {
        return new ExposedService(
                id(ExposedService.KIND),
                state(),
                endpoint(),
                any.text(),
                count(),
                any.volume(),
                any.volume(),
                any.rate(),
                any.time(),
                any.time(),
                any.evidence(),
                any.group());
    }

    private SpoofedTraffic spoofedTraffic() {
        return new SpoofedTraffic(
                id(SpoofedTraffic.KIND),
                state(),
                any.random.nextBoolean() ? "" : address().toString(),
                any.random.nextInt(100),
                count(),
                any.list(8, () -> new Attack.Talker(any.prefix(), any.amount(), any.amount())),
                any.volume(),
                any.time(),
                any.time(),
                any.evidence());
    }

    private String id(String kind) {
        return kind + "-" + any.random.nextInt(1 << 20);
    }

    private State state() {
        return any.pick(State.values());
    }

    private double fraction() {
        return any.random.nextDouble();
    }

    private IpAddress address() {
        return any.prefix().address();
    }

    private List<IpAddress> addresses(int most) {
        return any.list(most, this::address);
    }

    private Endpoint endpoint() {
        return new Endpoint(address(), any.random.nextInt(65_536), any.pick("tcp", "udp", "icmp"));
    }

    private Optional<String> name() {
        return any.random.nextBoolean() ? Optional.empty() : Optional.of(any.text());
    }

    private Attack.Count count() {
        return new Attack.Count(any.amount(), any.random.nextBoolean());
    }
}
