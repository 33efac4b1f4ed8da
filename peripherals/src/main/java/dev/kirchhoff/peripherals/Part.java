package dev.kirchhoff.peripherals;

/** A part of a chip that has area, leakage and energy of its own: one line of every breakdown. */
public enum Part {
  CROSSBAR("crossbar", Level.PE),
  INPUT("input", Level.PE),
  /** Picks the rows that are driven, where others are skipped. */
  ROW_SELECTOR("rowSelector", Level.PE),
  FRONT_END("frontEnd", Level.PE),
  SAMPLE_HOLD("sampleHold", Level.PE),
  COLUMN_MUX("columnMux", Level.PE),
  READOUT("readout", Level.PE),
  SHIFT_ADD("shiftAdd", Level.PE),
  INPUT_REGISTER("inputRegister", Level.PE),
  OUTPUT_REGISTER("outputRegister", Level.PE),
  WRITE_DRIVER("writeDriver", Level.PE),
  /** Path of transpose reads: switches, or drivers and converters of its own. */
  TRANSPOSE("transpose", Level.PE),
  /** Loop amplifiers of solutions in one step, each with its inverter. */
  FEEDBACK("feedback", Level.PE),
  /** Sources of random words. */
  RANDOM("random", Level.PE),
  /** Parts of a PE that the language has no word for. */
  PE_OTHERS("others", Level.PE),
  TILE_BUFFER("buffer", Level.TILE),
  BUS("bus", Level.TILE),
  TILE_OUTPUT_REGISTER("outputRegister", Level.TILE),
  RELU("relu", Level.TILE),
  SIGMOID("sigmoid", Level.TILE),
  MAX_POOL("maxPool", Level.TILE),
  TILE_SHIFT_ADD("shiftAdd", Level.TILE),
  VECTOR("vector", Level.TILE),
  INTERCONNECT("interconnect", Level.TILE),
  /** Links of a fat tree, each a pitch of wires as wide as that of a leaf. */
  LINKS("links", Level.TILE),
  /** Parts of a tile that the language has no word for. */
  TILE_OTHERS("others", Level.TILE),
  GLOBAL_BUFFER("globalBuffer", Level.CHIP),
  IO("io", Level.CHIP),
  /** Parts of the chip that the language has no word for. */
  CHIP_OTHERS("others", Level.CHIP),
  CONTROL("control", Level.CHIP);

  /** Level of the hierarchy that a part's instances are counted in. */
  public enum Level {
    PE,
    TILE,
    CHIP
  }

  private final String word;
  private final Level level;

  Part(String word, Level level) {
    this.word = word;
    this.level = level;
  }

  /** The key of the spec language. */
  public String word() {
    return word;
  }

  /** True if it stands for the parts that the language has no word for. */
  public boolean isOthers() {
    return this == PE_OTHERS || this == TILE_OTHERS || this == CHIP_OTHERS;
  }

  /** Level that instances are counted in. */
  public Level level() {
    return level;
  }
}
