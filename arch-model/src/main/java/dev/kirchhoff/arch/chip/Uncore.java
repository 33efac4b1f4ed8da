package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.quantity;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.View;
import java.util.List;
import java.util.Optional;

/**
 * Parts of a chip outside its tiles.
 *
 * @param interconnect fabric between tiles
 * @param globalBuffer chip-level buffer, or none
 * @param io links that leave the chip, or none
 * @param controlEnergyShare share of the energy of modelled parts that control and clock add; parts
 *     with given figures are taken as complete
 * @param controlAreaShare share of the area of modelled parts that control, clock and layout add
 * @param others parts that the language has no word for
 */
public record Uncore(
    Interconnect interconnect,
    Optional<Memory> globalBuffer,
    Optional<Io> io,
    double controlEnergyShare,
    double controlAreaShare,
    List<OtherPart> others) {
  public Uncore {
    others = List.copyOf(others);
  }

  /** An uncore without other parts. */
  public Uncore(
      Interconnect interconnect,
      Optional<Memory> globalBuffer,
      Optional<Io> io,
      double controlEnergyShare,
      double controlAreaShare) {
    this(interconnect, globalBuffer, io, controlEnergyShare, controlAreaShare, List.of());
  }

  /** Keys of control, clock and layout overhead. */
  static Shape control() {
    return new Shape(
        "control",
        "a control",
        List.of(
            Key.of(
                "energy",
                quantity(Dimension.RATIO, 0, 10),
                "6 %",
                "share of the energy of modelled parts that control and clock add; published 4 to 8 %"),
            Key.of(
                "area",
                quantity(Dimension.RATIO, 0, 10),
                "15 %",
                "share of the area of modelled parts that control and layout add; published 11 to 39 %")));
  }

  static Uncore of(View.Section chip, PartBinder parts) {
    View.Section control = chip.section("control");
    return new Uncore(
        Interconnect.of(chip.section("interconnect"), parts),
        Memory.of(chip.section("globalBuffer"), 0, parts),
        Io.of(chip.section("io"), parts),
        control.number("energy"),
        control.number("area"),
        OtherPart.of(chip, parts));
  }
}
