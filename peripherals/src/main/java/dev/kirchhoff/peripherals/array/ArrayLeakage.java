package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;

/** Leakage of arrays of SRAM cells with logic in every cell. */
final class ArrayLeakage {
  private ArrayLeakage() {}

  static double of(Process process, Crossbar crossbar, double gates, Account account) {
    double cells = crossbar.rows() * (double) crossbar.columns();
    double banks = crossbar.compute().banks();
    if (account.isOpen()) {
      account
          .formula(
              "# x (# x # uW + # x # uW)",
              cells,
              banks,
              process.sramCellLeakage_uW(),
              gates,
              process.gateLeakage_uW())
          .source("two off paths a cell and the gates of its multiplier (ITRS off-current)");
    }
    return cells * (banks * process.sramCellLeakage_uW() + gates * process.gateLeakage_uW());
  }
}
