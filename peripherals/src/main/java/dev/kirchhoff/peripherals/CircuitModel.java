package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.chip.ReadoutKind;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.readout.ReadoutColumn;
import dev.kirchhoff.peripherals.sheet.CircuitFile;
import java.util.Optional;
import java.util.function.Function;

/**
 * Model of the library.
 *
 * @param name its name in a spec
 * @param part the part that it prices
 * @param kind the kind of that part, or empty
 * @param standard true if it is the default of its kind
 * @param implied true if it follows from the kind of a part and is no model to choose
 * @param holdsColumn true if its figures include what holds a column and reads its current, as
 *     those of some published fits do
 * @param converter of a readout of an analogue sum, its converter on a column
 */
public record CircuitModel(
    String name,
    Part part,
    String kind,
    boolean standard,
    boolean implied,
    boolean holdsColumn,
    Optional<Function<ReadoutColumn, Converter>> converter) {

  /** Quantity that a model senses: the input of its kind, or the current of the column it holds. */
  ReadoutKind.Senses senses() {
    return holdsColumn ? ReadoutKind.Senses.CURRENT : ReadoutKind.ofWord(kind).senses();
  }

  /** Range, source, band and constants, as its file states them. */
  public CircuitFile data() {
    return CircuitFile.of(name);
  }
}
