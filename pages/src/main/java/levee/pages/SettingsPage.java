package levee.pages;

import static levee.report.DataTable.words;
import static levee.report.Element.element;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import levee.model.Amounts;
import levee.report.Content;
import levee.report.DataTable;
import levee.report.Element;
import levee.server.Answer;
import levee.server.Operation;
import levee.server.Operation.Request;
import levee.server.SettingInForce;
import levee.server.SparedTraffic;

/** What is in force, and who said so. */
final class SettingsPage {
    private final Running running;
    private final Frame frame;

    SettingsPage(Running running, Frame frame) {
        this.running = running;
        this.frame = frame;
    }

    List<Operation> all() {
        return List.of(Operation.get(Paths.SETTINGS, this::show));
    }

    private void show(Request request) throws IOException {
        List<SettingInForce> settings = running.system().settings();
        DataTable table =
                DataTable.stacking("In force now", words("Setting"), words("Value"), words("Where it is from"));
        settings.forEach(setting -> table.row(
                element("code", setting.name()).attribute("id", id(setting.name())),
                values(setting.values()),
                Content.text(origin(setting))));
        Element section = element("section")
                .attribute("aria-labelledby", "settings-heading")
                .add(
                        element("h1", "Settings").attribute("id", "settings-heading"),
                        element(
                                        "p",
                                        "They are changed in the file that --config names; the signal SIGHUP makes"
                                                + " Levee read it again without forgetting anything. Secrets are not"
                                                + " shown.")
                                .withClass("lead"),
                        table.toElement(),
                        spared());
        Answer.page(
                request,
                frame.html(
                        request.caller(),
                        PageContent.still("Settings", Paths.SETTINGS, "/api/v1/settings", List.of(section))));
    }

    /** For links to a setting. */
    static String id(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private static Element values(List<String> values) {
        if (values.isEmpty()) {
            return element("span", "none").withClass("quiet");
        }
        return element("span", String.join(", ", values));
    }

    private static String origin(SettingInForce setting) {
        return switch (setting.from()) {
            case COMMAND_LINE -> "command line";
            case FILE -> "file" + (setting.line() > 0 ? ", line " + setting.line() : "");
            case DEFAULT -> "default";
        };
    }

    private Element spared() {
        List<SparedTraffic> spared = running.system().spared();
        Element section = element("section").add(element("h2", "What the allow list spared"));
        if (spared.isEmpty()) {
            return section.add(element("p", "No traffic is allowed in advance."));
        }
        DataTable table = DataTable.stacking(
                "Suspicious traffic that was let be, since the start: much of it may hide an attack",
                words("Entry"),
                DataTable.number("Rows"),
                DataTable.number("Packets"));
        spared.forEach(entry ->
                table.row(List.of(entry.entry(), Amounts.count(entry.rows()), Amounts.count(entry.packets()))));
        return section.add(table.toElement());
    }
}
