/** What a domain name looks like: the part of it that somebody registered, and whether people or a program made it. */
@NullMarked
package levee.domain;

import org.jspecify.annotations.NullMarked;
