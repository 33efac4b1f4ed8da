package dev.kirchhoff.dse.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SurveyTableTest {
  private static final Set<String> CONVERTERS =
      Set.of(
          "adderTree",
          "sar",
          "flash",
          "ramp",
          "oscillator",
          "senseAmplifier",
          "comparator",
          "voltageSense",
          "timeToDigital",
          "chargeDecrement",
          "unknown");

  static SurveyRow row(int number) {
    return SurveyTable.rows().stream().filter(r -> r.row() == number).findFirst().orElseThrow();
  }

  @Test
  void everyConverterHasAKindAndASource() {
    List<SurveyRow> rows = SurveyTable.rows();
    assertEquals(66, rows.size());
    assertEquals(53, rows.stream().map(SurveyRow::chip).distinct().count());
    for (SurveyRow row : rows) {
      assertTrue(CONVERTERS.contains(row.converter().kind()), row.converter().kind());
      assertFalse(row.converter().source().isBlank(), "row " + row.row());
    }
  }

  /**
   * Row 41: 395 TOPS/W of 1 b x 1 b; 0.84 TOPS / 0.32 TOPS/mm2 = 2.625 mm2. Row 42: 4 b, 756.16.
   */
  @Test
  void figuresAreThoseOfOneInvocation() {
    assertEquals(395, row(41).topsPerW().getAsDouble());
    assertEquals(2.625e6, row(41).published().area_um2().getAsDouble(), 1e-6);
    assertEquals(756.16 / 4, row(42).topsPerW().getAsDouble(), 1e-12);
    assertEquals("4 b x 1 b", row(42).precision());
    assertEquals("7 b x 1.5 b", row(7).precision());
    assertEquals("Xue 2021", row(41).paper().brief());
  }

  /** Row 92 states neither outputs nor a converter: 9.15 TOPS x 3.58 ns / (2 x 256) = 64. */
  @Test
  void openOutputsFollowFromTheOperations() {
    assertEquals(64, row(92).array().outputs().getAsInt());
  }

  /** Row 91 has 2 x 1024 x 256 x 8 operations of one bit in 13.98 TOPS. */
  @Test
  void anOpenTimeFollowsFromTheThroughput() {
    double time_ns = 2.0 * 1024 * 256 * 8 / 13.98e3;
    assertEquals(time_ns, row(91).published().invocation_ns().getAsDouble(), 1e-9);
    assertTrue(row(11).published().invocation_ns().isEmpty(), "0.05 TOPS has one digit");
  }

  @Test
  void areasOfOneDigitAndOfProcessorsAreVoidWithTheReason() {
    for (int number : new int[] {94, 46, 48, 51, 24}) {
      SurveyRow row = row(number);
      assertTrue(row.published().area_um2().isEmpty(), "row " + number);
      assertTrue(
          row.published().voids().stream()
              .anyMatch(v -> v.quantity() == SurveyQuantity.AREA && !v.reason().isEmpty()),
          "row " + number);
    }
    assertEquals(1, SurveyTable.digits("0.009"));
    assertEquals(2, SurveyTable.digits("0.84"));
    assertEquals(3, SurveyTable.digits("1.20"));
  }

  @Test
  void titlesWithARangeOrSparsityAreBestCases() {
    assertTrue(row(115).bestCase().isPresent());
    assertTrue(row(110).bestCase().isEmpty());
    long rows = SurveyTable.rows().stream().filter(r -> r.bestCase().isPresent()).count();
    assertEquals(13, rows);
  }

  @Test
  void changesToTheSurveyAreNamed() {
    assertEquals(28, row(143).node_nm());
    assertTrue(row(143).remark().startsWith("node_nm: 28"));
    assertTrue(row(47).supply_V().isEmpty());
    assertTrue(row(47).remark().startsWith("supply_V: "));
  }

  @Test
  void quotedCellsHoldCommasAndQuotes() {
    assertEquals(
        List.of(List.of("a", "b, \"c\"", ""), List.of("1", "", "2")),
        SurveyTable.cells("a,\"b, \"\"c\"\"\",\r\n1,,2"));
  }

  /** 128 converters of 16 columns each before an array of 128, and seven others alike. */
  @Test
  void countsThatContradictEachOtherAreKnown() {
    assertEquals(
        List.of(22, 79, 81, 94, 107, 115, 126, 143),
        SurveyTable.rows().stream()
            .filter(row -> row.array().hasMoreInputsThanColumns())
            .map(SurveyRow::row)
            .toList());
    assertEquals(Optional.of("title: Current-Based"), row(20).heldBitline());
    assertEquals(Optional.of("survey: compute IS, summed currents"), row(33).heldBitline());
    assertTrue(row(14).heldBitline().isEmpty());
    assertTrue(row(40).heldBitline().isEmpty(), "resistive cells are always held");
  }
}
