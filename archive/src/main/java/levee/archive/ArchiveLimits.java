package levee.archive;

import java.time.Duration;

/**
 * How much is kept; beyond it, what was received first is deleted.
 *
 * @param bytes of all files
 * @param age since they were received
 */
public record ArchiveLimits(long bytes, Duration age) {
    /** Less would hold no file of a useful size. */
    public static final long LEAST_BYTES = 1_000_000;

    public ArchiveLimits {
        if (bytes < LEAST_BYTES || !age.isPositive()) {
            throw new IllegalArgumentException("an archive of " + bytes + " bytes for " + age + " would keep nothing");
        }
    }
}
