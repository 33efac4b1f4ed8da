package dev.kirchhoff.dse.survey;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A published setting of a macro, as the table of the survey states it. Figures count 1 MAC as 2
 * operations; those ending in 1b are normalised to one bit: native × input bits × weight bits.
 *
 * @param row its number in the survey
 * @param chip number of the chip, shared by its settings
 * @param paper where it was published
 * @param memory SRAM, eDRAM, eNVM or Digital
 * @param cell transistors and capacitor of a cell, or the non-volatile device
 * @param node_nm technology node
 * @param supply_V supply, empty where the survey does not give it
 * @param heldBitline why currents of SRAM cells are taken as read from held bitlines, or empty
 * @param converter circuit that turns a column into a code, and the source that says so
 * @param array geometry of a bank
 * @param bits precision of one invocation
 * @param published published figures
 * @param design folder of the gallery that describes the same chip, or empty
 * @param bestCase why the published figure may be a best case, a range or sparsity in its title, or
 *     empty
 * @param remark changes to the survey's row, or empty
 */
public record SurveyRow(
    int row,
    int chip,
    Paper paper,
    String memory,
    String cell,
    double node_nm,
    OptionalDouble supply_V,
    Optional<String> heldBitline,
    Converter converter,
    Array array,
    Bits bits,
    Published published,
    Optional<String> design,
    Optional<String> bestCase,
    String remark) {

  /**
   * A publication.
   *
   * @param title its title
   * @param authors first author
   * @param venue conference or journal
   * @param year year
   * @param isProcessor whether its figures are of a processor, not of a macro alone
   */
  public record Paper(String title, String authors, String venue, int year, boolean isProcessor) {
    /** {@code Xue 2021}. */
    public String brief() {
      String[] words = authors.replaceAll(" et al\\.?.*", "").trim().split(" +");
      return words[words.length - 1] + " " + year;
    }
  }

  /**
   * The circuit that turns a column into a code.
   *
   * @param kind its kind, {@code unknown} where no source names it
   * @param source where that is said; begins with {@code assumed} or {@code recalled} where nobody
   *     says it
   */
  public record Converter(String kind, String source) {}

  /**
   * Geometry of one bank.
   *
   * @param banks banks that work at once
   * @param rows rows of cells
   * @param columns columns of cells
   * @param rowsRead rows that are read at once
   * @param rowsPerColumn rows on one bitline
   * @param columnsRead columns that one conversion sees
   * @param columnsPerConverter columns before one converter
   * @param outputs codes of one invocation
   * @param dotLength products in one code
   */
  public record Array(
      int banks,
      OptionalInt rows,
      OptionalInt columns,
      OptionalInt rowsRead,
      OptionalInt rowsPerColumn,
      OptionalInt columnsRead,
      OptionalInt columnsPerConverter,
      OptionalInt outputs,
      OptionalInt dotLength) {
    /** True if the converters' columns are more than the array has, so that a count is wrong. */
    public boolean hasMoreInputsThanColumns() {
      return columns.isPresent()
          && columnsPerConverter.isPresent()
          && outputs.isPresent()
          && (long) columnsPerConverter.getAsInt() * outputs.getAsInt() > columns.getAsInt();
    }

    /** Cells of a bank, empty where rows or columns are not published. */
    public OptionalInt cells() {
      return rows.isPresent() && columns.isPresent()
          ? OptionalInt.of(rows.getAsInt() * columns.getAsInt())
          : OptionalInt.empty();
    }
  }

  /**
   * Precision of one invocation.
   *
   * @param inputs bits of an input
   * @param weights bits of a weight; 1.5 is ternary
   * @param code bits of a code, empty for exact sums
   */
  public record Bits(double inputs, double weights, OptionalDouble code) {}

  /**
   * Published figures of one invocation.
   *
   * @param invocation_ns time of one, or what operations and throughput of a bank make it
   * @param topsPerW_1b TOPS/W
   * @param area_um2 area of all banks that work at once, or of the chip
   * @param voids why a figure cannot be used
   */
  public record Published(
      OptionalDouble invocation_ns,
      OptionalDouble topsPerW_1b,
      OptionalDouble area_um2,
      List<Void> voids) {
    public Published {
      voids = List.copyOf(voids);
    }

    /**
     * A figure that cannot be used.
     *
     * @param quantity which
     * @param reason why
     */
    public record Void(SurveyQuantity quantity, String reason) {}
  }

  /** TOPS/W at the precision of one invocation. */
  public OptionalDouble topsPerW() {
    return published.topsPerW_1b().isPresent()
        ? OptionalDouble.of(
            published.topsPerW_1b().getAsDouble() / (bits.inputs() * bits.weights()))
        : OptionalDouble.empty();
  }

  /** Input and weight bits, for comparisons at equal precision. */
  public String precision() {
    return number(bits.inputs()) + " b x " + number(bits.weights()) + " b";
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Integer.toString((int) value) : Double.toString(value);
  }
}
