package levee.server;

import java.util.Map;

/**
 * What the feed counted.
 *
 * @param published changes, by name
 * @param viewers who read along now
 * @param cutOff viewers that were too slow
 * @param delays between the start of an attack and its finding
 */
record FeedStatistics(Map<String, Long> published, int viewers, long cutOff, FindingDelays delays) {}
