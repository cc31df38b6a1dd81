package levee.pages;

import static levee.report.Element.element;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import levee.access.BusyException;
import levee.access.OpenIdException;
import levee.access.OpenIdProvider;
import levee.access.OpenIdProvider.Answer;
import levee.access.OpenIdProvider.Beginning;
import levee.access.OpenIdProvider.Identity;
import levee.access.Sessions.Started;
import levee.access.SignIn.Outcome;
import levee.report.Element;
import levee.report.Prose;
import levee.server.Form;
import levee.server.LocalPath;
import levee.server.Operation;
import levee.server.Operation.Access;
import levee.server.Operation.Request;
import levee.server.Problem;
import levee.server.Query;

/** Where people say who they are, and where they leave. */
final class SignInPage {
    private static final String COOKIE = "Set-Cookie";

    private final Signing signing;
    private final Frame frame;

    SignInPage(Signing signing, Frame frame) {
        this.signing = signing;
        this.frame = frame;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(Paths.SIGN_IN, Access.ANYBODY, List.of("to"), this::show),
                Operation.post(Paths.SIGN_IN, Access.ANYBODY, this::withPassword),
                Operation.post(Paths.SIGN_OUT, Access.VIEWERS, this::out).alsoForCustomers(),
                Operation.get(Paths.OPENID, Access.ANYBODY, List.of("to"), this::begin),
                Operation.get(Paths.OPENID_CALLBACK, Access.ANYBODY, List.of(Query.ANY), this::finish));
    }

    private void show(Request request) throws IOException {
        String wanted = LocalPath.orRoot(request.query().text("to").orElse("/"));
        answer(request, 200, wanted, Optional.empty());
    }

    private void answer(Request request, int status, String wanted, Optional<String> problem) throws IOException {
        Element section = element("section")
                .withClass("sign-in")
                .attribute("aria-labelledby", "sign-in-heading")
                .add(element("h1", "Sign in").attribute("id", "sign-in-heading"));
        problem.ifPresent(
                text -> section.add(element("p", text).withClass("problem").attribute("role", "alert")));
        section.add(element("form")
                .attribute("method", "post")
                .attribute("action", Paths.SIGN_IN)
                .withClass("fields")
                .add(
                        element("input")
                                .attribute("type", "hidden")
                                .attribute("name", "to")
                                .attribute("value", wanted),
                        field("Name", "name", "text", "username"),
                        field("Password", "password", "password", "current-password"),
                        element("p").add(element("button", "Sign in").attribute("type", "submit"))));
        if (signing.people().provider().isPresent()) {
            String host = signing.people().provider().get().settings().issuer().getHost();
            section.add(element("p")
                    .add(element("a", "Sign in over " + host)
                            .attribute("href", Paths.OPENID + "?to=" + Paths.encoded(wanted))));
        }
        levee.server.Answer.page(request, status, frame.html("Sign in", section));
    }

    static Element field(String label, String name, String type, String autocomplete) {
        return element("p")
                .add(element("label", label + " ")
                        .add(element("input")
                                .attribute("type", type)
                                .attribute("name", name)
                                .attribute("required", "required")
                                .attribute("autocomplete", autocomplete)
                                .attribute("autocapitalize", "none")
                                .attribute("spellcheck", "false")));
    }

    private void withPassword(Request request) throws IOException {
        Form form = Form.beforeSignIn(request);
        String wanted = LocalPath.orRoot(form.exact("to"));
        try {
            Outcome outcome = signing.people()
                    .signIn()
                    .withPassword(
                            form.exact("name").strip(),
                            form.exact("password"),
                            request.caller().address(),
                            signing.cookie().of(request.context().req()));
            switch (outcome) {
                case Outcome.Success success -> {
                    welcome(request, success.started());
                    levee.server.Answer.seeOther(request, wanted);
                }
                case Outcome.Refused refused ->
                    answer(request, 403, wanted, Optional.of("Name and password do not belong together."));
                case Outcome.TooOften often -> {
                    request.context().res().setHeader("Retry-After", Long.toString(seconds(often.delay())));
                    answer(
                            request,
                            429,
                            wanted,
                            Optional.of(
                                    "Too many attempts have failed. Try again in " + seconds(often.delay()) + " s."));
                }
            }
        } catch (BusyException e) {
            request.context().res().setHeader("Retry-After", "2");
            answer(request, 503, wanted, Optional.of("Too many sign in at the same time. Try again in a moment."));
        }
    }

    private static long seconds(Duration delay) {
        return delay.toSeconds() + 1;
    }

    private void welcome(Request request, Started started) {
        request.context().res().addHeader(COOKIE, signing.cookie().set(started.secret()));
    }

    private void out(Request request) throws IOException {
        Form.of(request);
        signing.cookie().of(request.context().req()).ifPresent(signing.people().signIn()::out);
        request.context().res().addHeader(COOKIE, signing.cookie().clear());
        // ASVS 8.2.3: what the browser keeps of the pages goes as well.
        request.context().res().setHeader("Clear-Site-Data", "\"cache\", \"storage\"");
        levee.server.Answer.seeOther(request, Paths.SIGN_IN);
    }

    // --- Over a provider ---

    private OpenIdProvider provider() {
        return signing.people()
                .provider()
                .orElseThrow(() -> new Problem(
                                404,
                                "no-provider",
                                "Nobody else vouches here",
                                "No OpenID provider is configured.",
                                "Sign in with a password.")
                        .exception());
    }

    private void begin(Request request) throws IOException {
        String wanted = LocalPath.orRoot(request.query().text("to").orElse("/"));
        try {
            Beginning beginning = provider().begin(wanted);
            request.context().res().addHeader(COOKIE, signing.cookie().begin(beginning.browserSecret()));
            levee.server.Answer.seeOther(request, beginning.address().toString());
        } catch (OpenIdException e) {
            failed(request, wanted, e);
        }
    }

    private void finish(Request request) throws IOException {
        OpenIdProvider provider = provider();
        request.context().res().addHeader(COOKIE, signing.cookie().endBegun());
        Answer answer = new Answer(
                parameter(request, "state"),
                parameter(request, "code"),
                parameter(request, "error"),
                parameter(request, "iss"));
        try {
            Identity identity = provider.finish(
                    answer, signing.cookie().begunOf(request.context().req()));
            welcome(
                    request,
                    signing.people()
                            .signIn()
                            .withIdentity(
                                    identity,
                                    request.caller().address(),
                                    signing.cookie().of(request.context().req())));
            // The provider led here, so that the browser would keep the session's cookie from a redirect.
            levee.server.Answer.page(request, 200, LocalPath.step(identity.wanted()));
        } catch (OpenIdException e) {
            failed(request, "/", e);
        }
    }

    private static Optional<String> parameter(Request request, String name) {
        List<String> values = request.context().queryParams(name);
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }

    private void failed(Request request, String wanted, OpenIdException failure) throws IOException {
        int status = switch (failure.reason()) {
            case UNEXPECTED -> 400;
            case REFUSED -> 403;
            case UNREACHABLE -> 502;
        };
        if (failure.reason() != OpenIdException.Reason.UNEXPECTED) {
            // Anybody can make up answers; only those that belong to a sign-in which began here are worth a line.
            signing.people().signIn().identityRefused(request.caller().address(), String.valueOf(failure.getMessage()));
        }
        answer(request, status, wanted, Optional.of(Prose.sentence(String.valueOf(failure.getMessage()))));
    }
}
