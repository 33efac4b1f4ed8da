package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;
import dev.kirchhoff.peripherals.sheet.CircuitFile;

/**
 * Converters as published: energy, area and rate of one design at its own bits. To another node
 * they scale as analogue circuits; with fewer bits than its own a converter costs the same, with
 * more it is out of its range. Power over rate, so static power is inside the energy.
 */
public final class PublishedConverter implements Converter {

  private final Process process;
  private final CircuitFile data;
  private final CircuitFile.Published row;

  /** A published converter on a process. */
  public PublishedConverter(Process process, CircuitFile data) {
    this.process = process;
    this.data = data;
    this.row =
        data.published()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The circuit (" + data.name() + ") has no published figures."));
  }

  @Override
  public double energy_fJ(Account account) {
    double factor = process.energyFactor(ScalingClass.ANALOG, row.node_nm(), row.supply_V());
    if (account.isOpen()) {
      account.formula("# fJ x #", row.energy_fJ(), factor).source(data.source());
    }
    return row.energy_fJ() * factor;
  }

  @Override
  public double area_um2(Account account) {
    double factor = process.areaFactor(ScalingClass.ANALOG, row.node_nm());
    if (account.isOpen()) {
      account.formula("# um2 x #", row.area_um2(), factor).source(data.source());
    }
    return row.area_um2() * factor;
  }

  @Override
  public double static_uW(Account account) {
    if (account.isOpen()) {
      account.formula("0 uW").source("static power is inside the energy of a conversion");
    }
    return 0;
  }

  @Override
  public double time_ns() {
    return row.time_ns();
  }

  @Override
  public ErrorBudget errors() {
    return ErrorBudget.ofLostBits(row.lostBits());
  }

  @Override
  public double input_fF() {
    return Math.max(10, 0.5 * (1L << data.range().bits().orElseThrow().most()));
  }

  @Override
  public boolean holdsInput() {
    return true;
  }
}
