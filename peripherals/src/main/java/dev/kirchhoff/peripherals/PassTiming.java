package dev.kirchhoff.peripherals;

/**
 * Times of one crossbar and its periphery.
 *
 * @param settle_ns wordline and bitline settling to half an LSB
 * @param integrate_ns integration or pulse time
 * @param conversion_ns one conversion of one converter
 * @param pass_ns one pass: all muxed columns read and converted
 * @param conduct_ns time that cells conduct in a pass
 * @param cycle_ns one clock cycle
 * @param unsettled share of a change since the read before that is missing when a column is
 *     converted; 0 where it settles to half an LSB
 * @param overrun time that the circuits need over the time that is given for it, less 1; 0 where it
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
