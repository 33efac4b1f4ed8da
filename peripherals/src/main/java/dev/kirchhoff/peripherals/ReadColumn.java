package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.InputErrors;

/** Figures of a crossbar whose circuits have sizes and times. */
record ReadColumn(TimedColumn timed, ReadoutErrors readoutErrors) implements CrossbarFigures {

  /** Figures of a column. */
  static ReadColumn of(TimedColumn timed) {
    return new ReadColumn(timed, timed.errors());
  }

  @Override
  public Electrics electrics() {
    return timed.circuits().electrics();
  }

  @Override
  public PassTiming pass() {
    return timed.timing();
  }

  @Override
  public InputErrors inputErrors() {
    return timed.circuits().rows().errors();
  }

  @Override
  public double missingHeadroom_V() {
    return timed.missing_V();
  }

  @Override
  public double excessLineWidth_um() {
    return timed.circuits().array().excessWidth_um();
  }
}
