package levee.pages;

import static levee.report.Element.element;

import java.nio.charset.StandardCharsets;
import levee.report.Element;

/** What is around each page. */
public final class Frame {
    byte[] html(String title, Element main) {
        Element html = element("html")
                .attribute("lang", "en")
                .add(
                        element("head")
                                .add(
                                        element("meta").attribute("charset", "utf-8"),
                                        element("meta")
                                                .attribute("name", "viewport")
                                                .attribute("content", "width=device-width, initial-scale=1"),
                                        element("title", title + " · Levee")),
                        element("body").add(main));
        return ("<!DOCTYPE html>\n" + html + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
