package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import java.util.List;

/** What turns a column's current or voltage into a code. */
public interface Converter extends Circuit {

  /** Energy of one conversion. */
  double energy_fJ(Account account);

  /** Time of one conversion. */
  double time_ns();

  /** Errors of its codes. */
  ErrorBudget errors();

  /** Causes of the noise of a conversion. */
  default List<NoisePart> noise() {
    return List.of(new NoisePart("lost bits", errors().noise_steps2()));
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

  /** What it takes from a column. */
  default Sensing sensing() {
    return Sensing.AMPLIFIED;
  }

  /** Whether it takes the bitline itself, so that no amplifier stands before it. */
  default boolean takesCurrent() {
    return sensing() != Sensing.AMPLIFIED;
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
   * Whether it samples its input on capacitors of its own, so that the column need not conduct
   * while it converts.
   */
  default boolean holdsInput() {
    return false;
  }

  /**
   * Whether it converts more slowly where it is given more time: for less energy, as a SAR, or for
   * less noise, as kinds that sense the current. Others keep a pace of their own.
   */
  default boolean usesSpareTime() {
    return !holdsInput();
  }

  /** Whether it counts for as long as inputs are applied, so that its steps lie within them. */
  default boolean countsInputs() {
    return false;
  }

  /** Whether its step sets its range, so that a calibrated range takes no reference of its own. */
  default boolean trimsItself() {
    return false;
  }

  /**
   * Whether it adds its codes up and keeps the sum itself, so that neither shift-and-add nor output
   * register stand behind it.
   */
  default boolean keepsSum() {
    return false;
  }

  /** Whether its model prices the array's read current too, as some published fits do. */
  default boolean pricesReadCurrent() {
    return false;
  }

  /** Energy of the current of a conductance on its column during a conversion, if it prices it. */
  default double readCurrent_fJ(double conductance_uS, Account account) {
    return 0;
  }
}
