/** Tells people and programs of findings, by webhook, mail and syslog. */
@NullMarked
package levee.alert;

import org.jspecify.annotations.NullMarked;
