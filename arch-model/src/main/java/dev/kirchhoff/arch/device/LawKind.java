package dev.kirchhoff.arch.device;

/** Published laws of a cell's conductance, and the one of a device's own figures. */
public enum LawKind {
  /** The device's own table of programming errors, its drift and its read noise. */
  TABULATED("tabulated"),
  /** Phase-change memory: {@link DriftingLaw#phaseChange}. */
  NANDAKUMAR_2019("nandakumar2019"),
  /** Phase-change memory of one device: {@link DriftingLaw#hermes}. */
  HERMES_2022("hermes2022"),
  /** Phase-change memory of two devices: {@link DriftingLaw#hermesPair}. */
  HERMES_2022_PAIR("hermes2022Pair"),
  /** Conductive metal oxide, accepted within 0.2 %: {@link RelaxingLaw#acceptedWithin02}. */
  CMO("cmo"),
  /** Conductive metal oxide, accepted within 2 %: {@link RelaxingLaw#acceptedWithin2}. */
  CMO_COARSE("cmoCoarse");

  private final String word;

  LawKind(String word) {
    this.word = word;
  }

  /** The word of the spec language. */
  public String word() {
    return word;
  }
}
