package levee.pages;

import java.time.InstantSource;
import levee.server.LiveSystem;
import levee.store.Store;

/**
 * What pages are about.
 *
 * @param version of Levee
 */
public record Running(Store store, LiveSystem system, InstantSource clock, String version) {}
