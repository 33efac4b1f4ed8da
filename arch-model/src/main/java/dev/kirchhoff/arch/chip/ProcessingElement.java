package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.whole;

import dev.kirchhoff.arch.chip.Memory.MemoryKind;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A PE: crossbars with their drivers, converters, shift-and-add and registers.
 *
 * @param perTile PEs in one tile
 * @param input wordline drivers
 * @param sampleHold sample-and-hold per column; count 0 = none, then cells conduct until the
 *     converter has sampled its input or converted it
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
    Optional<Memory> inputRegister,
    Optional<Memory> outputRegister,
    List<OtherPart> others,
    KernelParts kernelParts) {
  /**
   * Shift-and-add units of one PE.
   *
   * @param count units; 0 = codes leave the PE as they are, empty = one for each converter
   * @param model model that prices one
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
      Optional<Memory> inputRegister,
      Optional<Memory> outputRegister,
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
      Optional<Memory> inputRegister,
      Optional<Memory> outputRegister) {
    this(perTile, input, sampleHold, readout, shiftAdd, inputRegister, outputRegister, List.of());
  }

  /** Keys of a PE. */
  static Shape shape() {
    List<Key> keys =
        new ArrayList<>(
            List.of(
                Key.of("perTile", whole(1, 4096), "8", "PEs in one tile"),
                Key.of("input", new Type.Section(Input.shape()), "{}", "wordline drivers"),
                Key.of(
                    "sampleHold",
                    new Type.Kinds(
                        "sampleHold",
                        List.of(
                            new Shape(
                                "perColumn",
                                "a sample-and-hold",
                                List.of(ComponentModel.key("sampleHold", "sample"))),
                            Shape.none("sampleHold"))),
                    "perColumn",
                    "sample-and-hold of each column; none = columns are read in turn, their cells conduct until a sar or flash has sampled, else for all of the conversion, that of a ramp too"),
                Key.of("readout", Readout.type(), "sar", "converters"),
                Readout.frontEndKey(),
                Key.of(
                    "shiftAdd",
                    new Type.Section(
                        new Shape(
                            "shiftAdd",
                            "a shift-and-add",
                            List.of(
                                Key.of(
                                    "count",
                                    new Type.WholeNumber(0, 100_000, List.of("perConverter")),
                                    "perConverter",
                                    "shift-and-add units in one PE; 0 = codes leave it as they are"),
                                ComponentModel.key("shiftAdd", "shiftAdd"))),
                        "{count: 0}"),
                    "{}",
                    "shift-and-add after the converters"),
                Key.of(
                    "inputRegister",
                    Memory.type(
                        "inputRegister", Optional.of(MemoryKind.SRAM), "fit", 128, "read", "write"),
                    "sram",
                    "input register"),
                Key.of(
                    "outputRegister",
                    Memory.type(
                        "outputRegister", Optional.of(MemoryKind.SRAM), "fit", 64, "read", "write"),
                    "sram",
                    "output register")));
    keys.addAll(KernelParts.keys());
    keys.add(OtherPart.key("PE"));
    return new Shape("pe", "a PE", keys);
  }

  /**
   * PE of a design.
   *
   * @param inputBits bits of the widest input
   * @param sizes sizes of registers set to {@code fit}
   */
  static ProcessingElement of(
      View.Section pe, int inputBits, RegisterSizes sizes, PartBinder parts) {
    View.Section sampleHold = pe.section("sampleHold");
    View.Section shiftAdd = pe.section("shiftAdd");
    return new ProcessingElement(
        pe.whole("perTile"),
        Input.of(pe.section("input"), inputBits, parts),
        sampleHold.isNone() ? DigitalUnit.none() : new DigitalUnit(1, parts.model(sampleHold)),
        Readout.of(pe, parts),
        new ShiftAdd(
            shiftAdd.isWord("count", "perConverter")
                ? OptionalInt.empty()
                : OptionalInt.of(shiftAdd.whole("count")),
            parts.model(shiftAdd)),
        Memory.of(pe.section("inputRegister"), sizes.inputs_B(), parts),
        Memory.of(pe.section("outputRegister"), sizes.sums_B(), parts),
        OtherPart.of(pe, parts),
        KernelParts.of(pe, parts));
  }
}
