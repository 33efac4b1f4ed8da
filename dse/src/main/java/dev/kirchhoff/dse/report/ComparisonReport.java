package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.dse.gallery.AreaScope;
import dev.kirchhoff.dse.gallery.Comparison;
import dev.kirchhoff.dse.gallery.Difference;
import dev.kirchhoff.dse.gallery.Role;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A published value and ours, in coherent units (fJ, ns, um2, uW).
 *
 * @param row id of the row of {@code expect}
 * @param of level or part
 * @param name metric, or {@code areaShares.readout}
 * @param when settings that were changed, in words
 * @param error ours over published less 1, or the difference of shares
 * @param within allowed error
 * @param share whether it is compared by a difference
 * @param role calibrated, predicted or given
 * @param differsIn differences of a predicted row from what was fitted
 * @param areaScope circuits that a published area includes
 * @param note reason why it may be off
 * @param met whether the error is allowed
 * @param aim error that the models aim at
 * @param beyondAim whether the error is larger
 * @param group group of the summary: calibrated, same_chip, new_chip or given
 * @param counts whether it enters the error of its group
 * @param dimension dimension of both values, for printing
 * @param hasFactor whether an error beyond a factor of two is printed as that factor
 */
public record ComparisonReport(
    String row,
    String of,
    String name,
    Optional<String> when,
    double published,
    double ours,
    double error,
    double within,
    boolean share,
    String role,
    List<String> differsIn,
    Optional<String> areaScope,
    Optional<String> note,
    boolean met,
    double aim,
    boolean beyondAim,
    String group,
    boolean counts,
    @JsonIgnore Dimension dimension,
    @JsonIgnore boolean hasFactor) {
  /** Logarithm of the factor beyond which an error is printed as a factor and needs a reason. */
  public static final double EXPLAINED_BEYOND = StrictMath.log(2);

  /** The report of a comparison. */
  public static ComparisonReport of(Comparison value) {
    return new ComparisonReport(
        value.row(),
        value.of(),
        value.name(),
        text(value.when()),
        value.published(),
        value.ours(),
        value.error(),
        value.kind().within(),
        value.kind().isShare(),
        value.basis().role().word(),
        value.basis().differsIn().stream().sorted().map(Difference::word).toList(),
        value.basis().areaScope().map(AreaScope::word),
        text(value.basis().note()),
        value.met(),
        value.aim(),
        value.isBeyondAim(),
        value.group().name().toLowerCase(Locale.ROOT),
        value.counts(),
        value.kind().dimension(),
        value.kind().counts());
  }

  /** True if the models have an aim for it: all rows but given ones. */
  @JsonIgnore
  public boolean isAimed() {
    return !role.equals(Role.GIVEN.word());
  }

  /** |ln(ours / published)|; infinite where one of them is not above zero. */
  public double logError() {
    return ours > 0 && published > 0
        ? Math.abs(StrictMath.log(ours / published))
        : Double.POSITIVE_INFINITY;
  }

  /** True if it is a cost, a time or a rate off by more than a factor of two. */
  @JsonIgnore
  public boolean isBeyondTwice() {
    return counts && logError() > EXPLAINED_BEYOND;
  }

  private static Optional<String> text(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
