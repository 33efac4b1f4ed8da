package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.calibration.Calibration;
import dev.kirchhoff.peripherals.calibration.FittedChip;
import dev.kirchhoff.peripherals.calibration.FittedChips;
import dev.kirchhoff.peripherals.calibration.OperatingPoint;
import dev.kirchhoff.peripherals.calibration.OperatingPoint.Span;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Coverage of a part's energy by silicon: whether its family has a fitted factor, and whether the
 * part's setting lies within the range of the chips behind that factor, by active rows, read
 * voltage, bits, rate and node. Given figures and models of other tools have none.
 *
 * @param part readout, which stands for its front end too, or array
 * @param family family of its circuits; empty of a circuit of the user's own
 * @param grade fitted, extrapolated or unfitted
 * @param at setting of the part
 * @param fittedOn designs or chips that its factor was fitted on
 * @param outside quantities outside the range of these chips
 */
public record FitCoverage(
    Part part,
    Optional<CircuitFamily> family,
    Grade grade,
    OperatingPoint at,
    List<String> fittedOn,
    List<Span> outside) {

  /** Grade of coverage. */
  public enum Grade {
    /** Its factor was fitted on chips around its setting. */
    FITTED,
    /** Some quantity lies outside the range of the chips behind its factor. */
    EXTRAPOLATED,
    /** Its family has no factor on energy, or its circuit is of no family. */
    UNFITTED;

    /** Its word. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public FitCoverage {
    fittedOn = List.copyOf(fittedOn);
    outside = List.copyOf(outside);
  }

  /** Coverage of a part by the family of its circuits and its setting. */
  static FitCoverage of(
      Part part, CircuitFamily family, Calibration calibration, OperatingPoint at) {
    Optional<FittedFactor> factor = calibration.fitted(family, Quantity.ENERGY);
    if (factor.isEmpty()) {
      return new FitCoverage(part, Optional.of(family), Grade.UNFITTED, at, List.of(), List.of());
    }
    List<String> designs = factor.get().fittedOn();
    List<FittedChip> chips =
        FittedChips.of(family).stream().filter(c -> designs.contains(c.design())).toList();
    List<Span> outside =
        at.spans(chips.stream().map(FittedChip::at).toList()).stream()
            .filter(Span::isOutside)
            .toList();
    Grade grade = outside.isEmpty() ? Grade.FITTED : Grade.EXTRAPOLATED;
    return new FitCoverage(part, Optional.of(family), grade, at, designs, outside);
  }

  /** Coverage of a part by a circuit of the user's own. */
  static FitCoverage ofOwn(Part part, OperatingPoint at) {
    return new FitCoverage(part, Optional.empty(), Grade.UNFITTED, at, List.of(), List.of());
  }

  /** Chips that its family was compared with. */
  public List<FittedChip> chips() {
    return family.map(FittedChips::of).orElse(List.of());
  }

  /** True if it stands for a part, whose circuits are of a family or of none. */
  boolean covers(Part priced, Optional<CircuitFamily> itsFamily) {
    return family.isPresent() ? family.equals(itsFamily) : part == priced;
  }

  /** True if results that rest on it carry a mark. */
  public boolean isMarked() {
    return grade != Grade.FITTED;
  }

  /** {@code unfitted: no factor of the catalogue; 3 chips ask for 0.82 to 3.26}. */
  public String sentence() {
    return grade.word() + ": " + reason();
  }

  /** The reason for its grade, in words. */
  public String reason() {
    return switch (grade) {
      case FITTED -> "on " + chips(fittedOn.size());
      case EXTRAPOLATED ->
          outside.stream().map(Span::sentence).collect(Collectors.joining("; "))
              + " ("
              + chips(fittedOn.size())
              + ")";
      case UNFITTED -> family.map(FitCoverage::impliedFactors).orElse("compared with no chip");
    };
  }

  /** Factors that measured chips of a family without a fitted factor imply, in words. */
  static String impliedFactors(CircuitFamily family) {
    double[] factors =
        FittedChips.of(family).stream().mapToDouble(FittedChip::asks).sorted().toArray();
    if (factors.length == 0) {
      return "no factor of the catalogue, no chip of this family";
    }
    String least = Units.brief(factors[0]);
    String most = Units.brief(factors[factors.length - 1]);
    return "no factor of the catalogue; "
        + chips(factors.length)
        + (factors.length == 1 ? " asks for " + least : " ask for " + least + " to " + most);
  }

  private static String chips(int number) {
    return number + (number == 1 ? " chip" : " chips");
  }
}
