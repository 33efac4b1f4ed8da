/**
 * Circuits as DNN+NeuroSim V1.3 prices them, for comparing like with like: closed forms fitted to
 * figures that were measured by running the tool, not its code. {@code docs/neurosim.md} has the
 * comparison.
 */
package dev.kirchhoff.peripherals.neurosim;
