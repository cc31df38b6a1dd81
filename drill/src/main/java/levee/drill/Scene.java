package levee.drill;

import java.time.Instant;
import levee.model.Prefix;

/** Something that a drill plays besides ordinary traffic, with what the seed drew for it. */
public sealed interface Scene {
    Instant start();

    /** What is attacked, or where innocent traffic goes, or who is infected first. */
    Prefix target();

    /**
     * An attack, or the flood of a botnet.
     *
     * @param target outside, where own hosts attack
     */
    record Flood(Instant start, Prefix target, PlannedAttack plan) implements Scene {}

    /** Innocent traffic that could be taken for an attack. */
    record Innocent(Instant start, Prefix target, PlannedLookAlike plan) implements Scene {}

    /** Own hosts get infected, one after the other. */
    record Outbreak(Instant start, Prefix target, PlannedBots plan) implements Scene {}
}
