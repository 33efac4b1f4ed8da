package dev.kirchhoff.dse.survey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.dse.gallery.Comparison;
import dev.kirchhoff.dse.gallery.GalleryChip;
import dev.kirchhoff.peripherals.calibration.FittedFactors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveySpecTest {
  @TempDir private Path folder;

  private static String text(int row) {
    return SurveySpec.of(SurveyTableTest.row(row)).text();
  }

  private static void has(int row, String... words) {
    for (String word : words) {
      assertTrue(text(row).contains(word), word + " is missing in\n" + text(row));
    }
  }

  /** The families were fixed before anything was compared; a chip that moves is a new rule. */
  @Test
  void familiesHoldTheseChips() {
    Map<SurveyFamily, Set<Integer>> chips = new EnumMap<>(SurveyFamily.class);
    for (SurveyRow row : SurveyTable.rows()) {
      chips.computeIfAbsent(SurveyFamily.of(row), f -> new TreeSet<>()).add(row.chip());
    }
    assertEquals(
        Set.of(28, 63, 64, 73, 93, 102, 136, 138, 139, 177, 202), chips.get(SurveyFamily.DIGITAL));
    assertEquals(Set.of(5, 16, 34, 36, 44, 77, 78, 79, 89, 124), chips.get(SurveyFamily.CHARGE));
    assertEquals(Set.of(29, 31, 39, 57), chips.get(SurveyFamily.RESISTIVE_SENSE));
    assertEquals(
        Set.of(30, 38, 40, 41, 49, 61, 72, 74), chips.get(SurveyFamily.RESISTIVE_CONVERTER));
    assertEquals(20, chips.get(SurveyFamily.BITLINE).size());
  }

  /** Eight banks of 1024 x 512: 64 codes of 8 columns each, so 8 invocations of 4.9 ns a pass. */
  @Test
  void aResistiveMacroSharesItsSenseAmplifiers() {
    has(
        41,
        "precision: {weights: 1, inputs: 1}",
        "readout: {kind: senseAmplifier, bits: 3, columnsPerAdc: 8}\n    sampleHold: none",
        "crossbar: {perPe: 8, rows: 1024, columns: 512, rowsActive: 4, weights: {encoding: offset}}",
        "passTime: 39.2 ns",
        "when: {crossbar.passTime: 39.2 ns}, TOPS/W: 395,");
  }

  /** 64 products of 4 bits in 64 codes: 16,384 of 65,536 cells, so four banks behind them. */
  @Test
  void aDigitalMacroHasTheRestOfItsCellsBehindThem() {
    has(
        81,
        "input: {encoding: bitSerial, bitsPerPulse: 4}",
        "readout: adderTree",
        "crossbar: {perPe: 8, rows: 64, columns: 256, weights: {encoding: offset, combine: weight}}",
        "banks: 4",
        "TOPS/W: 253.5");
  }

  @Test
  void ternaryWeightsAreAPairAndXnorCellsARowEach() {
    has(7, "precision: {weights: 2, inputs: 7}", "weights: {encoding: differential}");
    has(53, "rows: 128, columns: 64", "weights: {encoding: xnor}");
  }

  @Test
  void factorsOfTheCatalogueAreOne() {
    for (FittedFactor factor : FittedFactors.all()) {
      has(
          110,
          "{family: "
              + factor.family().word()
              + ", quantity: "
              + factor.quantity().word()
              + ", factor: 1,");
    }
  }

  /** TOPS of the stated time are the operations of the table: the rule kept the geometry. */
  @Test
  void everySpecIsAcceptedAndDoesTheOperationsOfItsRow() throws Exception {
    int specs = 0;
    Set<Integer> chips = new TreeSet<>();
    for (SurveyRow row : SurveyTable.rows()) {
      if (SurveySpec.gap(row).isPresent()) {
        continue;
      }
      SurveySpec spec = SurveySpec.of(row);
      Path file = Files.writeString(folder.resolve(spec.name()), spec.text());
      GalleryChip chip = GalleryChip.read(file.toString(), SpecEnvironment.of(new FileSources()));
      for (Comparison value : chip.comparisons().values()) {
        if (value.row().equals(SurveySpec.THROUGHPUT)) {
          assertTrue(value.met(), "row " + row.row() + " " + value.error());
        }
      }
      specs++;
      chips.add(row.chip());
    }
    assertEquals(64, specs);
    assertEquals(51, chips.size());
  }
}
