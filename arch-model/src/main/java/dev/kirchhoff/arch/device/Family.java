package dev.kirchhoff.arch.device;

/**
 * Family of a resistive switching material. {@link #SRAM} stands in the catalogue for contrast
 * only.
 */
public enum Family {
  REDOX,
  PHASE_CHANGE,
  MAGNETIC_TUNNEL,
  FERROELECTRIC_TUNNEL,
  SRAM
}
