package dev.kirchhoff.arch.device;

/**
 * Family of a resistive switching material. {@link #FERROELECTRIC_TRANSISTOR} stores in the gate of
 * a transistor and is no two-terminal device; {@link #SRAM} is the baseline that resistive devices
 * are compared with.
 *
 * <p>Each has a usual {@link Curvature} (assumed), that of devices whose own is not known: of a
 * filament V_0 = 0.25 V (Stanford ReRAM model, doi 10.4231/D37H1DN48), of amorphous chalcogenide
 * V_0 = 0.26 V (traps 5 nm apart in 25 nm: Ielmini and Zhang, J. Appl. Phys. 2007, doi
 * 10.1063/1.2773688), of a magnetic junction a magnetoresistance of 100 % that is half at 0.5 V
 * (Zhang et al., IEEE Trans. Electron Devices 2012, doi 10.1109/TED.2011.2178416), of a
 * ferroelectric barrier 2 nm and 1 eV (Simmons, J. Appl. Phys. 1963, doi 10.1063/1.1702682), of a
 * channel an overdrive of 0.5 V, V / 2 V_ov. Inputs of SRAM drive gates.
 */
public enum Family {
  REDOX("redox", new Curvature(0.11, 0.2)),
  PHASE_CHANGE("phaseChange", new Curvature(0.10, 0.2)),
  MAGNETIC_TUNNEL("magneticTunnel", new Curvature(-0.074, 0.2)),
  FERROELECTRIC_TUNNEL("ferroelectric", new Curvature(0.15, 0.2)),
  FERROELECTRIC_TRANSISTOR("ferroelectricTransistor", new Curvature(-0.1, 0.1)),
  SRAM("sram", Curvature.OHMIC);

  private final String word;
  private final Curvature usual;

  Family(String word, Curvature usual) {
    this.word = word;
    this.usual = usual;
  }

  /** Curvature of a device whose own is not known. */
  public Curvature usualCurvature() {
    return usual;
  }

  /** True if a cell is a resistor between two lines, not a transistor or a latch. */
  public boolean isTwoTerminal() {
    return this != FERROELECTRIC_TRANSISTOR && this != SRAM;
  }

  /** The word of the spec language. */
  public String word() {
    return word;
  }
}
