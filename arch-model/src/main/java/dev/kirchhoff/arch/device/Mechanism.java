package dev.kirchhoff.arch.device;

import java.util.Arrays;
import java.util.List;

/**
 * Switching mechanism of a device of a family: it explains the figures, no formula depends on it.
 *
 * <p>Redox devices differ by where ions move: through a filament that breaks and heals, along a
 * whole interface, or so gradually, in either, that conductance can be stepped up and down.
 */
public enum Mechanism {
  FILAMENTARY("filamentary", Family.REDOX),
  INTERFACIAL("interfacial", Family.REDOX),
  ANALOGUE("analogue", Family.REDOX),
  /** A volume melts and is quenched (RESET), or crystallises (SET). */
  MELT_QUENCH("meltQuench", Family.PHASE_CHANGE),
  /** Spin-transfer torque: the write current flows through the junction. */
  STT("STT", Family.MAGNETIC_TUNNEL),
  /** Spin-orbit torque: the write current flows beside the junction. */
  SOT("SOT", Family.MAGNETIC_TUNNEL),
  /** Voltage-controlled anisotropy: a voltage lowers the barrier, hardly any current flows. */
  VCMA("VCMA", Family.MAGNETIC_TUNNEL),
  TUNNEL_JUNCTION("tunnelJunction", Family.FERROELECTRIC_TUNNEL),
  FIELD_EFFECT("fieldEffect", Family.FERROELECTRIC_TRANSISTOR),
  LATCH("latch", Family.SRAM);

  private final String word;
  private final Family family;

  Mechanism(String word, Family family) {
    this.word = word;
    this.family = family;
  }

  /** The word of the spec language. */
  public String word() {
    return word;
  }

  /** The family that it occurs in. */
  public Family family() {
    return family;
  }

  /** The mechanisms of a family, its usual one first. */
  public static List<Mechanism> of(Family family) {
    return Arrays.stream(values()).filter(m -> m.family == family).toList();
  }
}
