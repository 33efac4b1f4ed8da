package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.result.Metric;

/**
 * What a search improves.
 *
 * @param metric the metric
 * @param maximise its direction
 */
public record Objective(Metric metric, boolean maximise) {}
