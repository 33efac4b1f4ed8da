package dev.kirchhoff.arch.chip;

import java.util.List;
import java.util.OptionalInt;

/**
 * A PE: crossbars with their drivers, converters, shift-and-add and registers.
 *
 * @param perTile PEs in one tile
 * @param input wordline drivers
 * @param sampleHold sample-and-hold per column; count 0 = none, then cells conduct during
 *     conversion
 * @param readout converters
 * @param shiftAdd shift-and-add units
 * @param inputRegister input register
 * @param outputRegister output register
 * @param others parts that the language has no word for
 * @param kernelParts parts that kernels beyond networks need
 */
public record ProcessingElement(
    int perTile,
    Input input,
    DigitalUnit sampleHold,
    Readout readout,
    ShiftAdd shiftAdd,
    Memory inputRegister,
    Memory outputRegister,
    List<OtherPart> others,
    KernelParts kernelParts) {
  /**
   * Shift-and-add units of one PE.
   *
   * @param count units; 0 = codes leave the PE as they are, empty = one for each converter
   * @param model which model prices one
   */
  public record ShiftAdd(OptionalInt count, ComponentModel model) {}

  /** This PE with other inputs and converters. */
  public ProcessingElement with(Input otherInput, Readout otherReadout) {
    return new ProcessingElement(
        perTile,
        otherInput,
        sampleHold,
        otherReadout,
        shiftAdd,
        inputRegister,
        outputRegister,
        others,
        kernelParts);
  }

  /** This PE with other parts for kernels. */
  public ProcessingElement with(KernelParts other) {
    return new ProcessingElement(
        perTile,
        input,
        sampleHold,
        readout,
        shiftAdd,
        inputRegister,
        outputRegister,
        others,
        other);
  }

  public ProcessingElement {
    others = List.copyOf(others);
  }

  /** A PE without parts for kernels. */
  public ProcessingElement(
      int perTile,
      Input input,
      DigitalUnit sampleHold,
      Readout readout,
      ShiftAdd shiftAdd,
      Memory inputRegister,
      Memory outputRegister,
      List<OtherPart> others) {
    this(
        perTile,
        input,
        sampleHold,
        readout,
        shiftAdd,
        inputRegister,
        outputRegister,
        others,
        KernelParts.NONE);
  }

  /** A PE without other parts. */
  public ProcessingElement(
      int perTile,
      Input input,
      DigitalUnit sampleHold,
      Readout readout,
      ShiftAdd shiftAdd,
      Memory inputRegister,
      Memory outputRegister) {
    this(perTile, input, sampleHold, readout, shiftAdd, inputRegister, outputRegister, List.of());
  }
}
