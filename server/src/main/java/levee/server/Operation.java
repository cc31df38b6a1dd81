package levee.server;

import io.javalin.http.Context;
import java.util.List;
import java.util.function.Predicate;

/**
 * One thing that the server does.
 *
 * @param method {@code GET} or {@code POST}; every {@code GET} is a {@code HEAD}, too
 * @param path with names of parameters in braces
 * @param access who may
 * @param parameters of the query, by name
 * @param action answers the request
 * @param isForCustomers whether also callers may who see only networks of their own; nobody else is kept from it
 */
public record Operation(
        String method, String path, Access access, List<String> parameters, Action action, boolean isForCustomers) {

    public Operation {
        parameters = List.copyOf(parameters);
    }

    public Operation(String method, String path, Access access, List<String> parameters, Action action) {
        this(method, path, access, parameters, action, false);
    }

    /** The same for callers, too, who may see only their own networks: it shows them nothing else. */
    public Operation alsoForCustomers() {
        return new Operation(method, path, access, parameters, action, true);
    }

    /** Who may; each one may all that those before it may. */
    public enum Access {
        /** Whoever reaches the server. */
        ANYBODY,
        /** Who may see the metrics. */
        METRICS,
        /** Who may see. */
        VIEWERS,
        /** Who may say something about findings, too. */
        OPERATORS,
        /** Who may decide about others, too. */
        ADMINISTRATORS;

        boolean covers(Access needed) {
            return compareTo(needed) >= 0;
        }
    }

    /** Answers a request, or throws a {@link ProblemException}. */
    @FunctionalInterface
    public interface Action {
        void answer(Request request) throws Exception;
    }

    public static Operation get(String path, Access access, List<String> parameters, Action action) {
        return new Operation("GET", path, access, parameters, action);
    }

    public static Operation get(String path, Action action) {
        return get(path, Access.VIEWERS, List.of(), action);
    }

    public static Operation post(String path, Access access, Action action) {
        return new Operation("POST", path, access, List.of(), action);
    }

    public static Operation post(String path, Action action) {
        return post(path, Access.OPERATORS, action);
    }

    /**
     * Who asks, for what.
     *
     * @param admission asks again whether the caller may
     */
    public record Request(Context context, Query query, Caller caller, Predicate<Request> admission) {
        /** For answers without end: a session may end, or a token, while somebody reads along. */
        public boolean isStillAdmitted() {
            return admission.test(this);
        }

        boolean isHead() {
            return context.req().getMethod().equals("HEAD");
        }

        /** What stands in the path where the operation has a name in braces. */
        public String parameter(String name) {
            return context.pathParam(name);
        }
    }
}
