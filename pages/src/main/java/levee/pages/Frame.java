package levee.pages;

import static levee.report.Element.element;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import levee.pages.PageContent.Liveness;
import levee.report.Element;
import levee.report.UtcTime;
import levee.server.Caller;
import levee.server.Form;
import levee.server.Operation.Access;

/** What is around each page: name, menu, search, who is signed in, and whether all this is only a drill. */
final class Frame {
    private static final List<Entry> MENU = List.of(
            new Entry(Paths.OVERVIEW, "Overview", Access.VIEWERS, true),
            new Entry(Paths.ATTACKS, "Attacks", Access.VIEWERS, true),
            new Entry(Paths.INFECTED, "Infected", Access.VIEWERS, true),
            new Entry(Paths.HOSTS, "Hosts", Access.VIEWERS, false),
            new Entry(Paths.EXPORTERS, "Exporters", Access.VIEWERS, false),
            new Entry(Paths.SETTINGS, "Settings", Access.VIEWERS, false),
            new Entry(Paths.USERS, "Users", Access.ADMINISTRATORS, false),
            new Entry(Paths.AUDIT, "Audit trail", Access.ADMINISTRATORS, false));

    private final Running running;
    private final Assets assets;

    /** @param isForCustomers whether those see it who see only their own networks */
    private record Entry(String path, String name, Access access, boolean isForCustomers) {
        boolean isFor(Caller caller) {
            return caller.may(access) && (isForCustomers || caller.networks().isEmpty());
        }
    }

    Frame(Running running, Assets assets) {
        this.running = running;
        this.assets = assets;
    }

    byte[] html(Caller caller, PageContent page) {
        Element body = element("body");
        switch (page.liveness()) {
            case Liveness.Still still -> {
                // Nothing to do.
            }
            case Liveness.Pushed pushed -> body.attribute("data-live", Paths.LIVE);
            case Liveness.Refreshed refreshed -> body.attribute("data-refresh", refreshed.seconds());
            case Liveness.Following following -> body.attribute("data-follow", following.finding());
        }
        body.add(element("a", "To the content").withClass("skip").attribute("href", "#main"));
        drillBanner().ifPresent(body::add);
        body.add(
                header(caller, page.place()),
                element("main")
                        .attribute("id", "main")
                        .attribute("tabindex", "-1")
                        .add(page.content()),
                footer(page.json()));
        return document(page.title(), body);
    }

    /** A page for which nobody needs to be known. */
    byte[] html(String title, Element content) {
        return document(
                title,
                element("body")
                        .withClass("alone")
                        .add(
                                element("header").withClass("masthead").add(wordmark()),
                                element("main").attribute("id", "main").add(content)));
    }

    private byte[] document(String title, Element body) {
        Element html = element("html").attribute("lang", "en").add(head(title), body);
        return ("<!DOCTYPE html>\n" + html + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private Element head(String title) {
        return element("head")
                .add(
                        element("meta").attribute("charset", "utf-8"),
                        named("viewport", "width=device-width, initial-scale=1"),
                        named("color-scheme", "light dark"),
                        named("referrer", "same-origin"),
                        // Telephones would make links of long numbers.
                        named("format-detection", "telephone=no"),
                        element("title", title + " · Levee"),
                        link("icon", assets.icon()),
                        link("stylesheet", assets.style()),
                        script(assets.chart()),
                        script(assets.script()));
    }

    private static Element named(String name, String content) {
        return element("meta").attribute("name", name).attribute("content", content);
    }

    private static Element link(String relation, String path) {
        return element("link").attribute("rel", relation).attribute("href", path);
    }

    private static Element script(String path) {
        return element("script").attribute("src", path).attribute("defer", "defer");
    }

    private Optional<Element> drillBanner() {
        return running.system().settings().stream()
                .filter(setting -> setting.name().equals("drill"))
                .flatMap(setting -> setting.values().stream())
                .findFirst()
                .map(name -> element("p")
                        .withClass("drill")
                        .attribute("role", "note")
                        .add(element("strong", "Drill."))
                        .text(" All traffic here is made up (scenario \u201c" + name
                                + "\u201d), and nobody is attacked."));
    }

    private Element header(Caller caller, String place) {
        Element menu = element("ul");
        MENU.stream().filter(entry -> entry.isFor(caller)).forEach(entry -> {
            Element link = element("a", entry.name()).attribute("href", entry.path());
            menu.add(element("li").add(entry.path().equals(place) ? link.attribute("aria-current", "page") : link));
        });
        Element bar = element("header")
                .withClass("masthead")
                .add(wordmark(), element("nav").attribute("aria-label", "Main").add(menu), search());
        if (caller.session().isPresent()) {
            bar.add(
                    element("a", caller.name()).withClass("account").attribute("href", Paths.ACCOUNT),
                    button(caller, "Sign out", Paths.SIGN_OUT));
        }
        return bar.add(
                element("p").withClass("liveness").attribute("id", "liveness").attribute("role", "status"));
    }

    private static Element wordmark() {
        return element("a", "Levee").withClass("wordmark").attribute("href", Paths.OVERVIEW);
    }

    private static Element search() {
        return element("form")
                .attribute("role", "search")
                .attribute("action", Paths.SEARCH)
                .add(element("input")
                        .attribute("type", "search")
                        .attribute("name", "q")
                        .attribute("aria-label", "Address, network, vector, customer or id")
                        .attribute("placeholder", "Search")
                        .attribute("autocomplete", "off")
                        .attribute("spellcheck", "false"));
    }

    private Element footer(String json) {
        Element footer = element("footer");
        Element sentence = element("p", "Made at ")
                .add(element("time", UtcTime.toSecond(running.clock().instant()) + " UTC")
                        .attribute("id", "made-at"))
                .text(" by Levee " + running.version() + ". ");
        if (!json.isEmpty()) {
            sentence.add(element("a", "The same as JSON").attribute("href", json))
                    .text(". ");
        }
        return footer.add(
                sentence.add(element("a", "All that programs can ask").attribute("href", "/api/v1/openapi.yaml"))
                        .text("."));
    }

    /** A form that goes to a path, for this caller. */
    static Element form(Caller caller, String path) {
        return element("form")
                .attribute("method", "post")
                .attribute("action", path)
                .add(token(caller));
    }

    /** A form that is only a button. */
    static Element button(Caller caller, String text, String path) {
        return form(caller, path)
                .withClass("button")
                .add(element("button", text).attribute("type", "submit"));
    }

    /** The field that each form for this caller holds. */
    static Element token(Caller caller) {
        return element("input")
                .attribute("type", "hidden")
                .attribute("name", Form.TOKEN_FIELD)
                .attribute("value", caller.formToken());
    }
}
