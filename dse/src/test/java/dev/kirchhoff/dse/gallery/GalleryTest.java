package dev.kirchhoff.dse.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.calibration.OperatingPoint;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.peripherals.FitCoverage;
import dev.kirchhoff.peripherals.Prices;
import dev.kirchhoff.peripherals.calibration.ComparedChip;
import dev.kirchhoff.peripherals.calibration.ComparedChips;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The chips of {@code designs/} keep to what their specs allow. */
class GalleryTest {
  private static final Path DESIGNS = Path.of("..", "designs");

  @TempDir private Path folder;

  private static GalleryChip read(String spec) throws Exception {
    return GalleryChip.read(spec, SpecEnvironment.of(new FileSources()));
  }

  private static Comparison value(GalleryChip chip, String row, String name) {
    return chip.comparisons().values().stream()
        .filter(v -> v.row().equals(row) && v.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @TestFactory
  Stream<DynamicTest> everyChipIsWithinWhatItsSpecAllows() {
    return Gallery.specs(DESIGNS).stream()
        .map(
            spec ->
                DynamicTest.dynamicTest(
                    GalleryChip.id(spec),
                    () -> {
                      GalleryChip chip = read(spec);
                      assertFalse(chip.comparisons().values().isEmpty(), "expects nothing");
                      List<String> missed =
                          chip.comparisons().values().stream()
                              .filter(v -> !v.met())
                              .map(v -> v.row() + " " + v.name() + " " + v.error())
                              .toList();
                      assertEquals(List.of(), missed);
                    }));
  }

  @Test
  void everyChipStatesItsSourceAndExplainsErrorsBeyondTwice() throws Exception {
    List<String> specs = Gallery.specs(DESIGNS);
    assertTrue(specs.size() >= 2, specs.toString());
    for (String spec : specs) {
      Path source = Path.of(spec).resolveSibling(Gallery.SOURCE);
      assertTrue(Files.exists(source), source + " is missing");
      assertTrue(Files.readString(source).contains("## Fitted"), source + " says nothing of fits");
      GalleryChip chip = read(spec);
      for (Comparison value : chip.comparisons().values()) {
        boolean far = value.kind().counts() && value.logError() > StrictMath.log(2);
        assertFalse(
            far && value.basis().note().isEmpty() && chip.note().isEmpty(),
            chip.id() + " " + value.row() + " " + value.name() + " is off by more than 2x");
      }
    }
  }

  @Test
  void everyAreaStatesItsScopeAndNoneIsOmittedWithoutAReason() throws Exception {
    for (String spec : Gallery.specs(DESIGNS)) {
      GalleryChip chip = read(spec);
      if (chip.isTable()) {
        continue;
      }
      List<Comparison> areas =
          chip.comparisons().values().stream().filter(v -> v.name().equals("area")).toList();
      boolean isLeftOut =
          chip.comparisons().omissions().stream().anyMatch(o -> o.name().equals("area"));
      assertTrue(isLeftOut != !areas.isEmpty(), chip.id() + " says nothing of its area");
      areas.forEach(area -> assertTrue(area.basis().areaScope().isPresent(), chip.id()));
    }
  }

  @Test
  void throughputOfAStatedTimeIsGiven() throws Exception {
    for (String chip : List.of("papistas-cicc-2021", "liu-isscc-2020", "deaville-esscirc-2021")) {
      Comparison tops =
          value(read(DESIGNS.resolve(chip + "/spec.yaml").toString()), "time", "TOPS");
      assertEquals(Comparison.Group.GIVEN, tops.group());
      assertFalse(tops.counts() || tops.isBeyondAim());
    }
  }

  @Test
  void sumsOfComponentTablesClose() throws Exception {
    GalleryChip isaac = read(DESIGNS.resolve("isaac-isca-2016/spec.yaml").toString());
    assertTrue(isaac.isTable());
    isaac.comparisons().values().forEach(v -> assertTrue(Math.abs(v.error()) <= 0.01, v.name()));
    GalleryChip puma = read(DESIGNS.resolve("puma-asplos-2019/spec.yaml").toString());
    assertTrue(puma.isTable());
    // 0.25 + 1.52 + 0.477 + 2 x 19.09 + 1.9 + 0.055 mW.
    assertEquals(42.382e3, value(puma, "core power", "power").ours(), 1e-6);
    assertEquals(373.466e3, value(puma, "tile power", "power").ours(), 1e-6);
    assertEquals(0, value(puma, "tile area", "area").error(), 0.03);
  }

  /** Bounds beyond the rule come from a series, so that none is set to what a row reaches. */
  @Test
  void boundsBeyondTheRuleAreOfASeries() throws Exception {
    List<Double> factors =
        List.of(1.2, 1.3, 1.4, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0, 15.0, 20.0);
    for (String file : Gallery.specs(DESIGNS)) {
      for (Comparison value : read(file).comparisons().values()) {
        double within = value.kind().within();
        assertTrue(
            within <= 0.1 || factors.stream().anyMatch(f -> Math.abs(f - 1 - within) < 1e-9),
            file + " " + value.row() + " allows " + within);
      }
    }
  }

  /**
   * Factors from one chip do not apply to others: each stands in that chip's spec and names that
   * chip alone.
   */
  @Test
  void factorsOfOneChipStandInItsSpecAndItsRowsAreCalibrated() throws Exception {
    for (String file : Gallery.specs(DESIGNS)) {
      GalleryChip chip = read(file);
      boolean isCalibrated =
          chip.comparisons().values().stream()
              .anyMatch(v -> v.group() == Comparison.Group.CALIBRATED);
      assertTrue(
          chip.isTable() || isCalibrated != chip.ownFactors().isEmpty(),
          chip.id() + " has calibrated rows without factors, or factors without such rows");
      String source = Files.readString(Path.of(file).resolveSibling(Gallery.SOURCE));
      String fitted = source.substring(source.indexOf("## Fitted"));
      for (FittedFactor own : chip.ownFactors()) {
        assertEquals(List.of(chip.id()), own.fittedOn(), chip.id());
        assertFalse(own.reason().isEmpty(), chip.id() + " has a factor without a reason");
        assertTrue(
            fitted.contains("`" + own.family().word() + "`"),
            chip.id() + "/SOURCE.md does not say what was fitted of " + own.family().word());
        String value =
            new BigDecimal(Double.toString(own.factor())).stripTrailingZeros().toPlainString();
        assertTrue(fitted.contains("× " + value), chip.id() + "/SOURCE.md does not say × " + value);
      }
    }
  }

  /**
   * A chip stands in the table under each family that a factor of two on its energy moves by a
   * tenth, with published over modelled energy of its headline and the setting of its spec.
   */
  @Test
  void comparedChipsStandWithTheirRatiosAndSettings() throws Exception {
    Map<String, ComparedChip> table = new TreeMap<>();
    for (ComparedChip chip : ComparedChips.all()) {
      for (CircuitFamily family : chip.families()) {
        assertNull(table.put(family.word() + " " + chip.design(), chip), chip.toString());
      }
    }
    Set<String> expected = new TreeSet<>();
    List<String> drifted = new ArrayList<>();
    for (String file : Gallery.specs(DESIGNS)) {
      String id = GalleryChip.id(file);
      Design design = design(file);
      for (FitCoverage standing : Prices.of(design).fitCoverage()) {
        CircuitFamily family = standing.family().orElseThrow();
        double ratio = energyOverPublished(id, "");
        double twice = energyOverPublished(id, factorOf2(family));
        if (twice / ratio < 1.1) {
          continue;
        }
        String key = family.word() + " " + id;
        expected.add(key);
        boolean isFitted = design.calibration().stream().anyMatch(f -> isEnergyOf(f, family));
        assertEquals(
            isFitted ? FitCoverage.Grade.FITTED : FitCoverage.Grade.UNFITTED,
            standing.grade(),
            key);
        ComparedChip row = table.get(key);
        if (row == null || Math.abs(row.ratio() * ratio - 1) > 0.05 || !isAt(row, standing)) {
          drifted.add(key + ", " + 1 / ratio + " at " + standing.at());
        }
      }
    }
    assertEquals(List.of(), drifted);
    assertEquals(expected, table.keySet());
  }

  private static boolean isEnergyOf(FittedFactor factor, CircuitFamily family) {
    return factor.family() == family && factor.quantity() == Quantity.ENERGY;
  }

  private static boolean isAt(ComparedChip row, FitCoverage standing) {
    return Arrays.stream(OperatingPoint.Axis.values())
        .allMatch(
            axis ->
                axis.of(row.at()).isPresent() == axis.of(standing.at()).isPresent()
                    && Math.abs(axis.of(row.at()).orElse(0) - axis.of(standing.at()).orElse(0))
                        <= 0.01 * axis.of(standing.at()).orElse(0));
  }

  private static Design design(String file) throws Exception {
    DesignSpec spec =
        DesignSpec.load(file, List.of(), List.of(), SpecEnvironment.of(new FileSources()));
    return spec.newBinder().bind(spec.tree().start());
  }

  private static String spec(String design) {
    return DESIGNS.resolve(design).resolve(Gallery.SPEC).toString();
  }

  private static Comparison headline(GalleryChip chip) {
    return chip.comparisons().values().stream()
        .filter(v -> v.name().equals("TOPS/W"))
        .findFirst()
        .orElseThrow();
  }

  private static String factorOf2(CircuitFamily family) {
    return "{family: " + family.word() + ", quantity: energy, factor: 2, fittedOn: [nothing]}";
  }

  /** Modelled over published energy of a chip's headline with these factors and no others. */
  private double energyOverPublished(String design, String factors) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("other.yaml"),
            "kirchhoff: 1\nextends: "
                + Path.of(spec(design)).toAbsolutePath().normalize()
                + "\ncalibration: ["
                + factors
                + "]\n");
    Comparison value = headline(read(file.toString()));
    return value.published() / value.ours();
  }
}
