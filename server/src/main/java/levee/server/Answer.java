package levee.server;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Writes whole answers: with their length, compressed where that is worth it, and for {@code HEAD} without the body. */
public final class Answer {
    /** About one packet: less is not sent any faster when compressed. */
    private static final int SHORTEST_TO_COMPRESS = 1_400;

    private Answer() {}

    /** Any body. */
    public static void send(Context context, int status, String mediaType, byte[] body) throws IOException {
        HttpServletResponse response = context.res();
        byte[] sent = body;
        response.setStatus(status);
        response.setContentType(mediaType);
        response.setHeader("Vary", "Accept-Encoding");
        if (body.length >= SHORTEST_TO_COMPRESS && acceptsGzip(context)) {
            sent = compress(body);
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentLength(sent.length);
        if (!context.req().getMethod().equals("HEAD")) {
            response.getOutputStream().write(sent);
        }
    }

    /** A page for people. */
    public static void page(Operation.Request request, byte[] html) throws IOException {
        page(request.context(), 200, html);
    }

    /** A page that says what did not work. */
    public static void page(Operation.Request request, int status, byte[] html) throws IOException {
        page(request.context(), status, html);
    }

    static void page(Context context, int status, byte[] html) throws IOException {
        context.res().setHeader("Content-Security-Policy", SecurityHeaders.PAGE_POLICY);
        send(context, status, "text/html; charset=utf-8", html);
    }

    /** Another page to go to, after a form was sent. */
    public static void seeOther(Operation.Request request, String path) {
        request.context().res().setStatus(303);
        request.context().res().setHeader("Location", path);
    }

    static void json(Context context, byte[] body) throws IOException {
        send(context, 200, Json.MEDIA_TYPE, body);
    }

    static void problem(Context context, Problem problem) throws IOException {
        problem.headers().forEach(context.res()::setHeader);
        send(context, problem.status(), Problem.MEDIA_TYPE, problem.json());
    }

    private static boolean acceptsGzip(Context context) {
        String accepted = context.req().getHeader("Accept-Encoding");
        if (accepted == null) {
            return false;
        }
        for (String coding : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = coding.split(";", -1);
            if (parts[0].strip().equals("gzip")) {
                return parts.length == 1 || !parts[1].strip().matches("q=0(\\.0{0,3})?");
            }
        }
        return false;
    }

    private static byte[] compress(byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        }
        return out.toByteArray();
    }
}
