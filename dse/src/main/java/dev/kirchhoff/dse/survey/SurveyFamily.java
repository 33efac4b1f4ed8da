package dev.kirchhoff.dse.survey;

/**
 * Families of macros, fixed before any prediction was compared. A family is identified by memory,
 * cell and converter alone; each has one rule that turns a row of the table into a spec, and the
 * defaults that the rule assumes because no table has them.
 */
public enum SurveyFamily {
  /** Exact sums: adder trees beside SRAM cells. */
  DIGITAL(
      "digital SRAM",
      "an adder tree over the products of a code; the input bits of an invocation side by"
          + " side in one cycle; cells beyond those of the codes are banks; half of all bits one"),
  /** SRAM cells with a capacitor each that share their charge. */
  CHARGE(
      "capacitor SRAM",
      "1.2 fF a cell; inputs of several bits as amplitudes; a SAR, or a flash up to 5 bits;"
          + " rows that are not read are banks; half of all bits one"),
  /** SRAM cells and gain cells that discharge a bitline, or feed their current into a held one. */
  BITLINE(
      "bitline SRAM",
      "6T cells; where the survey or the title states summed currents, cells with half the"
          + " on-current of a minimum transistor on held bitlines at 0.1 V, one column of a"
          + " converter at a time; inputs of several bits as pulse widths; sense amplifiers of at"
          + " most 4 bits; a converter that no source names is a flash up to 5 bits, else a SAR;"
          + " half of all bits one"),
  /** Resistive cells read by current-mode sense amplifiers. */
  RESISTIVE_SENSE(
      "resistive, sense amplifier",
      "redox cells of 20/925 kohm at 0.1 V; inputs of several bits as pulse widths; sense"
          + " amplifiers of at most 4 bits; half of all bits one"),
  /** Resistive cells read by converters. */
  RESISTIVE_CONVERTER(
      "resistive, converter",
      "redox cells of 20/925 kohm at 0.1 V, phase-change cells of 40/500 kohm and junctions"
          + " of 3/7.5 kohm at the read voltage of the catalogue; inputs of several bits as pulse"
          + " widths; a converter that no source names is a flash up to 5 bits, else a SAR; half"
          + " of all bits one");

  private final String word;
  private final String assumes;

  SurveyFamily(String word, String assumes) {
    this.word = word;
    this.assumes = assumes;
  }

  /** Its name. */
  public String word() {
    return word;
  }

  /** Defaults of its rule that the table does not state. */
  public String assumes() {
    return assumes;
  }

  /** The family of a row, by memory, cell and converter. */
  public static SurveyFamily of(SurveyRow row) {
    String converter = row.converter().kind();
    if (converter.equals("adderTree")) {
      return DIGITAL;
    }
    if (row.memory().equals("eNVM")) {
      return converter.equals("senseAmplifier") || converter.equals("comparator")
          ? RESISTIVE_SENSE
          : RESISTIVE_CONVERTER;
    }
    boolean isGainCell = row.cell().startsWith("2T");
    return row.cell().matches(".*T1C|.*C-2C") && !isGainCell ? CHARGE : BITLINE;
  }

  /** True if cells are resistive. */
  boolean isResistive() {
    return this == RESISTIVE_SENSE || this == RESISTIVE_CONVERTER;
  }
}
