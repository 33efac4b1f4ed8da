package dev.kirchhoff.arch.workload;

/**
 * Conditions that drift, retention, endurance and leakage are judged at.
 *
 * @param temperature_K temperature
 * @param age_s time since programming
 * @param updateInterval_s time between two updates of the weights
 */
public record Operation(double temperature_K, double age_s, double updateInterval_s) {}
