package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.quantity;
import static dev.kirchhoff.arch.spec.Type.whole;
import static dev.kirchhoff.arch.spec.Type.word;

import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.View;
import java.util.List;

/**
 * A device with its access and read operating point.
 *
 * @param device the resistive device
 * @param access access device
 * @param bits bits stored in one cell
 * @param readVoltage_V voltage across the cell during a read
 * @param ownReadRail the read current is drawn from a rail at the read voltage instead of through a
 *     regulator from the core supply
 */
public record Cell(
    Device device, Access access, int bits, double readVoltage_V, boolean ownReadRail) {
  private static final int MOST_CELL_BITS = 8;

  /** Read voltage of a device that recommends none: the default of the language. */
  private static final double USUAL_READ_V = 0.2;

  /**
   * Keys of a cell.
   *
   * @param device keys of its device
   */
  static Shape shape(Shape device) {
    return new Shape(
        "cell",
        "a cell",
        List.of(
            Key.of(
                "access",
                word("1T1R", "1S1R", "passive"),
                "1T1R",
                "access device; cells without a transistor stand where two array wires cross"),
            Key.of(
                    "bits",
                    new Type.WholeNumber(1, 8, List.of("analog")),
                    "2",
                    "bits stored in one cell; analog = the whole magnitude of a weight")
                .setting(),
            Key.of(
                "device",
                new Type.Catalogued("device", device),
                "redox-generic",
                "resistive device, as catalog devices names them"),
            Key.of(
                "readVoltage",
                Type.quantity(Dimension.VOLTAGE, 0.001, 5, "device"),
                "0.2 V",
                "voltage across the cell during a read; device = the one that it recommends, else 0.2 V"),
            Key.of(
                "readRail",
                word("regulator", "own"),
                "regulator",
                "read current from the core supply through a regulator, or from a rail of its own"),
            Key.of(
                "bitline",
                word("discharged", "held"),
                "discharged",
                "SRAM cells discharge a precharged bitline, or feed a held one whose current is read"),
            Key.optional(
                "area",
                quantity(Dimension.FEATURE_AREA, 1, 100_000),
                "cell area, of SRAM that multiplies with its multiplier, devices and banks; without it the device's, of such SRAM 1.5 cells of 6T and what they need"),
            Key.of(
                "capacitor",
                quantity(Dimension.CAPACITANCE, 0.001, 1000),
                "1.2 fF",
                "unit capacitor of a cell in a charge array"),
            Key.of(
                "banks",
                whole(1, 1024),
                "1",
                "weights behind one multiplying cell of a charge or digital array, of which one is selected")));
  }

  /**
   * Cell of a design.
   *
   * @param analogBits bits of the widest magnitude of a weight, all of which an analogue cell holds
   */
  static Cell of(View.Section cell, int analogBits, PartBinder parts) {
    Access access =
        cell.isWord("access", "1T1R")
            ? Access.ONE_TRANSISTOR
            : cell.isWord("access", "1S1R") ? Access.ONE_SELECTOR : Access.PASSIVE;
    Device device = parts.device(cell);
    return new Cell(
        device,
        access,
        cell.isWord("bits", "analog") ? Math.min(MOST_CELL_BITS, analogBits) : cell.whole("bits"),
        readVoltage_V(cell, device),
        cell.isWord("readRail", "own"));
  }

  private static double readVoltage_V(View.Section cell, Device device) {
    return cell.isWord("readVoltage", "device")
        ? device.read().voltage_V().orElse(USUAL_READ_V)
        : cell.number("readVoltage");
  }
}
