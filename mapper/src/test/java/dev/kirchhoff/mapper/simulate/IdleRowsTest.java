package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.mapper.column.ColumnModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Thermal noise of rows that are not read, of cells without a transistor. */
class IdleRowsTest {
  /** Noise of a column with its idle rows, in squares of a product for each row read. */
  private static final double NOISE = 0.05;

  /** Below, sums are all but lost; above, rounding decides. */
  private static final double LEAST_DB = 6;

  private static final double MOST_DB = 25;

  /**
   * Codes that are subtracted are of small sums at the end of a one-sided range, which cuts their
   * noise off whatever it comes from; the estimate counts it.
   */
  private static double within_dB(WeightEncoding encoding) {
    return encoding.subtractsCodes() ? 3 : 2;
  }

  private static TestChips chip(WeightEncoding encoding, Access access, int rows, int active) {
    TestChips chip = new TestChips();
    chip.weights = encoding;
    chip.access = access;
    chip.rows = rows;
    chip.rowsActive = active;
    chip.columns = 512;
    chip.cellBits = encoding.countsMatches() ? 1 : 2;
    chip.adcBits = 6;
    chip.range = Readout.Range.CALIBRATED;
    ColumnModel column = chip.model().column();
    double all = column.column_uS(active, 0.5) + column.idle_uS(active, rows, 0.5);
    double each = column.summation().thermalPer_uS(column.cells().step_uS(), 1);
    chip.noiseFactor = NOISE * active / (each * all);
    return chip;
  }

  /** A quarter and a sixteenth of the rows are read at once; blocks that do not fill a crossbar. */
  @Test
  @Tag("slow")
  void theEstimateIsThatOfDrawnChips() {
    List<String> apart = new ArrayList<>();
    int compared = 0;
    for (WeightEncoding encoding : ReadoutTermsTest.ENCODINGS) {
      for (Access access : new Access[] {Access.PASSIVE, Access.ONE_SELECTOR}) {
        for (int rows : new int[] {64, 256}) {
          for (int share : new int[] {4, 16}) {
            TestChips chip = chip(encoding, access, rows, rows / share);
            double simulated = ReadoutTermsTest.simulated_dB(chip);
            double away = ReadoutTermsTest.estimated_dB(chip) - simulated;
            boolean listens = simulated > LEAST_DB && simulated < MOST_DB;
            compared += listens ? 1 : 0;
            if (listens && Math.abs(away) > within_dB(encoding)) {
              apart.add(
                  String.format(
                      Locale.ROOT,
                      "%s, %s, %d of %d rows: simulated %.1f dB, estimated %.1f more",
                      encoding,
                      access.word(),
                      rows / share,
                      rows,
                      simulated,
                      away));
            }
          }
        }
      }
    }
    assertTrue(apart.isEmpty(), String.join("\n", apart));
    assertTrue(compared > 30, "only " + compared + " compared");
  }

  /** Rows that are held at the reference have a noise of their own: 16 of 256 lose the most. */
  @Test
  void passiveCellsLoseSignalThatTransistorsAndSelectorsKeep() {
    TestChips chip = chip(TestChips.PAIR, Access.ONE_TRANSISTOR, 256, 16);
    double gated = ReadoutTermsTest.simulated_dB(chip);
    chip.access = Access.ONE_SELECTOR;
    double selected = ReadoutTermsTest.simulated_dB(chip);
    chip.access = Access.PASSIVE;
    double passive = ReadoutTermsTest.simulated_dB(chip);
    assertTrue(selected <= gated, gated + " dB with transistors, " + selected + " with selectors");
    assertTrue(passive < selected - 3, selected + " dB with selectors, " + passive + " without");
  }

  /** 16 of 64 rows at half of the window, 32 more with weights, 16 empty ones at its foot. */
  @Test
  void idleRowsConductAsTheirCellsDo() {
    ColumnModel passive = chip(TestChips.PAIR, Access.PASSIVE, 64, 16).model().column();
    double foot_uS = passive.column_uS(1, 0);
    double middle_uS = passive.column_uS(1, 0.5);
    assertEquals(32 * middle_uS + 16 * foot_uS, passive.idle_uS(16, 48, 0.5), 1e-9);
    assertEquals(48 * foot_uS, passive.idle_uS(16, 10, 0.5), 1e-9);
    ColumnModel selected = chip(TestChips.PAIR, Access.ONE_SELECTOR, 64, 16).model().column();
    assertEquals(0.01 * 48 * middle_uS, selected.idle_uS(16, 64, 0.5), 1e-9);
    ColumnModel gated = chip(TestChips.PAIR, Access.ONE_TRANSISTOR, 64, 16).model().column();
    assertEquals(0, gated.idle_uS(16, 64, 0.5));
  }
}
