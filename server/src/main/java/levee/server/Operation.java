package levee.server;

import io.javalin.http.Context;
import java.util.List;

/**
 * One thing that the server does.
 *
 * @param method {@code GET} or {@code POST}; every {@code GET} is a {@code HEAD}, too
 * @param path with names of parameters in braces
 * @param access who may
 * @param parameters of the query, by name
 * @param action answers the request
 */
record Operation(String method, String path, Access access, List<String> parameters, Action action) {

    /** Who may. */
    enum Access {
        /** Whoever reaches the server. */
        ANYBODY,
        READERS,
        WRITERS
    }

    /** Answers a request, or throws a {@link ProblemException}. */
    interface Action {
        void answer(Request request) throws Exception;
    }

    static Operation get(String path, Access access, List<String> parameters, Action action) {
        return new Operation("GET", path, access, parameters, action);
    }

    static Operation get(String path, Action action) {
        return get(path, Access.READERS, List.of(), action);
    }

    static Operation post(String path, Action action) {
        return new Operation("POST", path, Access.WRITERS, List.of(), action);
    }

    /** Who asks, for what. */
    record Request(Context context, Query query, Caller caller) {
        boolean isHead() {
            return context.req().getMethod().equals("HEAD");
        }
    }
}
