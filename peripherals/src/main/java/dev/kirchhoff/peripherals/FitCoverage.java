package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.calibration.OperatingPoint;
import dev.kirchhoff.arch.calibration.OperatingPoint.Span;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.calibration.Calibration;
import dev.kirchhoff.peripherals.calibration.ComparedChip;
import dev.kirchhoff.peripherals.calibration.ComparedChips;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Coverage of a part's energy by silicon: whether the spec states a factor of its family, and
 * whether the part's setting lies within the range of those at which that factor was measured, by
 * active rows, read voltage, bits, rate and node. Given figures and models of other tools have
 * none.
 *
 * @param part readout, which stands for its front end too, or array
 * @param family family of its circuits; empty of a circuit of the user's own
 * @param grade fitted, extrapolated or unfitted
 * @param at setting of the part
 * @param fittedOn designs or chips that its factor was fitted on
 * @param outside quantities outside the range of their settings
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
    /** The spec's factor was measured at settings around this one. */
    FITTED,
    /** Some quantity lies outside the settings behind the spec's factor, or none is known. */
    EXTRAPOLATED,
    /** The spec states no factor on energy, or the circuit is of no family. */
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
    List<OperatingPoint> settings =
        Stream.concat(
                factor.get().at().stream(),
                ComparedChips.of(family).stream()
                    .filter(chip -> designs.contains(chip.design()))
                    .map(ComparedChip::at))
            .toList();
    List<Span> outside = at.spans(settings).stream().filter(Span::isOutside).toList();
    boolean isInside = !settings.isEmpty() && outside.isEmpty();
    Grade grade = isInside ? Grade.FITTED : Grade.EXTRAPOLATED;
    return new FitCoverage(part, Optional.of(family), grade, at, designs, outside);
  }

  /** Coverage of a part by a circuit of the user's own. */
  static FitCoverage ofOwn(Part part, OperatingPoint at) {
    return new FitCoverage(part, Optional.empty(), Grade.UNFITTED, at, List.of(), List.of());
  }

  /** Chips that its family was compared with. */
  public List<ComparedChip> chips() {
    return family.map(ComparedChips::of).orElse(List.of());
  }

  /** True if it stands for a part, whose circuits are of a family or of none. */
  boolean covers(Part priced, Optional<CircuitFamily> itsFamily) {
    return family.isPresent() ? family.equals(itsFamily) : part == priced;
  }

  /** True if results that rest on it carry a mark. */
  public boolean isMarked() {
    return grade != Grade.FITTED;
  }

  /** {@code unfitted: 3 chips drew 0.82x to 3.26x of the modelled energy}. */
  public String sentence() {
    return grade.word() + ": " + reason();
  }

  /** The reason for its grade, in words. */
  public String reason() {
    return switch (grade) {
      case FITTED -> "on " + chips(fittedOn.size());
      case EXTRAPOLATED ->
          (outside.isEmpty()
                  ? "calibration states no setting"
                  : outside.stream().map(Span::sentence).collect(Collectors.joining("; ")))
              + " ("
              + chips(fittedOn.size())
              + ")";
      case UNFITTED -> family.map(FitCoverage::ratios).orElse("compared with no chip");
    };
  }

  /** Published over modelled energies of the chips of a family, in words. */
  static String ratios(CircuitFamily family) {
    double[] ratios =
        ComparedChips.of(family).stream().mapToDouble(ComparedChip::ratio).sorted().toArray();
    if (ratios.length == 0) {
      return "no chip of this family";
    }
    String least = Units.brief(ratios[0]) + "x";
    String most = Units.brief(ratios[ratios.length - 1]) + "x";
    return chips(ratios.length)
        + " drew "
        + (ratios.length == 1 ? least : least + " to " + most)
        + " of the modelled energy";
  }

  private static String chips(int number) {
    return number + (number == 1 ? " chip" : " chips");
  }
}
