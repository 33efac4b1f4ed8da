package dev.kirchhoff.dse.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private static final long SEED = 20261128;

  private static TextTable chips() {
    return new TextTable("  ")
        .head("chip", "area", "", "note")
        .row("isaac", "85.4 mm2", "", "a component table that sums up")
        .row("puma", "1 mm2", "", "one")
        .texts(3);
  }

  @Test
  void columnsAreAlignedAndEmptyOnesTakeNoPlace() {
    assertEquals(
        """
          chip       area  note
          isaac  85.4 mm2  a component table that sums up
          puma      1 mm2  one
        """,
        chips().toString());
  }

  @Test
  void aTextContinuesBelowInItsColumn() {
    assertEquals(
        """
          chip       area  note
          isaac  85.4 mm2  a component table
                           that sums up
          puma      1 mm2  one
        """,
        Style.strip(chips().at(40)));
  }

  @Test
  void optionalColumnsGoFirstAndAreNamed() {
    assertEquals(
        """
          chip   note
          isaac  a component table that
                 sums up
          puma   one
          (too narrow for: area)
        """,
        Style.strip(chips().optional(1).at(32)));
    assertEquals(
        """
          chip       area
          isaac  85.4 mm2
          puma      1 mm2
          (too narrow for: note)
        """,
        Style.strip(chips().at(32)));
  }

  @Test
  void aColumnWithoutAHeadIsNamedByWhatItIsCalled() {
    TextTable table = new TextTable("").head("area", "").row("85.4 mm2", "(14.3 .. 526)");
    assertEquals(
        "area\n85.4 mm2\n(too narrow for:\n  band)\n", Style.strip(table.called(1, "band").at(20)));
  }

  @Test
  void columnsToKeepAreCutWhereNothingElseHelps() {
    TextTable table = new TextTable("").row("a", "0123456789", "0123456789").keep(1, 2);
    assertEquals("a  012345…  0123456…\n", table.at(20));
  }

  @Test
  void linesBelowARowAreFolded() {
    TextTable table = new TextTable("").row("a", "1").below("  = one of two").row("b", "2");
    assertEquals("a  1\n  = one of\n    two\nb  2\n", table.at(10));
  }

  @Test
  void noLineIsLongerThanAskedForWhateverTheTable() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 2000; trial++) {
      TextTable table = random(random);
      int columns = 20 + random.nextInt(100);
      String text = Style.strip(table.at(columns));
      String told = "seed " + SEED + ", trial " + trial + ", " + columns + ":\n" + text;
      assertTrue(text.lines().allMatch(line -> line.length() <= columns), told);
      assertEquals(table.toString(), Style.strip(table.at(10_000)), told);
    }
  }

  private static TextTable random(SplittableRandom random) {
    int columns = 1 + random.nextInt(12);
    TextTable table = new TextTable(" ".repeat(random.nextInt(4)), random.nextInt(columns + 1));
    for (int row = random.nextInt(6); row >= 0; row--) {
      String[] cells = new String[columns];
      for (int i = 0; i < columns; i++) {
        cells[i] = "wide word ".repeat(random.nextInt(4)) + "x".repeat(random.nextInt(12));
        cells[i] = random.nextInt(3) == 0 ? Style.STRONG.of(cells[i]) : cells[i].strip();
      }
      table.row((Object[]) cells);
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      table.optional(random.nextInt(columns)).keep(random.nextInt(columns));
    }
    return table;
  }
}
