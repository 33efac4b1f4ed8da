package dev.kirchhoff.peripherals.calibration;

import dev.kirchhoff.arch.calibration.CircuitFamily;

/**
 * Chip of {@code designs/} with the factor on a family of its circuits at which its published
 * figure is met.
 *
 * @param design its folder
 * @param family family of its circuits
 * @param asks factor on energy at which its headline TOPS/W is the published one
 * @param at the setting of that row
 */
public record FittedChip(String design, CircuitFamily family, double asks, OperatingPoint at) {}
