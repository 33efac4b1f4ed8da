package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import java.util.List;

/** Decorator of a converter: figures that it does not override are those of the converter. */
abstract class AdaptedConverter implements Converter {
  /** Converter that is adapted. */
  final Converter converter;

  AdaptedConverter(Converter converter) {
    this.converter = converter;
  }

  @Override
  public double energy_fJ(Account account) {
    return converter.energy_fJ(account);
  }

  @Override
  public double switching_fJ(Account account) {
    return converter.switching_fJ(account);
  }

  @Override
  public double bias_fJ(double conduct_ns, double turn_ns, Account account) {
    return converter.bias_fJ(conduct_ns, turn_ns, account);
  }

  @Override
  public double area_um2(Account account) {
    return converter.area_um2(account);
  }

  @Override
  public double static_uW(Account account) {
    return converter.static_uW(account);
  }

  @Override
  public double time_ns() {
    return converter.time_ns();
  }

  @Override
  public ErrorBudget errors() {
    return converter.errors();
  }

  @Override
  public List<NoiseTerm> noise() {
    return converter.noise();
  }

  @Override
  public double needed_ns() {
    return converter.needed_ns();
  }

  @Override
  public double input_fF() {
    return converter.input_fF();
  }

  @Override
  public double product_fJ(Account account) {
    return converter.product_fJ(account);
  }

  @Override
  public double integrate_ns(double pulses_ns) {
    return converter.integrate_ns(pulses_ns);
  }

  @Override
  public boolean trimsItself() {
    return converter.trimsItself();
  }

  @Override
  public boolean keepsSum() {
    return converter.keepsSum();
  }

  @Override
  public boolean pricesReadCurrent() {
    return converter.pricesReadCurrent();
  }

  @Override
  public double readCurrent_fJ(double conductance_uS, Account account) {
    return converter.readCurrent_fJ(conductance_uS, account);
  }

  @Override
  public boolean usesSpareTime() {
    return converter.usesSpareTime();
  }

  @Override
  public boolean countsInputs() {
    return converter.countsInputs();
  }

  @Override
  public boolean holdsInput() {
    return converter.holdsInput();
  }
}
