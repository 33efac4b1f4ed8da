package dev.kirchhoff.peripherals.sheet;

/** Compiled rows of a sheet. */
@FunctionalInterface
public interface SheetProgram {
  /** Computes the rows from inputs and constants, all in their slots. */
  void run(double[] slots);
}
