package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.arch.result.Spread;

/**
 * Disagreement of published figures of a circuit with its model: factors on energy and static power
 * alike, and on area. Times have none: a time that is off moves the schedule, not a price.
 *
 * @param energy factors on energy per action and on static power
 * @param area factors on area
 */
public record Uncertainty(Spread energy, Spread area) {}
