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
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import levee.access.People;
import levee.access.RequestLimits;
import levee.model.Suggestion;
import levee.store.Store;
import levee.store.StoreException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
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
    private final People people;
    private final InstantSource clock;
    private final RequestLimits requestLimits = new RequestLimits();
    private final Optional<SslContextFactory.Server> tls;
    private final MetricOperations metrics;
    private final LearningOperations learning;
    private final Javalin javalin;

    /**
     * A server that does not listen yet.
     *
     * @param complaints takes what the operator should know, a line each, from any thread
     * @param people who may sign in
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
            People people,
            Addition addition)
            throws ServerException {
        this.settings = settings;
        this.people = people;
        this.clock = clock;
        this.addition = addition;
        this.feed = feed;
        this.complaints = complaints;
        boolean isLoopback = isLoopback(settings.host());
        checkCallers(isLoopback, settings.tokens());
        this.gate = new Gate(settings, isLoopback, people, system);
        this.tls = settings.transport() instanceof Transport.Tls own
                ? Optional.of(secured(own.files()))
                : Optional.empty();
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
        operations.addAll(new TalkerOperations(system).all());
        operations.addAll(new EventOperations(feed, settings.limits(), clock).all());
        operations.addAll(new AuditOperations(store).all());
        operations.addAll(health.all());
        operations.addAll(metrics.all());
        operations.addAll(new DocumentOperations().all());
        operations.addAll(addition.operations());
        this.javalin = Javalin.create(this::configure);
    }

    private static boolean isLoopback(String host) throws ServerException {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new ServerException(
                    "The server cannot listen on '" + host + "': no such address. Use 127.0.0.1, or an address of this"
                            + " machine.",
                    e);
        }
    }

    /** Beyond this machine nobody reads along, and nobody gets an answer who does not prove who they are. */
    private void checkCallers(boolean isLoopback, List<AccessToken> tokens) throws ServerException {
        if (isLoopback) {
            return;
        }
        if (!settings.transport().isSecure()) {
            throw new ServerException("The server does not listen on " + settings.host() + " without TLS: passwords and"
                    + " tokens could be read on the way. Give 'certificate' and 'key' under 'tls', or list the proxies"
                    + " that speak TLS for it under 'tls: {proxies: [ADDRESS]}', or listen on 127.0.0.1.");
        }
        if (tokens.isEmpty() && !people.isAnybody()) {
            throw new ServerException("The server does not listen on " + settings.host()
                    + " where nobody could sign in: add somebody with levee users add, or configure a token or an"
                    + " OpenID provider, or listen on 127.0.0.1.");
        }
    }

    /**
     * Takes over by which names it may be called, which tokens it accepts, and with what it proves its name, for requests
     * from now on.
     *
     * @throws ServerException if it must not go on listening with these; then nothing changes
     */
    public void apply(List<String> names, List<AccessToken> tokens, Transport transport) throws ServerException {
        checkCallers(gate.isLoopback(), tokens);
        if (tls.isPresent() && transport instanceof Transport.Tls own) {
            KeyStore keys = own.files().load();
            try {
                tls.get().reload(factory -> factory.setKeyStore(keys));
            } catch (Exception e) {
                throw new ServerException("The certificate cannot be taken over: " + reason(e), e);
            }
        }
        gate.apply(names, tokens);
    }

    private static SslContextFactory.Server secured(TlsFiles files) throws ServerException {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setKeyStore(files.load());
        factory.setKeyManagerPassword(new String(TlsFiles.PASSWORD));
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        // Of TLS 1.2 only what keeps former talks secret when the key gets lost, and cannot be tampered with.
        factory.setIncludeCipherSuites(
                "TLS_AES_.*", "TLS_CHACHA20_.*", "TLS_ECDHE_.*_GCM_.*", "TLS_ECDHE_.*_CHACHA20_.*");
        factory.setRenegotiationAllowed(false);
        factory.setUseCipherSuitesOrder(true);
        return factory;
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

    /** All that it does. */
    public List<Operation> operations() {
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
        HttpConnectionFactory http = new HttpConnectionFactory(configuration);
        ServerConnector connector = tls.map(factory -> {
                    // By which names it may be called is the gate's to say, in words that help.
                    SecureRequestCustomizer customizer = new SecureRequestCustomizer();
                    customizer.setSniHostCheck(false);
                    configuration.addCustomizer(customizer);
                    return new ServerConnector(
                            server, 1, 1, new SslConnectionFactory(factory, http.getProtocol()), http);
                })
                .orElseGet(() -> new ServerConnector(server, 1, 1, http));
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
        if (settings.transport().isSecure()) {
            context.res().setHeader(SecurityHeaders.ONLY_TLS, SecurityHeaders.FOR_TWO_YEARS);
        }
        checkRate(gate.address(context));
        gate.checkNames(context);
    }

    /** Whoever is on this machine has easier ways to keep it busy. */
    private void checkRate(String address) {
        if (address.startsWith("127.") || address.matches("\\[?(0:0:0:0:0:0:0:|::)1]?")) {
            return;
        }
        Duration delay = requestLimits.ask(address, clock.instant());
        if (delay.isPositive()) {
            throw new Problem(
                            429,
                            "too-many-requests",
                            "Too many requests",
                            "More come from your address than the server answers.",
                            "Ask less often; GET " + Paths.EVENTS + " tells of changes by itself.")
                    .with("Retry-After", Long.toString(delay.toSeconds() + 1))
                    .exception();
        }
    }

    private void perform(Operation operation, Context context) throws Exception {
        Caller caller = gate.admit(context, operation);
        Query query = new Query(context.queryParamMap(), operation.parameters());
        operation.action().answer(new Operation.Request(context, query, caller, gate::isStillAdmitted));
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
        boolean isPerson = isAskedByPerson(context);
        if (isPerson && problem.status() == 401 && leadToSignIn(context)) {
            return;
        }
        Optional<byte[]> page = isPerson ? addition.page(problem) : Optional.empty();
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

    /**
     * Whoever follows a link from elsewhere, such as from an alert, comes without the cookie of the session, for browsers keep
     * it from other sites. A page that leads to where they are already makes it a step within this one.
     *
     * @return whether there is a page to sign in at
     */
    private boolean leadToSignIn(Context context) {
        if (operations.stream().noneMatch(operation -> operation.path().equals(LocalPath.SIGN_IN))) {
            return false;
        }
        String query = context.req().getQueryString();
        boolean isRead = context.req().getMethod().equals("GET");
        String wanted =
                isRead ? LocalPath.orRoot(context.req().getRequestURI() + (query == null ? "" : "?" + query)) : "/";
        String site = context.req().getHeader("Sec-Fetch-Site");
        try {
            if (isRead && site != null && !site.equals("same-origin") && !site.equals("none")) {
                Answer.page(context, 200, LocalPath.step(wanted));
            } else {
                context.res().setStatus(303);
                context.res().setHeader("Location", LocalPath.signIn(wanted));
            }
        } catch (IOException e) {
            // The caller has gone.
        }
        return true;
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
