package levee.drill;

import java.time.Duration;

/**
 * Own hosts that get infected: from {@code start} on each loads a program, scans for others, reports to a command
 * server about once a minute, and for half a minute floods somebody outside when told.
 *
 * @param hosts how many
 * @param start since the start of the drill
 * @param attackAfter from the start to the flood
 */
public record PlannedBotnet(int hosts, Duration start, Duration attackAfter) {}
