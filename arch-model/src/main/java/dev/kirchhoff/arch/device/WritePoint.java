package dev.kirchhoff.arch.device;

/**
 * How a cell is programmed: E per pulse = V I t; a value takes {@code pulses} write-verify pulses
 * on average.
 *
 * @param voltage_V write voltage
 * @param current_uA write current, which also sizes the access transistor
 * @param pulse_ns pulse width
 * @param pulses mean number of write-verify pulses for a multi-level value
 */
public record WritePoint(double voltage_V, double current_uA, double pulse_ns, double pulses) {}
