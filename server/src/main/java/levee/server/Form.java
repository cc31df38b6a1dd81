package levee.server;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import levee.server.Operation.Request;

/**
 * What somebody filled into a form of a page. It is read only if the form is one of ours, made for this caller: others
 * lack the token that pages hand out.
 */
public final class Form {
    /** The name of the field that holds the caller's {@link Caller#formToken}. */
    public static final String TOKEN_FIELD = "csrf";

    private static final String READ = Form.class.getName();
    private static final int LARGEST = 16_384;
    private static final int MOST_FIELDS = 32;

    private final Map<String, String> fields = new LinkedHashMap<>();

    private Form(String body) {
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                if (fields.size() == MOST_FIELDS) {
                    throw unreadable("It has more than " + MOST_FIELDS + " fields.");
                }
                fields.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
    }

    /** @throws ProblemException if there is no form that can be used */
    public static Form of(Request request) throws IOException {
        return of(request.context(), request.caller());
    }

    static Form of(Context context, Caller caller) throws IOException {
        Form form = read(context);
        if (!areEqual(form.fields.getOrDefault(TOKEN_FIELD, ""), caller.formToken())) {
            throw foreign();
        }
        return form;
    }

    /**
     * What somebody filled in who has no session that could have handed out a token: to sign in.
     *
     * @throws ProblemException if there is no form that can be used, or it may come from a page of another site
     */
    public static Form beforeSignIn(Request request) throws IOException {
        Gate.checkOwnPage(request.context());
        return read(request.context());
    }

    /** A body can be read only once, and the gate reads it before the operation. */
    private static Form read(Context context) throws IOException {
        if (context.req().getAttribute(READ) instanceof Form form) {
            return form;
        }
        String type = Optional.ofNullable(context.req().getContentType()).orElse("");
        if (!type.matches("(?i)application/x-www-form-urlencoded *(;.*)?")) {
            throw unreadable("It is not said to be a form.");
        }
        byte[] bytes;
        try (InputStream in = context.req().getInputStream()) {
            bytes = in.readNBytes(LARGEST + 1);
        }
        if (bytes.length > LARGEST) {
            throw unreadable("It has more than " + LARGEST + " bytes.");
        }
        Form form = parse(new String(bytes, StandardCharsets.UTF_8));
        context.req().setAttribute(READ, form);
        return form;
    }

    static Form parse(String body) {
        return new Form(body);
    }

    /** Takes the same time whatever differs. */
    static boolean areEqual(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    static ProblemException foreign() {
        return new Problem(
                        403,
                        "foreign-form",
                        "The form is not one of this sign-in",
                        "Perhaps you signed in again since it was shown.",
                        "Load the page again and send it once more.")
                .exception();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unreadable("A percent sign stands before what is no byte.");
        }
    }

    private static ProblemException unreadable(String detail) {
        return new Problem(
                        400,
                        "bad-form",
                        "The form cannot be read",
                        detail,
                        "Load the page again and send it once more.")
                .exception();
    }

    /** As it was typed, with spaces around it: a password. */
    public String exact(String name) {
        return fields.getOrDefault(name, "");
    }

    /** Empty where it was left empty, too. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(fields.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
