package dev.kirchhoff.peripherals;

/**
 * Families of parts, a fixed partition of {@link Part}: energy and area of an evaluated design are
 * kept by them. All parts of a family are priced by circuit families of one group ({@link
 * Families#of}), so that a factor on a circuit family re-prices one figure.
 */
public enum PartFamily {
  /** Arrays with their cells. */
  CROSSBAR("crossbar"),
  /** Drivers of wordlines. */
  INPUT("input"),
  /** Converters with what serves them. */
  READOUT("readout"),
  /** Memories and registers. */
  BUFFER("buffer"),
  /** Adders, units on a clock, and parts that the language has no word for. */
  LOGIC("logic"),
  /** Wires, routers and links. */
  INTERCONNECT("interconnect"),
  /** Write drivers, and energy that they put into cells. */
  WRITE_DRIVER("writeDriver");

  private final String word;

  PartFamily(String word) {
    this.word = word;
  }

  /** Name in results. */
  public String word() {
    return word;
  }

  /** The family of a part. */
  public static PartFamily of(Part part) {
    return switch (part) {
      case CROSSBAR -> CROSSBAR;
      case INPUT -> INPUT;
      case FRONT_END, SAMPLE_HOLD, COLUMN_MUX, READOUT -> READOUT;
      case INPUT_REGISTER, OUTPUT_REGISTER, TILE_BUFFER, TILE_OUTPUT_REGISTER, GLOBAL_BUFFER ->
          BUFFER;
      case ROW_SELECTOR,
          SHIFT_ADD,
          PE_OTHERS,
          RELU,
          SIGMOID,
          MAX_POOL,
          TILE_SHIFT_ADD,
          VECTOR,
          TILE_OTHERS,
          CHIP_OTHERS,
          CONTROL ->
          LOGIC;
      case BUS, INTERCONNECT, IO -> INTERCONNECT;
      case WRITE_DRIVER -> WRITE_DRIVER;
    };
  }
}
