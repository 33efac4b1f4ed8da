package dev.kirchhoff.peripherals.digital;

import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;

/** Digital blocks of the catalogue. */
public final class LogicBlocks {
  private LogicBlocks() {}

  private static SheetCircuit block(Process process, String name, int weightBits, int inputBits) {
    return new Operands(process, weightBits, inputBits).block(Circuits.CATALOGUE, name);
  }

  /** Adder and register of sums that fill it. */
  public static SheetCircuit accumulator(Process process, int bits) {
    return AddedCodes.ofBlocks(process, bits).accumulator(Circuits.CATALOGUE);
  }

  /** Adder and register of sums of fewer or more bits. */
  public static SheetCircuit accumulator(Process process, int bits, int sumBits) {
    Accumulation sum = new Accumulation(sumBits, 1, 0, 1, 0, 1);
    return new AddedCodes(process, bits, sum).accumulator(Circuits.CATALOGUE);
  }

  /** Rectifier. */
  public static SheetCircuit rectifier(Process process, int bits) {
    return block(process, "rectifier", 1, bits);
  }

  /** Maximum of two words. */
  public static SheetCircuit maximum(Process process, int bits) {
    return block(process, "maximum", 1, bits);
  }

  /** Look-up of a function. */
  public static SheetCircuit lookup(Process process, int bits) {
    return block(process, "look-up-table", 1, bits);
  }

  /** Multiply-accumulate lane. */
  public static SheetCircuit multiplyAccumulate(Process process, int weightBits, int inputBits) {
    return block(process, "multiply-accumulate", weightBits, inputBits);
  }
}
