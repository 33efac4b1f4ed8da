package dev.kirchhoff.dse.gallery;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.peripherals.Families;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A chip with published values.
 *
 * @param id name of its folder in the gallery, or its file's without ending
 * @param name what the spec calls it
 * @param note what the spec says of it, or empty
 * @param isTable a component table: its parts' figures are given, so that it checks sums, no model
 * @param comparisons published values beside ours
 * @param families circuit families that it has parts of
 * @param ownFactors fitted factors that its spec states itself
 */
public record GalleryChip(
    String id,
    String name,
    String note,
    boolean isTable,
    Comparisons comparisons,
    Set<CircuitFamily> families,
    List<FittedFactor> ownFactors) {

  /** Share of area and power that must be given for a chip to be a component table. */
  private static final double TABLE_SHARE = 0.95;

  public GalleryChip {
    families = Set.copyOf(families);
    ownFactors = List.copyOf(ownFactors);
  }

  /**
   * Reads and compares a chip.
   *
   * @throws SpecException with all mistakes of the spec and of its {@code expect}
   */
  public static GalleryChip read(String file, DesignSpec.Environment environment)
      throws SpecException {
    DesignSpec spec = load(file, environment);
    Design design = spec.newBinder().bind(spec.tree().start());
    EvaluatedDesign evaluated = new Evaluator().evaluated(design);
    return new GalleryChip(
        id(file),
        spec.name(),
        text(spec, "note").orElse(""),
        new DesignFigures(evaluated).givenShare() >= TABLE_SHARE,
        Comparisons.of(spec, () -> evaluated, environment),
        Families.of(evaluated.prices(), design.chip()),
        design.calibration());
  }

  private static DesignSpec load(String file, DesignSpec.Environment environment)
      throws SpecException {
    try {
      return DesignSpec.load(file, List.of(), List.of(), environment);
    } catch (SpecException e) {
      throw ExpectProblems.with(e, file, environment);
    }
  }

  private static Optional<String> text(DesignSpec spec, String key) {
    return spec.tree().root().get(key) instanceof Value.Word word
        ? Optional.of(word.text())
        : Optional.empty();
  }

  /** {@code designs/isaac-isca-2016/spec.yaml} is isaac-isca-2016. */
  static String id(String file) {
    String path = file.replace('\\', '/').replaceAll("\\.(yaml|yml|json)$", "");
    String[] names = path.split("/");
    boolean inFolder = names.length > 1 && names[names.length - 1].equals("spec");
    return inFolder ? names[names.length - 2] : names[names.length - 1];
  }
}
