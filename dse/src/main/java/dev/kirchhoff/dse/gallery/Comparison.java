package dev.kirchhoff.dse.gallery;

import dev.kirchhoff.arch.spec.Dimension;
import java.util.Optional;
import java.util.Set;

/**
 * A published value and ours.
 *
 * @param row id of its row
 * @param of level or part
 * @param name metric, or {@code areaShares.readout}
 * @param when settings that were changed, in words, or empty
 * @param published published value, in the coherent unit
 * @param ours our value
 * @param kind how they are compared
 * @param basis what the row says of itself
 */
public record Comparison(
    String row,
    String of,
    String name,
    String when,
    double published,
    double ours,
    Kind kind,
    Basis basis) {
  private static final double AIM_SAME_CHIP = 0.10;
  private static final double AIM_NEW_CHIP = 0.30;
  private static final double ROUNDING = 1e-9;

  /**
   * Rule by which two values are compared.
   *
   * @param dimension what they measure
   * @param isShare by their difference, else by their ratio
   * @param counts whether the value enters the error of the summary
   * @param within what is allowed: of shares their difference, else 0.3 is a factor of 1.3 either
   *     way
   */
  public record Kind(Dimension dimension, boolean isShare, boolean counts, double within) {}

  /**
   * Statements of a row about itself.
   *
   * @param role calibrated, predicted or given
   * @param differsIn what a predicted row differs in from what was fitted
   * @param areaScope circuits that a published area includes, or empty
   * @param note why it may be off, or empty
   */
  public record Basis(
      Role role, Set<Difference> differsIn, Optional<AreaScope> areaScope, String note) {
    public Basis {
      differsIn = Set.copyOf(differsIn);
    }
  }

  /** Groups of the summary. */
  public enum Group {
    /** A factor of the circuit's family was fitted on it. */
    CALIBRATED("calibrated"),
    /** Only voltage, precision, data or the number of cores differ from what was fitted. */
    SAME_CHIP("predicted, same chip at another setting"),
    /** Another chip of calibrated families, or another quantity of one of theirs. */
    NEW_CHIP("predicted, new chip or quantity"),
    /** It follows from what the spec states or from other values, and counts in no error. */
    GIVEN("given, in no error");

    private final String sentence;

    Group(String sentence) {
      this.sentence = sentence;
    }

    /** Description of the comparison. */
    public String sentence() {
      return sentence;
    }
  }

  /** The group of the summary that it belongs to. */
  public Group group() {
    if (basis.role() == Role.CALIBRATED) {
      return Group.CALIBRATED;
    }
    if (basis.role() == Role.GIVEN) {
      return Group.GIVEN;
    }
    boolean isNew =
        basis.differsIn().contains(Difference.CHIP)
            || basis.differsIn().contains(Difference.QUANTITY);
    return isNew ? Group.NEW_CHIP : Group.SAME_CHIP;
  }

  /** True if it enters the error of its group: a cost, a time or a rate that models predict. */
  public boolean counts() {
    return kind.counts() && basis.role() != Role.GIVEN;
  }

  /** True if the models have an aim for it: all rows but given ones. */
  public boolean isAimed() {
    return basis.role() != Role.GIVEN;
  }

  /** ours / published − 1, or the difference of shares. */
  public double error() {
    return kind.isShare() ? ours - published : ours / published - 1;
  }

  /** True if it is within its tolerance. */
  public boolean met() {
    return isOffByAtMost(kind.within());
  }

  /**
   * True if ours is off by at most a bound. Ratios are judged in both directions alike, |ln(ours /
   * published)| ≤ ln(1 + bound), so that no value near zero passes; shares and levels in dB by the
   * difference, of levels relative to the published one.
   */
  private boolean isOffByAtMost(double bound) {
    return kind.isShare() || kind.dimension() == Dimension.LEVEL
        ? Math.abs(error()) <= bound * (1 + ROUNDING)
        : logError() <= StrictMath.log1p(bound) * (1 + ROUNDING);
  }

  /**
   * Aim of the models: 10 % (or points) where something was fitted on this chip, 30 % for another
   * chip or quantity. A row may allow more; it is then beyond the aim, and said so.
   */
  public double aim() {
    return kind.isShare() || group() != Group.NEW_CHIP ? AIM_SAME_CHIP : AIM_NEW_CHIP;
  }

  /** True if it is off by more than the aim, whatever its row allows; never for given rows. */
  public boolean isBeyondAim() {
    return isAimed() && !isOffByAtMost(aim());
  }

  /** |ln(ours / published)|; infinite where one of them is not above zero. */
  public double logError() {
    return ours > 0 && published > 0
        ? Math.abs(StrictMath.log(ours / published))
        : Double.POSITIVE_INFINITY;
  }
}
