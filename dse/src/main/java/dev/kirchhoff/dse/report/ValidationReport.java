package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.gallery.Comparison;
import dev.kirchhoff.dse.gallery.Comparisons;
import dev.kirchhoff.dse.gallery.ErrorSummary;
import dev.kirchhoff.dse.gallery.GalleryChip;
import dev.kirchhoff.dse.gallery.Omission;
import dev.kirchhoff.dse.gallery.Predictions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Validation against published chips as {@code validate --json} prints it.
 *
 * @param version version of the models
 * @param chips chips with their values
 * @param summary errors of all chips by group
 */
public record ValidationReport(String version, List<Chip> chips, Summary summary) {

  /**
   * A chip.
   *
   * @param componentTable whether its figures are given, so that it checks sums
   * @param omissions published figures that are not compared
   * @param missedLimits limits of circuits that it misses as described
   * @param summary its error
   * @param ownFactors fitted factors that its spec states itself
   * @param families circuit families that it has parts of
   * @param note remark of its spec on the chip
   */
  public record Chip(
      String id,
      String name,
      boolean componentTable,
      List<ComparisonReport> values,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Omission> omissions,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MissedLimit> missedLimits,
      ErrorSummary summary,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Factor> ownFactors,
      List<String> families,
      Optional<String> note) {

    static Chip of(GalleryChip chip) {
      return new Chip(
          chip.id(),
          chip.name(),
          chip.isTable(),
          chip.comparisons().values().stream().map(ComparisonReport::of).toList(),
          chip.comparisons().omissions(),
          chip.comparisons().missedLimits().stream().map(MissedLimit::of).toList(),
          ErrorSummary.of(List.of(chip), c -> true),
          chip.ownFactors().stream().map(Factor::of).toList(),
          chip.families().stream().map(CircuitFamily::word).sorted().toList(),
          chip.note().isEmpty() ? Optional.empty() : Optional.of(chip.note()));
    }
  }

  /**
   * A limit of circuits that a published chip misses as described.
   *
   * @param when settings that were changed; absent for the chip as it is
   * @param limit the limit in words
   * @param amount by how much
   * @param unit unit of the amount
   */
  public record MissedLimit(Optional<String> when, String limit, double amount, String unit) {
    static MissedLimit of(Comparisons.MissedLimit missed) {
      return new MissedLimit(
          missed.when().isEmpty() ? Optional.empty() : Optional.of(missed.when()),
          missed.limit().sentence(),
          missed.amount(),
          missed.limit().unit());
    }
  }

  /**
   * Errors of all chips.
   *
   * @param rankCorrelation rank correlation of TOPS/W over chips; absent for fewer than three
   * @param ranked chips that have a TOPS/W
   * @param predictions predictions of TOPS/W where nothing was fitted; absent for fewer than three
   */
  public record Summary(
      ErrorSummary all,
      ErrorSummary calibrated,
      ErrorSummary sameChip,
      ErrorSummary newChip,
      Given given,
      SharePoints shares,
      OptionalDouble rankCorrelation,
      int ranked,
      Optional<Predictions> predictions) {

    static Summary of(List<GalleryChip> chips) {
      ErrorSummary.Shares shares = ErrorSummary.shares(chips);
      return new Summary(
          ErrorSummary.of(chips, c -> true),
          group(chips, Comparison.Group.CALIBRATED),
          group(chips, Comparison.Group.SAME_CHIP),
          group(chips, Comparison.Group.NEW_CHIP),
          new Given(ErrorSummary.given(chips)),
          new SharePoints(shares.values(), shares.mean() * 100, shares.largest() * 100),
          ErrorSummary.rankCorrelation(chips),
          ErrorSummary.ranked(chips).size(),
          Predictions.of(chips));
    }

    private static ErrorSummary group(List<GalleryChip> chips, Comparison.Group group) {
      return ErrorSummary.of(chips, c -> c.group() == group);
    }
  }

  /** Number of values that follow from the specs. */
  public record Given(int values) {}

  /** Differences of shares, in points. */
  public record SharePoints(int values, double meanPoints, double largestPoints) {}

  /** A fitted factor of a family of circuits. */
  public record Factor(
      String family, String quantity, double factor, String reason, List<String> fittedOn) {

    static Factor of(FittedFactor factor) {
      return new Factor(
          factor.family().word(),
          factor.quantity().word(),
          factor.factor(),
          factor.reason(),
          factor.fittedOn());
    }
  }

  /** True if every value is within its tolerance. */
  public boolean allMet() {
    return chips.stream().flatMap(chip -> chip.values().stream()).allMatch(ComparisonReport::met);
  }

  /** The report of some chips. */
  public static ValidationReport of(List<GalleryChip> chips) {
    return new ValidationReport(
        ModelVersion.text(), chips.stream().map(Chip::of).toList(), Summary.of(chips));
  }
}
