package levee.attack;

import java.util.concurrent.TimeUnit;

/**
 * How the detector judges.
 *
 * @param live true for a live network, which has a past and needs rates above floor and baseline; false for a file,
 *     which may hold a moment of attack and nothing before
 * @param baselineFactor a live target's rate must exceed this many times its baseline
 * @param patienceNanos how long the answers to new connections are waited for before these count as unanswered
 * @param episodeNanos traffic that was not called an attack within this time is judged anew
 * @param quietNanos an attack that was quiet for this long has ended; shorter pulses are one attack
 */
public record DetectionPolicy(
        boolean live, double baselineFactor, long patienceNanos, long episodeNanos, long quietNanos) {

    private static final long EPISODE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(120);

    /** For captures and logs. */
    public static DetectionPolicy analysis() {
        return new DetectionPolicy(false, 0, TimeUnit.SECONDS.toNanos(1), EPISODE_NANOS, QUIET_NANOS);
    }

    /** For live networks. */
    public static DetectionPolicy liveNetwork() {
        return new DetectionPolicy(true, 3, TimeUnit.MILLISECONDS.toNanos(300), EPISODE_NANOS, QUIET_NANOS);
    }
}
