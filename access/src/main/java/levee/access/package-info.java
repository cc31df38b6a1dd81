/** Who may do what: accounts, passwords, sessions, sign-in. */
@NullMarked
package levee.access;

import org.jspecify.annotations.NullMarked;
