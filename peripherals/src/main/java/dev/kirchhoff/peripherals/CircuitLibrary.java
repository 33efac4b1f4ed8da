package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.peripherals.readout.AddedColumn;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.readout.ReadoutColumn;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import java.util.List;

/**
 * Library of circuit models by name, which {@code model: NAME} selects and {@code catalog circuits}
 * lists. Where published models disagree they stand side by side.
 */
public final class CircuitLibrary {
  private CircuitLibrary() {}

  /** All models. */
  public static List<CircuitModel> entries() {
    return CircuitModels.ALL;
  }

  /**
   * Names that a part's {@code model} may say; buffers and registers share theirs, as do adders.
   */
  public static List<String> names(Part part) {
    List<Part> family =
        switch (part) {
          case INPUT_REGISTER, OUTPUT_REGISTER, TILE_OUTPUT_REGISTER, TILE_BUFFER, GLOBAL_BUFFER ->
              List.of(Part.INPUT_REGISTER, Part.TILE_BUFFER);
          case RELU, SIGMOID, MAX_POOL, TILE_SHIFT_ADD, VECTOR, SHIFT_ADD ->
              List.of(Part.SHIFT_ADD);
          case CROSSBAR,
              INPUT,
              ROW_SELECTOR,
              FRONT_END,
              SAMPLE_HOLD,
              COLUMN_MUX,
              READOUT,
              WRITE_DRIVER,
              TRANSPOSE,
              FEEDBACK,
              RANDOM,
              BUS,
              INTERCONNECT,
              LINKS,
              IO,
              PE_OTHERS,
              TILE_OTHERS,
              CHIP_OTHERS,
              CONTROL ->
              List.of(part);
        };
    return CircuitModels.ALL.stream()
        .filter(e -> family.contains(e.part()) && !e.implied())
        .map(CircuitModel::name)
        .toList();
  }

  /** Refuses a name that no model of a part has. */
  static void requireName(Part part, String name) {
    List<String> known = names(part);
    if (!known.contains(name)) {
      throw new IllegalArgumentException(
          "The model ("
              + name
              + ") of "
              + part.word()
              + " is not in the library.\nMaybe one of "
              + String.join(", ", known)
              + ".");
    }
  }

  /**
   * True if a model is part of our library, as opposed to published figures or a fit to another
   * tool.
   */
  public static boolean isStandard(ComponentModel model) {
    if (model instanceof ComponentModel.Named named) {
      CircuitModel entry = CircuitModels.BY_NAME.get(named.name());
      return entry != null && entry.standard();
    }
    return model instanceof ComponentModel.Default;
  }

  /**
   * True if a model is drawn for its column and takes the time that is left to it: the default by
   * whatever name, or a circuit beside the spec; not given figures or a published circuit.
   */
  static boolean isDrawn(ComponentModel model) {
    return isStandard(model)
        || model instanceof ComponentModel.Named named
            && !CircuitModels.BY_NAME.containsKey(named.name());
  }

  /** The entry that prices a readout: of the catalogue, else a circuit beside the spec. */
  static CircuitModel entry(Readout readout) {
    if (readout.model() instanceof ComponentModel.Named named) {
      CircuitModel known = CircuitModels.BY_NAME.get(named.name());
      return known == null ? CircuitModels.own(named.name(), readout.kind()) : known;
    }
    return CircuitModels.usual(readout.kind());
  }

  /**
   * Adders of a digital readout.
   *
   * @param inCells whether each cell has its adder
   */
  static Converter adder(Circuits circuits, Process process, boolean inCells, AddedColumn column) {
    return Converter.of(
        inCells ? CircuitModels.ADDER_CHAIN : CircuitModels.ADDER_TREE,
        circuits,
        new AddedColumn.Built(process, column));
  }

  /** Converter of a readout on a column. */
  static Converter converter(Readout readout, ReadoutColumn column) {
    if (readout.model() instanceof ComponentModel.Named named
        && !CircuitModels.BY_NAME.containsKey(named.name())
        && column.circuits().circuit(named.name()).isEmpty()) {
      requireName(Part.READOUT, named.name());
    }
    return entry(readout)
        .converter()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "A readout of kind ("
                        + readout.kind().word()
                        + ") adds bits.\nMaybe crossbar.compute should be digital."))
        .apply(column);
  }
}
