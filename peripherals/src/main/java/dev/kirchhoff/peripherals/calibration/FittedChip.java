package dev.kirchhoff.peripherals.calibration;

import dev.kirchhoff.arch.calibration.CircuitFamily;

/**
 * A chip of {@code designs/} with the factor that a family of its circuits asks for.
 *
 * @param design its folder
 * @param family family of its circuits
 * @param asks factor on energy at which its headline TOPS/W is the published one
 * @param at the setting of that row
 */
public record FittedChip(String design, CircuitFamily family, double asks, OperatingPoint at) {}
