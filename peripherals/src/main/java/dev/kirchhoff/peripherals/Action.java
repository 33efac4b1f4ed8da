package dev.kirchhoff.peripherals;

/**
 * Operation of a part that costs energy. The mapper counts actions, a {@link PriceTable} prices
 * them, an evaluation is the dot product.
 */
public enum Action {
  /**
   * One crossbar running one pass (one slice of one input vector on its active rows); prices parts
   * with rated power.
   */
  ARRAY_PASS(Part.CROSSBAR, "pass"),
  /**
   * A cell at full conductance read with full input amplitude; counts carry the data's statistics.
   */
  CELL_READ(Part.CROSSBAR, "cellRead"),
  /** One bitline of one crossbar charged and settled in one pass. */
  COLUMN_SETTLE(Part.CROSSBAR, "columnSettle"),
  /** A row's pulse or pulses of one digit that is not zero. */
  ROW_PULSE(Part.INPUT, "pulses"),
  /** The bias of the buffer that holds a row at a level, for one digit that is not zero. */
  ROW_BIAS(Part.INPUT, "bias"),
  /** A row opened for one digit, zero or not, where pulses go over a line of their own. */
  WORDLINE(Part.INPUT, "wordlines"),
  /** A row's input digit presented, zero or not (decode, DAC, latch). */
  ROW_CONVERT(Part.INPUT, "rowConvert"),
  /** One digit of all rows of a crossbar loaded into its row selector. */
  ROW_LOAD(Part.ROW_SELECTOR, "load"),
  /** One row picked for a read. */
  ROW_PICK(Part.ROW_SELECTOR, "pick"),
  /** One column current amplified or mirrored for one pass. */
  AMPLIFY(Part.FRONT_END, "amplify"),
  /** One column sampled. */
  SAMPLE(Part.SAMPLE_HOLD, "sample"),
  /** One column switched to its converter. */
  SELECT(Part.COLUMN_MUX, "select"),
  /** One conversion. */
  CONVERSION(Part.READOUT, "conversion"),
  /** The bias of a converter, for one conversion. */
  CONVERTER_BIAS(Part.READOUT, "bias"),
  /** One product of an input bit and a weight bit that is one, added by a digital readout. */
  PRODUCT(Part.READOUT, "product"),
  /** One code shifted and added. */
  SHIFT_ADD(Part.SHIFT_ADD, "shiftAdd"),
  /** One cell brought to a value by write and verify, during a task. */
  CELL_WRITE(Part.WRITE_DRIVER, "cellWrite"),
  /** One cell given one pulse without verification, during a task. */
  CELL_PULSE(Part.WRITE_DRIVER, "cellPulse"),
  /** One loop amplifier, with its inverter, powered for one nanosecond of a solve. */
  LOOP_SETTLE(Part.FEEDBACK, "settle"),
  /** One random word of 16 bits. */
  RANDOM_DRAW(Part.RANDOM, "draw"),
  INPUT_REGISTER_WRITE_BIT(Part.INPUT_REGISTER, "write"),
  INPUT_REGISTER_READ_BIT(Part.INPUT_REGISTER, "read"),
  OUTPUT_REGISTER_WRITE_BIT(Part.OUTPUT_REGISTER, "write"),
  OUTPUT_REGISTER_READ_BIT(Part.OUTPUT_REGISTER, "read"),
  TILE_BUFFER_WRITE_BIT(Part.TILE_BUFFER, "write"),
  TILE_BUFFER_READ_BIT(Part.TILE_BUFFER, "read"),
  BUS_BIT(Part.BUS, "transfer"),
  TILE_OUTPUT_REGISTER_BIT(Part.TILE_OUTPUT_REGISTER, "write"),
  RELU(Part.RELU, "relu"),
  LOOKUP(Part.SIGMOID, "lookup"),
  MAX_COMPARE(Part.MAX_POOL, "compare"),
  /** One word added to another: partial sums, bias, residual, average. */
  ADD(Part.TILE_SHIFT_ADD, "add"),
  MULTIPLY_ACCUMULATE(Part.VECTOR, "multiplyAccumulate"),
  /** One bit moved over one hop (a mesh) or one segment of the tree. */
  HOP_BIT(Part.INTERCONNECT, "hop"),
  /**
   * One bit moved over one pitch of wires, where a hop has as many pitches as follows from the
   * number of tiles.
   */
  PITCH_BIT(Part.INTERCONNECT, "pitch"),
  GLOBAL_BUFFER_WRITE_BIT(Part.GLOBAL_BUFFER, "write"),
  GLOBAL_BUFFER_READ_BIT(Part.GLOBAL_BUFFER, "read"),
  /** One bit over a link off the chip. */
  IO_BIT(Part.IO, "transfer"),
  /** One bit that sets switches of the fabric written, without its way there. */
  CONFIGURE_BIT(Part.INTERCONNECT, "configure");

  private final Part part;
  private final String word;

  Action(Part part, String word) {
    this.part = part;
    this.word = word;
  }

  /** The part that does it. */
  public Part part() {
    return part;
  }

  /**
   * The action's name in given figures: {@code energy: {conversion: 0.45 pJ}}. A single energy,
   * {@code energy: 0.45 pJ}, is that of the part's natural action: the first that the grammar lists
   * for the part.
   */
  public String word() {
    return word;
  }
}
