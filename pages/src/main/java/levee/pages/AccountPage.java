package levee.pages;

import static levee.report.DataTable.unbroken;
import static levee.report.DataTable.words;
import static levee.report.Element.element;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import levee.access.AccessException;
import levee.access.BusyException;
import levee.access.PasswordRules;
import levee.access.Person;
import levee.access.Session;
import levee.report.Content;
import levee.report.DataTable;
import levee.report.Element;
import levee.report.Prose;
import levee.report.UtcTime;
import levee.server.Answer;
import levee.server.Caller;
import levee.server.Form;
import levee.server.Operation;
import levee.server.Operation.Access;
import levee.server.Operation.Request;
import levee.server.Problem;

/** What somebody who has signed in can do about that: another password, and where else they are signed in. */
final class AccountPage {
    private final Running running;
    private final Signing signing;
    private final Frame frame;

    AccountPage(Running running, Signing signing, Frame frame) {
        this.running = running;
        this.signing = signing;
        this.frame = frame;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(Paths.ACCOUNT, this::show).alsoForCustomers(),
                Operation.post(Paths.ACCOUNT_PASSWORD, Access.VIEWERS, this::changePassword)
                        .alsoForCustomers(),
                Operation.post(Paths.ACCOUNT_SESSION_END, Access.VIEWERS, this::endSession)
                        .alsoForCustomers());
    }

    private static Session session(Request request) {
        return request.caller()
                .session()
                .orElseThrow(() -> new Problem(
                                403,
                                "no-session",
                                "This is for those who have signed in",
                                "A token has neither a password nor sessions.",
                                "Sign in with a name and a password.")
                        .exception());
    }

    private void show(Request request) throws IOException {
        answer(request, 200, Optional.empty());
    }

    private void answer(Request request, int status, Optional<String> message) throws IOException {
        Session own = session(request);
        Caller caller = request.caller();
        Element section = element("section")
                .attribute("aria-labelledby", "account-heading")
                .add(
                        element("h1", caller.name()).attribute("id", "account-heading"),
                        element("p", "Signed in as " + Words.role(caller.most()) + ".")
                                .withClass("lead"));
        message.ifPresent(text -> section.add(element("p", text).attribute("role", "status")));
        section.add(
                part(
                        "Password",
                        own.method() == Session.Method.PASSWORD
                                ? passwordForm(caller)
                                : element("p", "You signed in over a provider, and change your password there.")),
                part("Where you are signed in", sessions(caller, own)));
        Answer.page(
                request, status, frame.html(caller, PageContent.still("Account", Paths.ACCOUNT, "", List.of(section))));
    }

    static Element part(String heading, Element content) {
        return element("section").add(element("h2", heading), content);
    }

    private static Element passwordForm(Caller caller) {
        return Frame.form(caller, Paths.ACCOUNT_PASSWORD)
                .withClass("fields")
                .add(
                        SignInPage.field("Password so far", "former", "password", "current-password"),
                        newPassword(),
                        SignInPage.field("New password once more", "again", "password", "new-password"),
                        element("p")
                                .add(element("button", "Change the password").attribute("type", "submit"))
                                .text(" It ends all your sessions."));
    }

    static Element newPassword() {
        return SignInPage.field(
                "New password (" + PasswordRules.FEWEST_CHARACTERS + " to " + PasswordRules.MOST_CHARACTERS
                        + " characters; some words in a row are good)",
                "password",
                "password",
                "new-password");
    }

    private Element sessions(Caller caller, Session own) {
        DataTable table = DataTable.stacking(
                "They end by themselves after a while without use",
                unbroken("Since (UTC)"),
                unbroken("Last used (UTC)"),
                words("From"),
                words("How"),
                words(""));
        for (Session session :
                signing.people().sessions().of(caller.name(), running.clock().instant())) {
            table.row(
                    Content.text(UtcTime.toSecond(session.startedAt())),
                    Content.text(UtcTime.toSecond(session.lastUsedAt())),
                    Content.text(session.address()),
                    Content.text(session.method() == Session.Method.PASSWORD ? "password" : "provider"),
                    session.number().equals(own.number())
                            ? Content.text("this one")
                            : Frame.button(caller, "End", Paths.endOfOwnSession(session.number())));
        }
        return table.toElement();
    }

    private void changePassword(Request request) throws IOException {
        Session own = session(request);
        Form form = Form.of(request);
        if (!form.exact("password").equals(form.exact("again"))) {
            answer(request, 400, Optional.of("The two new passwords differ; nothing was changed."));
            return;
        }
        try {
            Person person = new Person(own, own.role(), own.customer());
            switch (signing.people()
                    .signIn()
                    .changePassword(
                            person,
                            form.exact("former"),
                            form.exact("password"),
                            request.caller().address())) {
                case DONE -> Answer.seeOther(request, Paths.SIGN_IN);
                case WRONG_PASSWORD ->
                    answer(request, 403, Optional.of("The password so far is another; nothing was changed."));
                case TOO_OFTEN ->
                    answer(request, 429, Optional.of("Too many attempts have failed; try again in some minutes."));
            }
        } catch (AccessException e) {
            answer(request, 400, Optional.of(Prose.sentence(String.valueOf(e.getMessage()))));
        } catch (BusyException e) {
            answer(request, 503, Optional.of("Too many sign in at the same time; try again in a moment."));
        }
    }

    private void endSession(Request request) throws IOException {
        Form.of(request);
        signing.people().sessions().end(session(request).name(), request.parameter("number"));
        Answer.seeOther(request, Paths.ACCOUNT);
    }
}
