package dev.kirchhoff.dse.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.peripherals.FitCoverage;
import dev.kirchhoff.peripherals.Prices;
import dev.kirchhoff.peripherals.calibration.FittedChip;
import dev.kirchhoff.peripherals.calibration.FittedChips;
import dev.kirchhoff.peripherals.calibration.FittedFactors;
import dev.kirchhoff.peripherals.calibration.OperatingPoint;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** Families whose chips were compared and have no factor of their own on energy. */
  private static final Set<CircuitFamily> ASKED =
      Set.of(CircuitFamily.ADDER_TREE, CircuitFamily.FLASH);

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

  /** At most one factor a quantity of a family, over three designs at least, none with its own. */
  @Test
  void factorsOfTheCatalogueRestOnThreeChipsAtLeast() throws Exception {
    Set<String> seen = new HashSet<>();
    for (FittedFactor factor : FittedFactors.all()) {
      String name = factor.family().word() + " " + factor.quantity().word();
      assertTrue(seen.add(name), name + " is fitted twice");
      assertFalse(factor.reason().isEmpty(), name + " has no reason");
      assertTrue(Set.copyOf(factor.fittedOn()).size() >= 3, name + " is no median");
      for (String design : factor.fittedOn()) {
        GalleryChip chip = read(spec(design));
        assertTrue(chip.families().contains(factor.family()), design + " has no " + name);
        assertTrue(
            chip.ownFactors().stream().noneMatch(own -> isSame(own, factor)),
            design + " is part of a median and has a factor of its own: " + name);
        if (factor.quantity() == Quantity.ENERGY) {
          assertEquals(Comparison.Group.NEW_CHIP, headline(chip).group(), design);
        }
      }
    }
  }

  /**
   * A chip asks for the factor f at which ours is what was published: energies are linear in it, E
   * = a + b f, so that f = 1 + (1 - E1)/(E2 - E1) of E1 and E2, ours over published at factors of 1
   * and 2. The median of an even number is the geometric mean of the two in the middle.
   */
  @Test
  void factorsOfTheCatalogueAreMedians() throws Exception {
    for (FittedFactor factor : FittedFactors.all()) {
      assertEquals(Quantity.ENERGY, factor.quantity(), "extend this test to other quantities");
      double[] asked = new double[factor.fittedOn().size()];
      for (int i = 0; i < asked.length; i++) {
        String design = factor.fittedOn().get(i);
        asked[i] = asked(design, factor.family());
      }
      Arrays.sort(asked);
      int half = asked.length / 2;
      double median =
          asked.length % 2 == 1 ? asked[half] : Math.sqrt(asked[half - 1] * asked[half]);
      assertEquals(1, factor.factor() / median, 0.05, factor.family() + Arrays.toString(asked));
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

  /** Every chip with a factor on energy, or behind one, at the setting of its spec. */
  @Test
  void chipsBehindFactorsStandWithTheirSettings() throws Exception {
    Map<String, FittedChip> table = new TreeMap<>();
    for (FittedChip chip : FittedChips.all()) {
      assertNull(table.put(chip.family().word() + " " + chip.design(), chip), chip.toString());
    }
    Set<String> expected = new TreeSet<>();
    for (FittedFactor factor : FittedFactors.all()) {
      factor.fittedOn().forEach(design -> expected.add(factor.family().word() + " " + design));
    }
    List<String> drifted = new ArrayList<>();
    for (String file : Gallery.specs(DESIGNS)) {
      Design design = design(file);
      String id = GalleryChip.id(file);
      for (FitCoverage standing : Prices.of(design).fitCoverage()) {
        CircuitFamily family = standing.family().orElseThrow();
        String key = family.word() + " " + id;
        Optional<Double> own =
            design.calibration().stream()
                .filter(f -> f.family() == family && f.quantity() == Quantity.ENERGY)
                .map(FittedFactor::factor)
                .findFirst();
        boolean isCompared = ASKED.contains(family) && isSensitive(id, family);
        if (own.isPresent() || isCompared) {
          expected.add(key);
        }
        if (!expected.contains(key)) {
          continue;
        }
        assertNotEquals(FitCoverage.Grade.EXTRAPOLATED, standing.grade(), key);
        double asks = own.isPresent() ? own.get() : asked(id, family);
        FittedChip row = table.get(key);
        if (row == null || Math.abs(row.asks() / asks - 1) > 0.05 || !isAt(row, standing)) {
          drifted.add(key + " asks for " + asks + " at " + standing.at());
        }
      }
    }
    assertEquals(List.of(), drifted);
    assertEquals(expected, table.keySet());
  }

  private static boolean isAt(FittedChip row, FitCoverage standing) {
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

  private static boolean isSame(FittedFactor a, FittedFactor b) {
    return a.family() == b.family() && a.quantity() == b.quantity();
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

  /** A family that draws less than a tenth of a chip's energy cannot be told by its total. */
  private boolean isSensitive(String design, CircuitFamily family) throws Exception {
    double one = energyOverPublished(design, family, 1);
    return energyOverPublished(design, family, 2) / one > 1.1;
  }

  private double asked(String design, CircuitFamily family) throws Exception {
    double one = energyOverPublished(design, family, 1);
    double two = energyOverPublished(design, family, 2);
    return 1 + (1 - one) / (two - one);
  }

  private double energyOverPublished(String design, CircuitFamily family, double factor)
      throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("other.yaml"),
            "kirchhoff: 1\nextends: "
                + Path.of(spec(design)).toAbsolutePath().normalize()
                + "\ncalibration: [{family: "
                + family.word()
                + ", quantity: energy, factor: "
                + factor
                + ", fittedOn: [nothing]}]\n");
    Comparison value = headline(read(file.toString()));
    return value.published() / value.ours();
  }
}
