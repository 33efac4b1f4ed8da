package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.result.ErrorSource;
import dev.kirchhoff.peripherals.array.ProgrammingPrice;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.readout.NoiseTerm;
import dev.kirchhoff.peripherals.sheet.Term;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prices of all actions and parts of a chip: energy per action, area, leakage and instances per
 * part, times. A table depends on circuits and devices alone, never on a layer.
 *
 * <p>Parts with a rated power (given in a spec, everything included) have it as energy per {@link
 * Action#ARRAY_PASS}: the part is charged for the time that the crossbars of its PE or tile are
 * busy, in proportion, so that a chip with every crossbar busy draws exactly count × rated power.
 * {@code energy_fJ(ARRAY_PASS)} does not include these; it is a crossbar's own energy per pass
 * where a spec gives one.
 *
 * <p>Control and clock are inside the prices: energy, area and static power of every modelled part
 * are raised by the chip's control shares, parts with given figures are not. {@link Part#CONTROL}
 * therefore has no instance of its own.
 */
public interface PriceTable extends CrossbarFigures {

  /** The price of a line, in the unit of its quantity. */
  double price(PriceLine line);

  /** The price of a line, explained. */
  Price explain(PriceLine line);

  /** Source of error of a price; none where the spec gives it. */
  default ErrorSource error(PriceLine line) {
    return ErrorSource.NONE;
  }

  /** Energy of one action. */
  default double energy_fJ(Action action) {
    return price(PriceLine.energy(action));
  }

  /**
   * Energy of one crossbar's pass that a part with rated power draws; 0 for parts priced per
   * action.
   */
  default double passEnergy_fJ(Part part) {
    return price(PriceLine.pass(part));
  }

  /** Area of one instance. */
  default double area_um2(Part part) {
    return price(PriceLine.area(part));
  }

  /**
   * Power of one instance that is drawn whether it is busy or not: leakage, bias, refresh, link
   * power.
   */
  default double static_uW(Part part) {
    return price(PriceLine.standing(part));
  }

  /**
   * Instances in one PE, one tile or one chip, by {@link Part#level()}; a tile may have a fraction
   * of a router.
   */
  double instances(Part part);

  /**
   * Items of a part whose instances are separate lines: the parts that the language has no word
   * for. Their sums are the part's prices. Empty for a part that is one line.
   */
  default List<PartItem> items(Part part) {
    return List.of();
  }

  /** Sources of error of all prices of the chip, in a fixed order. */
  default List<ErrorSource> errors() {
    return PriceLine.all().stream()
        .map(this::error)
        .filter(error -> !error.isNone())
        .distinct()
        .toList();
  }

  /** Times and rates. */
  Timing timing();

  @Override
  default PassTiming pass() {
    return timing().pass();
  }

  /** Time of a conversion with its account; empty where no circuit's equation gives it. */
  default Optional<Price> conversionTime() {
    return Optional.empty();
  }

  /** Causes of the noise of a conversion, which add up to that of {@link #readoutErrors}. */
  default List<NoiseTerm> readoutNoise() {
    return List.of(
        NoiseTerm.of("converter", readoutErrors().budget().noise_steps2(), Account.CLOSED));
  }

  /** Lines of circuits that give offset, gain and bow of the readout. */
  default Map<Term, String> readoutMismatch() {
    return Map.of();
  }

  /** Price of programming cells. */
  ProgrammingPrice programming();

  /** Dependence of the prices on calibration factors and on the side of a tile. */
  default PriceTerms terms() {
    return (line, to) -> to.add(PriceTerm.FIXED, price(line));
  }

  /** Silicon behind the energies of readout and array, as far as these are modelled. */
  default List<FitCoverage> fitCoverage() {
    return List.of();
  }

  /**
   * Settings of the chip outside the range of the models that price it; empty where all are within.
   */
  List<String> warnings();
}
