/** The HTTP interface of a running Levee: findings, live changes, exporters, metrics, health. */
@NullMarked
package levee.server;

import org.jspecify.annotations.NullMarked;
