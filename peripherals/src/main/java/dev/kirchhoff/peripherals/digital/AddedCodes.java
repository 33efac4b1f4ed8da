package dev.kirchhoff.peripherals.digital;

import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/**
 * Codes that a register accumulates: the names that its equations may read.
 *
 * @param bits bits of the register
 */
public record AddedCodes(Process process, int bits, Accumulation sum) {
  /** The vocabulary. */
  public static final Vocabulary<AddedCodes> VOCABULARY =
      Vocabulary.<AddedCodes>builder()
          .including(ProcessNames.VOCABULARY, AddedCodes::process)
          .quantity("bits", "bits", "b", "bits of the register", AddedCodes::bits)
          .quantity("code_bits", "bits", "B", "bits of a code", c -> c.sum.codeBits())
          .quantity("slices", "1", "S", "codes of a weight's slices", c -> c.sum.slices())
          .quantity("slice_bits", "bits", "c", "bits of a slice", c -> c.sum.bitsPerSlice())
          .quantity("digits", "1", "T", "digits of an input", c -> c.sum.digits())
          .quantity("digit_bits", "bits", "b_T", "bits of a digit", c -> c.sum.bitsPerDigit())
          .quantity("groups", "1", "n", "groups in which rows are read", c -> c.sum.groups())
          .build();

  /** Sums of a width, which fill their register: partial sums of whole blocks. */
  public static AddedCodes ofBlocks(Process process, int bits) {
    return new AddedCodes(process, bits, new Accumulation(bits, 1, 0, 1, 0, 1));
  }

  /** Adder and register of the default model. */
  public SheetCircuit accumulator(Circuits circuits) {
    return block(circuits, "ripple-accumulator");
  }

  /** A block of a name. */
  public SheetCircuit block(Circuits circuits, String name) {
    return SheetCircuit.of(circuits, name, VOCABULARY, this, process);
  }
}
