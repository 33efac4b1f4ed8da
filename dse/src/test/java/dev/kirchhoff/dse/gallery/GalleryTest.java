package dev.kirchhoff.dse.gallery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.dse.design.FileSources;
import dev.kirchhoff.dse.design.SpecEnvironment;
import dev.kirchhoff.peripherals.calibration.FittedFactors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The chips of {@code designs/} keep to what their specs allow. */
class GalleryTest {
  private static final Path DESIGNS = Path.of("..", "designs");

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
  void everyChipSaysWhereItComesFromAndExplainsWhatIsBeyondTwice() throws Exception {
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
  void everyAreaSaysWhatItIncludesAndNoneIsLeftOutWithoutAReason() throws Exception {
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

  /** At most one factor a quantity of a family, on designs that exist. */
  @Test
  void fittedFactorsAreFewAndSayOnWhatTheyWereFitted() {
    Set<String> seen = new HashSet<>();
    for (FittedFactor factor : FittedFactors.all()) {
      String name = factor.family().word() + " " + factor.quantity().word();
      assertTrue(seen.add(name), name + " is fitted twice");
      assertFalse(factor.reason().isEmpty(), name + " has no reason");
      assertFalse(factor.fittedOn().isEmpty(), name + " was fitted on nothing");
      for (String design : factor.fittedOn()) {
        assertTrue(Files.exists(DESIGNS.resolve(design).resolve(Gallery.SPEC)), design);
      }
    }
  }
}
