package dev.kirchhoff.arch.device;

/**
 * Limits on the life of a stored value.
 *
 * @param endurance_cycles write cycles until failure
 * @param retention_s time that a value is kept at the operating temperature of the source
 */
public record DeviceLimits(double endurance_cycles, double retention_s) {}
