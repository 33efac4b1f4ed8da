package dev.kirchhoff.dse.gallery;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.JointDraws;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Quantile;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Setting;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.spec.Value;
import dev.kirchhoff.mapper.evaluate.ErrorShares;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.peripherals.Families;
import java.util.Arrays;
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
 * @param plain the same without the factors that its spec states
 * @param productBits bits of a weight times bits of an input
 * @param drawn 80 % of the joint draws of its TOPS/W without factors, relative to the nominal one
 * @param families circuit families that it has parts of
 * @param ownFactors fitted factors that its spec states itself
 */
public record GalleryChip(
    String id,
    String name,
    String note,
    boolean isTable,
    Comparisons comparisons,
    Comparisons plain,
    double productBits,
    Band drawn,
    Set<CircuitFamily> families,
    List<FittedFactor> ownFactors) {

  /** Share of area and power that must be given for a chip to be a component table. */
  private static final double TABLE_SHARE = 0.95;

  private static final JointDraws DRAWS = JointDraws.of(1);
  private static final List<Setting> NO_FACTORS =
      List.of(new Setting("calibration", "[]", "validate"));

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
    Comparisons comparisons = Comparisons.of(spec, () -> evaluated, environment);
    EvaluatedDesign plain = evaluated;
    Comparisons plainly = comparisons;
    if (!design.calibration().isEmpty()) {
      DesignSpec without = DesignSpec.load(file, NO_FACTORS, List.of(), environment);
      EvaluatedDesign unfitted =
          new Evaluator().evaluated(without.newBinder().bind(without.tree().start()));
      plain = unfitted;
      plainly = Comparisons.of(without, NO_FACTORS, () -> unfitted, environment);
    }
    return new GalleryChip(
        id(file),
        spec.name(),
        text(spec, "note").orElse(""),
        new DesignFigures(evaluated).givenShare() >= TABLE_SHARE,
        comparisons,
        plainly,
        design.widest().weights() * design.widest().inputs(),
        drawn(plain),
        Families.of(evaluated.prices(), design.chip()),
        design.calibration());
  }

  /** The ends of four fifths of the draws of TOPS/W. */
  private static Band drawn(EvaluatedDesign evaluated) {
    ErrorShares shares = ErrorShares.of(evaluated);
    double[][] factors = shares.sources().stream().map(DRAWS::factors).toArray(double[][]::new);
    double[] now = new double[factors.length];
    double[] ratios = new double[DRAWS.count()];
    Totals scratch = shares.copy();
    double nominal = shares.nominal().value(Metric.PEAK_TOPS_PER_W);
    for (int draw = 0; draw < ratios.length; draw++) {
      for (int k = 0; k < now.length; k++) {
        now[k] = factors[k][draw];
      }
      shares.draw(now, scratch);
      ratios[draw] = scratch.value(Metric.PEAK_TOPS_PER_W) / nominal;
    }
    Arrays.sort(ratios);
    return new Band(Quantile.of(ratios, 0.1), 1, Quantile.of(ratios, 0.9));
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
