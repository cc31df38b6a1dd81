/** Keeps what must outlive the process: findings, what people said about them, the audit trail, traffic series. */
@NullMarked
package levee.store;

import org.jspecify.annotations.NullMarked;
