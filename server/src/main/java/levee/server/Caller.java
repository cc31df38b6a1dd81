package levee.server;

import levee.server.Operation.Access;

/**
 * Who asks.
 *
 * @param name of the token, or {@code anonymous}
 * @param address where the request comes from
 * @param most the most that they may
 * @param formToken what forms on pages that they see must carry; empty where they need none
 */
public record Caller(String name, String address, Access most, String formToken) {

    public boolean may(Access access) {
        return most.covers(access);
    }
}
