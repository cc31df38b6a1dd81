package levee.pages;

import static levee.report.DataTable.unbroken;
import static levee.report.DataTable.words;
import static levee.report.Element.element;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import levee.access.AccessException;
import levee.access.Account;
import levee.access.Accounts;
import levee.access.BusyException;
import levee.access.Role;
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

/** Who may sign in and who has, for administrators. */
final class UsersPage {
    private final Running running;
    private final Signing signing;
    private final Frame frame;

    UsersPage(Running running, Signing signing, Frame frame) {
        this.running = running;
        this.signing = signing;
        this.frame = frame;
    }

    /** What a form of an account does. */
    private interface Change {
        void make(Accounts accounts, String actor, String name, Form form) throws AccessException, BusyException;
    }

    List<Operation> all() {
        return List.of(
                Operation.get(Paths.USERS, Access.ADMINISTRATORS, List.of(), this::show),
                Operation.post(Paths.USERS, Access.ADMINISTRATORS, this::add),
                change(
                        Paths.USER_ROLE,
                        (accounts, actor, name, form) -> accounts.changeRole(actor, name, role(form), false)),
                change(
                        Paths.USER_PASSWORD,
                        (accounts, actor, name, form) -> accounts.resetPassword(actor, name, form.exact("password"))),
                change(Paths.USER_DISABLE, (accounts, actor, name, form) -> accounts.disable(actor, name, false)),
                change(Paths.USER_ENABLE, (accounts, actor, name, form) -> accounts.enable(actor, name)),
                change(Paths.USER_REMOVE, (accounts, actor, name, form) -> accounts.remove(actor, name, false)),
                Operation.post(Paths.SESSION_END, Access.ADMINISTRATORS, this::endSession));
    }

    private Operation change(String path, Change change) {
        return Operation.post(
                path,
                Access.ADMINISTRATORS,
                request -> perform(
                        request,
                        (accounts, actor, name, form) ->
                                change.make(accounts, actor, request.parameter("name"), form)));
    }

    private void add(Request request) throws IOException {
        perform(
                request,
                (accounts, actor, name, form) -> accounts.add(
                        actor,
                        form.text("name").orElse(""),
                        role(form),
                        form.text("customer"),
                        form.exact("password")));
    }

    private static Role role(Form form) {
        return form.text("role")
                .flatMap(Role::of)
                .orElseThrow(() -> Problem.body("There is no such role.", "Choose one of the list.")
                        .exception());
    }

    private void perform(Request request, Change change) throws IOException {
        Form form = Form.of(request);
        try {
            change.make(signing.people().accounts(), request.caller().name(), "", form);
            Answer.seeOther(request, Paths.USERS);
        } catch (AccessException e) {
            answer(request, 400, Optional.of(Prose.sentence(String.valueOf(e.getMessage()))));
        } catch (BusyException e) {
            answer(request, 503, Optional.of(Prose.sentence(String.valueOf(e.getMessage()))));
        }
    }

    private void endSession(Request request) throws IOException {
        Form.of(request);
        signing.people().signIn().endOther(request.caller().name(), request.parameter("number"));
        Answer.seeOther(request, Paths.USERS);
    }

    private void show(Request request) throws IOException {
        answer(request, 200, Optional.empty());
    }

    private void answer(Request request, int status, Optional<String> problem) throws IOException {
        Caller caller = request.caller();
        Element section = element("section")
                .attribute("aria-labelledby", "users-heading")
                .add(
                        element("h1", "Users").attribute("id", "users-heading"),
                        element("p", "With each change of an account its sessions end. Each is in the audit trail.")
                                .withClass("lead"));
        problem.ifPresent(
                text -> section.add(element("p", text).withClass("problem").attribute("role", "alert")));
        section.add(
                accounts(caller),
                AccountPage.part("Somebody new", form(caller)),
                AccountPage.part("Signed in now", sessions(caller)));
        Answer.page(request, status, frame.html(caller, PageContent.still("Users", Paths.USERS, "", List.of(section))));
    }

    private Element accounts(Caller caller) {
        List<Account> accounts = signing.people().accounts().all();
        if (accounts.isEmpty()) {
            return element("p", "Nobody may sign in with a password.");
        }
        DataTable table = DataTable.stacking(
                "Who may sign in with a password",
                words("Name"),
                words("Customer"),
                unbroken("Password of (UTC)"),
                words("Role"),
                words("Another password"),
                words(""));
        for (Account account : accounts) {
            String name = account.name();
            table.row(
                    element("span", name + (account.isDisabled() ? " (disabled)" : "")),
                    Content.text(account.customer().orElse("all")),
                    Content.text(UtcTime.toSecond(account.passwordChangedAt())),
                    Frame.form(caller, Paths.ofUser(Paths.USER_ROLE, name))
                            .add(roles(account.role()), submit("Change")),
                    Frame.form(caller, Paths.ofUser(Paths.USER_PASSWORD, name))
                            .add(
                                    element("input")
                                            .attribute("type", "password")
                                            .attribute("name", "password")
                                            .attribute("aria-label", "New password of " + name)
                                            .attribute("autocomplete", "new-password")
                                            .attribute("required", "required"),
                                    submit("Set")),
                    element("span")
                            .add(
                                    account.isDisabled()
                                            ? Frame.button(caller, "Enable", Paths.ofUser(Paths.USER_ENABLE, name))
                                            : Frame.button(caller, "Disable", Paths.ofUser(Paths.USER_DISABLE, name)),
                                    Frame.button(caller, "Remove", Paths.ofUser(Paths.USER_REMOVE, name))));
        }
        return table.toElement();
    }

    private static Element submit(String text) {
        return element("button", text).attribute("type", "submit");
    }

    private static Element roles(Role chosen) {
        Element select = element("select").attribute("name", "role").attribute("aria-label", "Role");
        for (Role role : Role.values()) {
            Element option = element("option", role.label()).attribute("value", role.label());
            select.add(role == chosen ? option.attribute("selected", "selected") : option);
        }
        return select;
    }

    private static Element form(Caller caller) {
        return Frame.form(caller, Paths.USERS)
                .withClass("fields")
                .add(
                        SignInPage.field("Name", "name", "text", "off"),
                        element("p").add(element("label", "Role ").add(roles(Role.VIEWER))),
                        element("p")
                                .add(element("label", "Only the networks of this customer ")
                                        .add(element("input")
                                                .attribute("name", "customer")
                                                .attribute("placeholder", "all networks")
                                                .attribute("autocomplete", "off"))),
                        AccountPage.newPassword(),
                        element("p").add(submit("Add")));
    }

    private Element sessions(Caller caller) {
        DataTable table = DataTable.stacking(
                "Who uses pages at the moment",
                words("Name"),
                unbroken("Since (UTC)"),
                unbroken("Last used (UTC)"),
                words("From"),
                words(""));
        for (Session session : signing.people().sessions().all(running.clock().instant())) {
            table.row(
                    Content.text(session.name()),
                    Content.text(UtcTime.toSecond(session.startedAt())),
                    Content.text(UtcTime.toSecond(session.lastUsedAt())),
                    Content.text(session.address()),
                    Frame.button(caller, "End", Paths.endOfSession(session.number())));
        }
        return table.toElement();
    }
}
