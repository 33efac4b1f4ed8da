package dev.kirchhoff.dse.report;

import dev.kirchhoff.dse.gallery.AreaScope;
import dev.kirchhoff.dse.gallery.Comparison;
import dev.kirchhoff.dse.gallery.Difference;
import java.util.List;
import java.util.Optional;

/**
 * A published value beside ours, in coherent units (fJ, ns, um2, uW).
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
    boolean beyondAim) {

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
        value.isBeyondAim());
  }

  private static Optional<String> text(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
