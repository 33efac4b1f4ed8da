package dev.kirchhoff.arch.workload;

/**
 * One line of the list of built-in networks.
 *
 * @param name name in the catalogue
 * @param title network and size of its input, for people
 * @param layers matrix layers
 * @param macs multiply-accumulates of one inference
 * @param dynamicMacs of which both operands are activations
 * @param weights weights stored
 * @param architecture paper that describes the network
 * @param shapes where the layer shapes come from
 */
public record NetworkSummary(
    String name,
    String title,
    int layers,
    long macs,
    long dynamicMacs,
    long weights,
    String architecture,
    String shapes) {}
