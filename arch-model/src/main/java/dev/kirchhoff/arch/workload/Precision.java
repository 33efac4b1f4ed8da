package dev.kirchhoff.arch.workload;

/**
 * Precision of one layer.
 *
 * @param weights bits of a weight, sign included
 * @param inputs bits of an input value; signed inputs take a second pass over the magnitude
 * @param outputs bits of an output value handed to the next layer
 */
public record Precision(int weights, int inputs, int outputs) {}
