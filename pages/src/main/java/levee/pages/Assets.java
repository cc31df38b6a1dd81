package levee.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import levee.report.Stylesheet;
import levee.server.Answer;
import levee.server.Operation;
import levee.server.Operation.Access;

/** Styles and scripts. Their names change with their contents, so that browsers may keep them. */
final class Assets {
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final int DIGITS = 12;

    private final Asset style = new Asset(
            "levee",
            "css",
            "text/css; charset=utf-8",
            Stylesheet.text() + text(UPLOT + "uPlot.min.css") + text("pages.css"));
    private final Asset chart =
            new Asset("uplot", "js", "text/javascript; charset=utf-8", text(UPLOT + "uPlot.iife.min.js"));
    private final Asset script = new Asset("levee", "js", "text/javascript; charset=utf-8", text("pages.js"));
    private final Asset icon = new Asset("icon", "svg", "image/svg+xml", text("icon.svg"));

    private record Asset(String path, String mediaType, byte[] content) {
        Asset(String name, String extension, String mediaType, String text) {
            this(
                    Paths.ASSETS + name + "-" + digest(text) + "." + extension,
                    mediaType,
                    text.getBytes(StandardCharsets.UTF_8));
        }
    }

    List<Operation> operations() {
        return List.of(style, chart, script, icon).stream()
                .map(asset -> Operation.get(asset.path(), Access.ANYBODY, List.of(), request -> {
                    request.context().res().setHeader("Cache-Control", "public, max-age=31536000, immutable");
                    Answer.send(request.context(), 200, asset.mediaType(), asset.content());
                }))
                .toList();
    }

    String style() {
        return style.path();
    }

    String chart() {
        return chart.path();
    }

    String script() {
        return script.path();
    }

    String icon() {
        return icon.path();
    }

    private static String text(String name) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
