package levee.pages;

import levee.access.People;
import levee.server.SessionCookie;

/**
 * What pages need to let people in and out.
 *
 * @param cookie by which browsers show that a session is theirs
 */
public record Signing(People people, SessionCookie cookie) {}
