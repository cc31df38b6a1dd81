package levee.server;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.json.JsonMapper;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import levee.model.Suggestion;
import levee.store.Store;
import levee.store.StoreException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * Serves what {@code docs/openapi.yaml} describes. Requests run on virtual threads; a small pool of others only moves
 * bytes.
 */
public final class LeveeServer implements AutoCloseable {
    private static final int LARGEST_HEADERS = 8_192;
    private static final int BYTE_MOVERS = 8;

    private final ServerSettings settings;
    private final FindingFeed feed;
    private final Consumer<String> complaints;
    private final Addition addition;
    private final List<Operation> operations = new ArrayList<>();
    private final Gate gate;
    private final MetricOperations metrics;
    private final LearningOperations learning;
    private final Javalin javalin;

    /**
     * A server that does not listen yet.
     *
     * @param complaints takes what the operator should know, a line each, from any thread
     * @param addition what else it does
     * @throws ServerException if it must not listen where it is told to
     */
    public LeveeServer(
            ServerSettings settings,
            Store store,
            LiveSystem system,
            FindingFeed feed,
            InstantSource clock,
            Consumer<String> complaints,
            Addition addition)
            throws ServerException {
        this.settings = settings;
        this.addition = addition;
        this.feed = feed;
        this.complaints = complaints;
        this.gate = new Gate(settings, checkedLoopback(settings));
        Instant started = clock.instant();
        HealthOperations health = new HealthOperations(store, system, clock);
        this.metrics = new MetricOperations(system, feed, health, started, settings.version(), settings.limits());
        operations.addAll(new FindingOperations(store).all());
        operations.addAll(new ChangeOperations(store, new FindingMarks(store, clock)).all());
        operations.addAll(new SampleOperations(store, system).all());
        operations.addAll(new SystemOperations(system, feed, clock, started, settings.version()).all());
        learning = new LearningOperations(store, system);
        operations.addAll(learning.all());
        operations.addAll(new TrafficOperations(store, clock).all());
        operations.addAll(new EventOperations(feed, settings.limits()).all());
        operations.addAll(health.all());
        operations.addAll(metrics.all());
        operations.addAll(new DocumentOperations().all());
        operations.addAll(addition.operations());
        this.javalin = Javalin.create(this::configure);
    }

    private static boolean checkedLoopback(ServerSettings settings) throws ServerException {
        boolean loopback;
        try {
            loopback = InetAddress.getByName(settings.host()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new ServerException(
                    "The server cannot listen on '" + settings.host() + "': no such address. Use 127.0.0.1, or an"
                            + " address of this machine.",
                    e);
        }
        checkTokens(settings.host(), loopback, settings.tokens());
        return loopback;
    }

    private static void checkTokens(String host, boolean loopback, List<AccessToken> tokens) throws ServerException {
        if (!loopback && tokens.isEmpty()) {
            throw new ServerException("The server does not listen on " + host
                    + " without tokens: whoever reaches it could read everything. Configure a token, or listen on"
                    + " 127.0.0.1.");
        }
    }

    /**
     * Takes over by which names it may be called and which tokens it accepts, for requests from now on.
     *
     * @throws ServerException if it must not go on listening with these; then nothing changes
     */
    public void apply(List<String> names, List<AccessToken> tokens) throws ServerException {
        checkTokens(settings.host(), gate.isLoopback(), tokens);
        gate.apply(names, tokens);
    }

    /**
     * Starts to listen.
     *
     * @return the port
     */
    public int start() throws ServerException {
        try {
            javalin.start();
        } catch (JavalinException e) {
            throw new ServerException(
                    "The server cannot listen on " + settings.host() + " port " + settings.port() + ": " + reason(e)
                            + ". Choose another port, or stop what uses it.",
                    e);
        }
        return javalin.port();
    }

    private static String reason(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        return message == null ? deepest.getClass().getSimpleName() : message;
    }

    /**
     * What {@code GET /api/v1/learning} answers with, for who keeps it.
     *
     * @throws levee.store.StoreException if the store cannot be asked
     */
    public byte[] learning() {
        return learning.json();
    }

    /** Ends all viewers and stops listening. */
    @Override
    public void close() {
        feed.close();
        javalin.stop();
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        // It is never asked, but there must be one.
        config.jsonMapper(new JsonMapper() {});
        QueuedThreadPool threads = new QueuedThreadPool(BYTE_MOVERS * 2, BYTE_MOVERS);
        threads.setName("levee-http");
        threads.setDaemon(true);
        threads.setVirtualThreadsExecutor(
                new VirtualThreadPool(2 * settings.limits().connections()));
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(LeveeServer::configure);
        config.jetty.addConnector(this::connector);
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(new RawProblems());
            server.addBean(new NetworkConnectionLimit(settings.limits().connections(), server));
        });
        config.jetty.modifyServletContextHandler(handler -> handler.setErrorHandler(new RawProblems()));
        config.routes.before(this::check);
        Map<String, List<Operation>> byPath = new LinkedHashMap<>();
        operations.forEach(operation -> byPath.computeIfAbsent(operation.path(), path -> new ArrayList<>())
                .add(operation));
        byPath.forEach((path, here) -> route(config, path, here));
        config.routes.exception(ProblemException.class, (problem, context) -> answer(context, problem.problem()));
        config.routes.exception(StoreException.class, this::storeFailed);
        config.routes.exception(HttpResponseException.class, this::noRoute);
        config.routes.exception(Exception.class, this::failed);
        config.routes.after(context -> metrics.answered(context.res().getStatus()));
    }

    private static void configure(HttpConfiguration configuration) {
        configuration.setRequestHeaderSize(LARGEST_HEADERS);
        configuration.setSendServerVersion(false);
        // Paths of ours have nothing to decode.
        configuration.setUriCompliance(UriCompliance.RFC3986);
    }

    private ServerConnector connector(Server server, HttpConfiguration configuration) {
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.limits().idle().toMillis());
        return connector;
    }

    private void route(JavalinConfig config, String path, List<Operation> here) {
        for (Operation operation : here) {
            config.routes.addHttpHandler(
                    HandlerType.findOrCreate(operation.method()), path, context -> perform(operation, context));
            if (operation.method().equals("GET")) {
                config.routes.addHttpHandler(HandlerType.HEAD, path, context -> perform(operation, context));
            }
        }
        config.routes.addHttpHandler(HandlerType.OPTIONS, path, context -> {
            context.res().setStatus(204);
            context.res().setHeader("Allow", allowed(here));
        });
    }

    private static String allowed(List<Operation> here) {
        List<String> methods = here.stream()
                .map(Operation::method)
                .flatMap(method -> method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method))
                .toList();
        return String.join(", ", methods) + ", OPTIONS";
    }

    private void check(Context context) {
        SecurityHeaders.FIELDS.forEach(context.res()::setHeader);
        gate.checkNames(context);
    }

    private void perform(Operation operation, Context context) throws Exception {
        Caller caller = gate.admit(context, operation.access());
        Query query = new Query(context.queryParamMap(), operation.parameters());
        operation.action().answer(new Operation.Request(context, query, caller));
    }

    private void storeFailed(StoreException failure, Context context) {
        complaints.accept("The store failed: " + failure.getMessage());
        answer(
                context,
                new Problem(
                                503,
                                "store-failed",
                                "The store does not work",
                                "What is kept cannot be read or written now.",
                                "Try again soon; GET " + Paths.READY + " says what is wrong.")
                        .with("Retry-After", "5"));
    }

    /** What no operation was found for. */
    private void noRoute(HttpResponseException failure, Context context) {
        String path = context.req().getRequestURI();
        if (failure.getStatus() == 405) {
            String allowed = allowed(operations.stream()
                    .filter(operation -> path.matches(operation.path().replaceAll("\\{[a-z]+}", "[^/]+")))
                    .toList());
            answer(
                    context,
                    new Problem(
                                    405,
                                    "method-not-allowed",
                                    "The method is not known here",
                                    "There is no "
                                            + Texts.printable(context.req().getMethod(), 16) + " here.",
                                    "Use one of: " + allowed + ".")
                            .with("Allow", allowed));
            return;
        }
        List<String> known = operations.stream().map(Operation::path).distinct().toList();
        answer(
                context,
                new Problem(
                        404,
                        "not-found",
                        "There is nothing here",
                        "Nothing is called '" + Texts.printable(path, 100) + "'.",
                        "GET " + Paths.DESCRIPTION + " describes all that there is." + Suggestion.among(path, known)));
    }

    private void failed(Exception failure, Context context) {
        if (failure instanceof IOException || failure instanceof InterruptedException) {
            // The caller has gone, or the server stops.
            return;
        }
        StackTraceElement[] trace = failure.getStackTrace();
        complaints.accept("A request failed: " + context.req().getMethod() + " "
                + Texts.printable(context.req().getRequestURI(), 100) + ": " + failure
                + (trace.length > 0 ? " at " + trace[0] : ""));
        answer(
                context,
                new Problem(
                        500,
                        "failed",
                        "The request failed",
                        "Something went wrong that should not have.",
                        "Try again; if it stays, report it with the line in the log of the server."));
    }

    private void answer(Context context, Problem problem) {
        if (context.res().isCommitted()) {
            return;
        }
        Optional<byte[]> page = isAskedByPerson(context) ? addition.page(problem) : Optional.empty();
        try {
            if (page.isPresent()) {
                problem.headers().forEach(context.res()::setHeader);
                Answer.page(context, problem.status(), page.get());
            } else {
                Answer.problem(context, problem);
            }
        } catch (IOException e) {
            // The caller has gone.
        }
    }

    /** Browsers say that they take pages; programs have their own paths, where they get what they expect. */
    private static boolean isAskedByPerson(Context context) {
        String path = context.req().getRequestURI();
        String accepted = context.req().getHeader("Accept");
        return accepted != null
                && accepted.contains("text/html")
                && !path.startsWith("/api/")
                && !path.startsWith("/health/")
                && !path.equals(Paths.METRICS);
    }
}
