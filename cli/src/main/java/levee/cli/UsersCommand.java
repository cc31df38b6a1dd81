package levee.cli;

import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import levee.access.AccessException;
import levee.access.Account;
import levee.access.Accounts;
import levee.access.BusyException;
import levee.access.PasswordWork;
import levee.access.Role;
import levee.cli.PasswordSource.NoPasswordException;
import levee.model.Group;
import levee.model.Suggestion;
import levee.store.Store;
import levee.store.StoreException;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** {@code levee users}: who may sign in. */
final class UsersCommand implements Command {
    private static final int EXIT_FAILED = 1;

    private static final String HELP = """
        Usage: levee users list [OPTION...]
               levee users add NAME --role ROLE [--customer CUSTOMER] [OPTION...]
               levee users role NAME ROLE [OPTION...]
               levee users password NAME [OPTION...]
               levee users disable NAME | enable NAME | remove NAME [OPTION...]
        Says who may sign in to levee serve, and notes it in the audit trail. It may be called while serve runs on the same
        store, and works at once: sessions of an account end with each change of it. Roles are viewer (sees), operator
        (acknowledges, mutes and so on, too) and administrator (says who may do what, too).

        Passwords have 12 to 128 characters of any kind. They are asked for, twice and without echo.

        Options:
              --config FILE          settings of levee serve, which say where its store is
              --data DIR             its folder of data; default: ~/.local/state/levee
              --role ROLE            viewer, operator or administrator
              --customer CUSTOMER    sees only the networks of groups with this customer, and neither routers nor settings
              --password-stdin       reads the password from the first line of standard input
              --force                also where no administrator remains
          -h, --help                 show this

        Exit codes:
          0  done
          1  it could not be done, or was refused
          2  the command was called wrongly

        Examples:
          levee users add ada --role administrator
          sudo -u levee /opt/levee/levee users list --config /etc/levee/levee.yaml --data /var/lib/levee
          levee users add shop --role viewer --customer 'Example Shop' --config /etc/levee/levee.yaml
          pass show levee/ada | levee users password ada --password-stdin
          levee users role ada operator
        """;

    private static final Options OPTIONS = new Options()
            .addOption(Option.builder().longOpt("config").hasArg().get())
            .addOption(Option.builder().longOpt("data").hasArg().get())
            .addOption(Option.builder().longOpt("role").hasArg().get())
            .addOption(Option.builder().longOpt("customer").hasArg().get())
            .addOption(Option.builder().longOpt("password-stdin").get())
            .addOption(Option.builder().longOpt("force").get());

    private static final List<String> ACTIONS =
            List.of("list", "add", "role", "password", "disable", "enable", "remove");

    private final PasswordSource passwords;
    private final PrintStream out;
    private final PrintStream errors;
    private final InstantSource clock;

    UsersCommand() {
        this(PasswordSource.of(System.console(), System.in), System.out, System.err, Clock.systemUTC());
    }

    UsersCommand(PasswordSource passwords, PrintStream out, PrintStream errors, InstantSource clock) {
        this.passwords = passwords;
        this.out = out;
        this.errors = errors;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "users";
    }

    @Override
    public String help() {
        return HELP;
    }

    /** What is to be done, with all that was given. */
    private record Call(
            String action,
            String name,
            Optional<Role> role,
            Optional<String> customer,
            boolean fromStandardInput,
            boolean force) {}

    @Override
    public int run(List<String> arguments) throws UsageException {
        CommandLine line = Arguments.parse(OPTIONS, arguments);
        Call call = call(line);
        ServeSettingsBuilder builder = new ServeSettingsBuilder();
        Arguments.path(line, "config").ifPresent(builder::read);
        Optional.ofNullable(line.getOptionValue("data")).ifPresent(builder::data);
        ServeSettings settings = builder.build();
        Arguments.refuse(builder.problems());
        call.customer().ifPresent(customer -> note(customer, settings));
        try (Store store = LiveService.openStore(settings)) {
            perform(call, new Accounts(store, new PasswordWork(new SecureRandom()), clock));
            return 0;
        } catch (StartException | AccessException | BusyException | NoPasswordException | StoreException e) {
            errors.println("levee: " + e.getMessage());
            return EXIT_FAILED;
        }
    }

    private static Call call(CommandLine line) throws UsageException {
        List<String> problems = new ArrayList<>();
        List<String> words = line.getArgList();
        String action = words.isEmpty() ? "" : words.getFirst();
        if (!ACTIONS.contains(action)) {
            throw new UsageException("what to do is not said; there are " + String.join(", ", ACTIONS) + "."
                    + Suggestion.among(action, ACTIONS));
        }
        int needed = switch (action) {
            case "list" -> 1;
            case "role" -> 3;
            default -> 2;
        };
        if (words.size() != needed) {
            problems.add("'" + action + "' takes "
                    + switch (needed) {
                        case 1 -> "nothing";
                        case 2 -> "a name";
                        default -> "a name and a role";
                    });
        }
        boolean adds = action.equals("add");
        if (!adds && (line.hasOption("role") || line.hasOption("customer"))) {
            problems.add("--role and --customer belong to 'add'; 'role' changes the role of an account");
        }
        String label = adds
                ? line.getOptionValue("role", "")
                : action.equals("role") && words.size() == needed ? words.get(2) : "";
        Optional<Role> role = Role.of(label);
        if (role.isEmpty() && (adds || action.equals("role"))) {
            problems.add((label.isEmpty() ? "a role is missing" : "there is no role '" + label + "'") + "; there are "
                    + String.join(", ", Role.labels()) + "." + Suggestion.among(label, Role.labels()));
        }
        Arguments.refuse(problems);
        return new Call(
                action,
                needed > 1 ? words.get(1) : "",
                role,
                Optional.ofNullable(line.getOptionValue("customer")),
                line.hasOption("password-stdin"),
                line.hasOption("force"));
    }

    /** Not refused: the group may come later. */
    private void note(String customer, ServeSettings settings) {
        List<String> known = settings.detection().groups().all().stream()
                .map(Group::customer)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        if (!known.contains(customer)) {
            errors.println("levee: no group of the settings has the customer '" + customer
                    + "', so this account sees nothing yet." + Suggestion.among(customer, known));
        }
    }

    private void perform(Call call, Accounts accounts) throws AccessException, BusyException, NoPasswordException {
        String actor = "command line (" + System.getProperty("user.name", "unknown") + ")";
        String name = call.name();
        switch (call.action()) {
            case "list" -> list(accounts.all());
            case "add" -> {
                Role role = call.role().orElseThrow();
                accounts.add(actor, name, role, call.customer(), password(call));
                out.println(name + " may sign in, as " + role.label());
            }
            case "role" -> {
                Role role = call.role().orElseThrow();
                accounts.changeRole(actor, name, role, call.force());
                out.println(name + " is " + role.label() + " now");
            }
            case "password" -> {
                accounts.resetPassword(actor, name, password(call));
                out.println(name + " has a new password");
            }
            case "disable" -> {
                accounts.disable(actor, name, call.force());
                out.println(name + " may not sign in any more");
            }
            case "enable" -> {
                accounts.enable(actor, name);
                out.println(name + " may sign in again");
            }
            default -> {
                accounts.remove(actor, name, call.force());
                out.println(name + " is removed");
            }
        }
    }

    private String password(Call call) throws NoPasswordException {
        return call.fromStandardInput() ? passwords.line() : passwords.asked("New password of " + call.name());
    }

    private void list(List<Account> accounts) {
        if (accounts.isEmpty()) {
            out.println("nobody may sign in; add somebody: levee users add NAME --role administrator");
            return;
        }
        int name = width("NAME", accounts.stream().map(Account::name));
        int customer = width(
                "CUSTOMER", accounts.stream().map(account -> account.customer().orElse("")));
        String format = "%-" + name + "s  %-13s  %-8s  %-" + customer + "s  %s%n";
        out.printf(format, "NAME", "ROLE", "STATE", "CUSTOMER", "PASSWORD CHANGED");
        for (Account account : accounts) {
            out.printf(
                    format,
                    account.name(),
                    account.role().label(),
                    account.isDisabled() ? "disabled" : "enabled",
                    account.customer().orElse(""),
                    account.passwordChangedAt().truncatedTo(ChronoUnit.SECONDS));
        }
    }

    private static int width(String title, Stream<String> texts) {
        return Math.max(title.length(), texts.mapToInt(String::length).max().orElse(0));
    }
}
