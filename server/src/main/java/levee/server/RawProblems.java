package levee.server;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers requests that are so bad that they never reach an operation. */
final class RawProblems implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() < 400 ? 500 : response.getStatus();
        String title = HttpStatus.getMessage(status);
        Problem problem = new Problem(
                status,
                status < 500 ? "bad-request" : "failed",
                title,
                status < 500 ? "The request is not what HTTP allows, or too large." : "Something went wrong.",
                status < 500 ? "Correct the request line and the headers." : "Try again.");
        byte[] body = problem.json();
        response.setStatus(status);
        SecurityHeaders.FIELDS.forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        boolean head = request.getMethod() != null && request.getMethod().equals("HEAD");
        response.write(true, head ? null : ByteBuffer.wrap(body), callback);
        return true;
    }
}
