package dev.converge.agent;

import java.time.Duration;

/**
 * How the agent notices that the host has moved.
 *
 * @param events whether it listens for changes, besides looking at each interval
 * @param debounce how long it must be quiet after a change before the agent looks
 */
public record DriftSettings(boolean events, Duration debounce) {}
