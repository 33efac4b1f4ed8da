package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.arch.result.ErrorSource;
import dev.kirchhoff.arch.result.Spread;
import dev.kirchhoff.peripherals.array.ProgrammingPrice;
import dev.kirchhoff.peripherals.readout.NoiseTerm;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
public interface PriceTable {

  /** Energy of one action. */
  double energy_fJ(Action action);

  /**
   * Energy of one crossbar's pass that a part with rated power draws; 0 for parts priced per
   * action.
   */
  double passEnergy_fJ(Part part);

  /** Area of one instance. */
  double area_um2(Part part);

  /**
   * Power of one instance that is drawn whether it is busy or not: leakage, bias, refresh, link
   * power.
   */
  double static_uW(Part part);

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

  /** Area of one instance, explained. */
  Price explainArea(Part part);

  /** Static power of one instance, explained. */
  Price explainStatic(Part part);

  /** Energy of one action, explained. */
  Price explainEnergy(Action action);

  /** Energy of one pass of a part with rated power, explained. */
  Price explainPassEnergy(Part part);

  /** Source of error of the energy of an action; none where the spec gives it. */
  default ErrorSource energyError(Action action) {
    return ErrorSource.NONE;
  }

  /** Source of error of a part's energy per pass. */
  default ErrorSource passError(Part part) {
    return ErrorSource.NONE;
  }

  /** Source of error of the area of a part. */
  default ErrorSource areaError(Part part) {
    return ErrorSource.NONE;
  }

  /** Source of error of the static power of a part. */
  default ErrorSource staticError(Part part) {
    return ErrorSource.NONE;
  }

  /** Source of error of the energy of programming a cell. */
  default ErrorSource programmingError() {
    return ErrorSource.NONE;
  }

  /** Spread of the sources on the energy of an action. */
  default Spread energySpread(Action action) {
    return energyError(action).spread();
  }

  /** Disagreement of sources about a part's energy per pass. */
  default Spread passSpread(Part part) {
    return passError(part).spread();
  }

  /** Disagreement of sources about the area of a part. */
  default Spread areaSpread(Part part) {
    return areaError(part).spread();
  }

  /** Disagreement of sources about the static power of a part. */
  default Spread staticSpread(Part part) {
    return staticError(part).spread();
  }

  /** Disagreement of sources about the energy of programming a cell. */
  default Spread programmingSpread() {
    return programmingError().spread();
  }

  /** Sources of error of all prices of the chip, in a fixed order. */
  default List<ErrorSource> errors() {
    Set<ErrorSource> errors = new LinkedHashSet<>();
    for (Action action : Action.values()) {
      errors.add(energyError(action));
    }
    for (Part part : Part.values()) {
      errors.add(passError(part));
      errors.add(staticError(part));
      errors.add(areaError(part));
    }
    errors.add(programmingError());
    return errors.stream().filter(error -> !error.isNone()).toList();
  }

  /** Times and rates. */
  Timing timing();

  /** Electrical quantities of the crossbar. */
  Electrics electrics();

  /** Energy of writing a configuration bit, without its transfer. */
  default double configuration_fJ() {
    return 0;
  }

  /** Errors of the readout. */
  ReadoutErrors readoutErrors();

  /** Causes of the noise of a conversion, which add up to that of {@link #readoutErrors}. */
  default List<NoiseTerm> readoutNoise() {
    return List.of(new NoiseTerm("converter", readoutErrors().budget().noise_steps2()));
  }

  /** Errors of the levels that rows present. */
  default InputErrors inputErrors() {
    return InputErrors.NONE;
  }

  /** Headroom that a front end lacks; 0 where there is enough. */
  double missingHeadroom_V();

  /** Price of programming cells. */
  ProgrammingPrice programming();

  /** Energy of programming one cell, explained. */
  Price explainProgramming();

  /** Dependence of the prices on calibration factors and on the side of a tile. */
  default PriceTerms terms() {
    return PriceTerms.FIXED;
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
