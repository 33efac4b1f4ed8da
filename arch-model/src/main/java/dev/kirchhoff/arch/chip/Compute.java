package dev.kirchhoff.arch.chip;

import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.arch.spec.View;
import java.util.OptionalDouble;

/**
 * Multiplication in the cells of a crossbar and accumulation on its columns.
 *
 * @param kind quantity that a column adds up
 * @param capacitor_fF unit capacitor of one cell (charge only)
 * @param banks weights behind one multiplying cell, of which one is selected
 * @param pass_ns time of one pass where the spec states it; empty = that of the circuits
 */
public record Compute(Kind kind, double capacitor_fF, int banks, OptionalDouble pass_ns) {

  /** Physical quantity that a column accumulates. */
  public enum Kind {
    /** Currents of cells under a read voltage, which flow into a readout. */
    CURRENT,
    /** Charge that currents of SRAM cells take off a precharged bitline. */
    DISCHARGE,
    /** Charge of one unit capacitor a cell, shared along the column. */
    CHARGE,
    /** Bits, by adders: exact. */
    DIGITAL
  }

  public Compute {
    if (banks < 1) {
      throw new IllegalArgumentException(
          "The banks (" + banks + ") of a crossbar must be at least 1.");
    }
  }

  /** Columns that add up currents, one weight a cell. */
  public static Compute current() {
    return new Compute(Kind.CURRENT, 0, 1, OptionalDouble.empty());
  }

  /** Copy with another stated time of a pass. */
  public Compute withPass(OptionalDouble other_ns) {
    return new Compute(kind, capacitor_fF, banks, other_ns);
  }

  static Compute of(View.Section chip) {
    View.Section crossbar = chip.section("crossbar");
    // The key compute holds for all readouts that a spec may choose; it was checked.
    ReadoutKind readout = ReadoutKind.ofWord(chip.section("pe").section("readout").kind());
    View.Section cell = chip.section("cell");
    return new Compute(
        readout.senses() == ReadoutKind.Senses.BITS ? Kind.DIGITAL : analog(crossbar, cell),
        cell.number("capacitor"),
        cell.whole("banks"),
        crossbar.optionalNumber("passTime"));
  }

  /** Kind of a sum that is converted: SRAM cells discharge bitlines unless those are held. */
  private static Kind analog(View.Section crossbar, View.Section cell) {
    if (crossbar.has("compute") && crossbar.isWord("compute", "charge")) {
      return Kind.CHARGE;
    }
    boolean isSram = cell.section("device").isWord("family", Family.SRAM.word());
    return isSram && !cell.isWord("bitline", "held") ? Kind.DISCHARGE : Kind.CURRENT;
  }
}
