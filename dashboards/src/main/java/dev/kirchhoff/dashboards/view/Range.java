package dev.kirchhoff.dashboards.view;

/**
 * Consecutive designs of a run.
 *
 * @param first index of the first
 * @param count number of designs
 */
public record Range(long first, int count) {}
