package dev.kirchhoff.peripherals;

/**
 * Times of one crossbar and its periphery.
 *
 * @param settle_ns settling of wordline and bitline to half an LSB
 * @param integrate_ns integration or pulse time
 * @param conversion_ns one conversion of one converter
 * @param pass_ns one pass: all muxed columns read and converted
 * @param conduct_ns time that cells conduct in a pass
 * @param cycle_ns one clock cycle
 * @param unsettled share of the step from the previous read that has not settled when a column is
 *     converted; 0 where it settles to half an LSB
 * @param overrun time that the circuits require over the time that is given, less 1; 0 where that
 *     suffices
 */
public record PassTiming(
    double settle_ns,
    double integrate_ns,
    double conversion_ns,
    double pass_ns,
    double conduct_ns,
    double cycle_ns,
    double unsettled,
    double overrun) {}
