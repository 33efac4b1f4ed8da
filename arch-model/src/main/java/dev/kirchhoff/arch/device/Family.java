package dev.kirchhoff.arch.device;

/**
 * Family of a resistive switching material. {@link #FERROELECTRIC_TRANSISTOR} stores in the gate of
 * a transistor and is no two-terminal device; {@link #SRAM} stands in the catalogue for contrast
 * only.
 */
public enum Family {
  REDOX("redox"),
  PHASE_CHANGE("phaseChange"),
  MAGNETIC_TUNNEL("magneticTunnel"),
  FERROELECTRIC_TUNNEL("ferroelectric"),
  FERROELECTRIC_TRANSISTOR("ferroelectricTransistor"),
  SRAM("sram");

  private final String word;

  Family(String word) {
    this.word = word;
  }

  /** The word of the spec language. */
  public String word() {
    return word;
  }
}
