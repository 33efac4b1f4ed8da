package dev.kirchhoff.arch.chip;

import java.util.List;

/**
 * Parts of a chip outside its tiles.
 *
 * @param interconnect fabric between tiles
 * @param globalBuffer chip-level buffer, or none
 * @param io links that leave the chip
 * @param controlEnergyShare share of the energy of modelled parts that control and clock add; parts
 *     with given figures are taken as complete
 * @param controlAreaShare share of the area of modelled parts that control, clock and layout add
 * @param others parts that the language has no word for
 */
public record Uncore(
    Interconnect interconnect,
    Memory globalBuffer,
    Io io,
    double controlEnergyShare,
    double controlAreaShare,
    List<OtherPart> others) {
  public Uncore {
    others = List.copyOf(others);
  }

  /** An uncore without other parts. */
  public Uncore(
      Interconnect interconnect,
      Memory globalBuffer,
      Io io,
      double controlEnergyShare,
      double controlAreaShare) {
    this(interconnect, globalBuffer, io, controlEnergyShare, controlAreaShare, List.of());
  }
}
