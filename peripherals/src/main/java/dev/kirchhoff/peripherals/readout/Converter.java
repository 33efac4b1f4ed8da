package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import java.util.List;

/** Converter of a column's current or voltage to a code. */
public interface Converter extends Circuit {

  /** Energy of one conversion. */
  double energy_fJ(Account account);

  /** Energy of what switches in one conversion. */
  default double switching_fJ(Account account) {
    return energy_fJ(account);
  }

  /**
   * Energy of its bias in one conversion. Figures of published converters include it in the energy
   * of a conversion.
   *
   * @param conduct_ns time that the column conducts
   * @param turn_ns a conversion's share of a pass
   */
  default double bias_fJ(double conduct_ns, double turn_ns, Account account) {
    account.formula("0").source("inside the energy of a conversion");
    return 0;
  }

  /** Time of one conversion. */
  double time_ns();

  /** Errors of its codes. */
  ErrorBudget errors();

  /** Causes of the noise of a conversion. */
  default List<NoiseTerm> noise() {
    return List.of(new NoiseTerm("lost bits", errors().noise_steps2()));
  }

  /** Least time of a conversion that the circuit can do; 0 where its model knows none. */
  default double needed_ns() {
    return 0;
  }

  /** Capacitance at the input that the circuit before it has to drive. */
  double input_fF();

  /** Energy of adding one product that is one, of a readout that adds products; else 0. */
  default double product_fJ(Account account) {
    account.formula("0").source("converters have no price per product");
    return 0;
  }

  /**
   * Time for which inputs are applied before or while it converts.
   *
   * @param pulses_ns time of the input's pulses
   */
  default double integrate_ns(double pulses_ns) {
    return pulses_ns;
  }

  /**
   * True if it samples its input on capacitors of its own, so that the column need not conduct
   * while it converts.
   */
  default boolean holdsInput() {
    return false;
  }

  /** Time of a conversion in which the column must conduct. */
  default double conducting_ns(double conversion_ns) {
    return holdsInput() ? 0 : conversion_ns;
  }

  /**
   * True if a longer conversion is used where time is available: for less energy, as by a SAR, or
   * for less noise, as by kinds that sense the current. Others keep a pace of their own.
   */
  default boolean usesSpareTime() {
    return !holdsInput();
  }

  /** True if it counts for as long as inputs are applied, so that its steps lie within them. */
  default boolean countsInputs() {
    return false;
  }

  /** True if its step sets its range, so that a calibrated range takes no reference of its own. */
  default boolean trimsItself() {
    return false;
  }

  /** This converter with a reference of its own that is trimmed to a layer's data. */
  default Converter trimmed(ReadoutColumn column) {
    return this;
  }

  /**
   * True if it accumulates its codes and stores the sum itself, so that neither shift-and-add nor
   * output register follow it.
   */
  default boolean keepsSum() {
    return false;
  }

  /** True if its model includes the array's read current, as some published fits do. */
  default boolean pricesReadCurrent() {
    return false;
  }

  /** Energy of the current of a conductance on its column during a conversion, if it prices it. */
  default double readCurrent_fJ(double conductance_uS, Account account) {
    return 0;
  }
}
