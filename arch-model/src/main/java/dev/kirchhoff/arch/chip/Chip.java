package dev.kirchhoff.arch.chip;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.View;
import dev.kirchhoff.arch.workload.Precision;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A compute-in-memory chip: chip ⊃ tile ⊃ PE ⊃ crossbar ⊃ cell, with every choice made.
 *
 * @param technology process, supply, temperature
 * @param clock_GHz clock of the digital parts; empty = as fast as the slowest stage of a pass lets
 *     it be
 * @param tile tile
 * @param pe processing element
 * @param crossbar crossbar
 * @param cell cell
 * @param uncore interconnect, global buffer, I/O, control
 */
public record Chip(
    Technology technology,
    OptionalDouble clock_GHz,
    Tile tile,
    ProcessingElement pe,
    Crossbar crossbar,
    Cell cell,
    Uncore uncore) {
  /** A tile that adds nothing to its PEs, as around a macro alone. */
  private static final String NO_PARTS =
      "{count: 1, buffer: none, bus: none, outputRegister: none, relu: none, sigmoid: none, maxPool: none, shiftAdd: none, vector: none}";

  /** This chip of another technology. */
  public Chip with(Technology other) {
    return new Chip(other, clock_GHz, tile, pe, crossbar, cell, uncore);
  }

  /** This chip with another PE. */
  public Chip with(ProcessingElement other) {
    return new Chip(technology, clock_GHz, tile, other, crossbar, cell, uncore);
  }

  /** This chip with another crossbar. */
  public Chip with(Crossbar other) {
    return new Chip(technology, clock_GHz, tile, pe, other, cell, uncore);
  }

  /**
   * Keys of {@code chip}; the keys of each part stand in its own type.
   *
   * @param device keys of a cell's device
   */
  public static Shape shape(Shape device) {
    return new Shape(
        "chip",
        "a chip",
        List.of(
            Key.of("technology", new Type.Section(Technology.shape()), "{}", "process and supply"),
            Key.of(
                "clock",
                Type.quantity(Dimension.FREQUENCY, 0.001, 10, "fastest"),
                "1 GHz",
                "clock of the digital parts; fastest = as fast as the slowest stage of a pass allows"),
            Key.of("io", Io.type(), "parallel", "links that leave the chip"),
            Key.of("interconnect", Interconnect.type(), "mesh", "fabric between tiles"),
            Key.of(
                "globalBuffer",
                Memory.type("globalBuffer", Optional.empty(), "1 MB", 256, "read", "write"),
                "none",
                "chip-level buffer"),
            Key.of(
                "control",
                new Type.Section(Uncore.control()),
                "{}",
                "control, clock and layout overhead of modelled parts"),
            OtherPart.key("chip"),
            Key.of("tile", new Type.Section(Tile.shape(), NO_PARTS), "{}", "tile"),
            Key.of("pe", new Type.Section(ProcessingElement.shape()), "{}", "processing element"),
            Key.of("crossbar", new Type.Section(Crossbar.shape()), "{}", "crossbar"),
            Key.of("cell", new Type.Section(Cell.shape(device)), "{}", "cell")));
  }

  /**
   * Chip of a design.
   *
   * @param widest widest precision of a layer; an amplitude-encoded input carries all of its bits
   *     in one pulse, an analogue cell all of a weight's magnitude
   */
  public static Chip of(
      View.Section chip, double temperature_K, Precision widest, PartBinder parts) {
    Crossbar crossbar = Crossbar.of(chip, parts);
    Cell cell =
        Cell.of(
            chip.section("cell"),
            crossbar.weights().encoding() == Crossbar.Encoding.OFFSET
                ? widest.weights()
                : Math.max(1, widest.weights() - 1),
            parts);
    RegisterSizes sizes = RegisterSizes.of(crossbar, cell.bits(), gathered(chip), widest);
    return new Chip(
        Technology.of(chip.section("technology"), temperature_K),
        chip.isWord("clock", "fastest")
            ? OptionalDouble.empty()
            : OptionalDouble.of(chip.number("clock")),
        Tile.of(chip.section("tile"), sizes, parts),
        ProcessingElement.of(chip.section("pe"), widest.inputs(), sizes, parts),
        crossbar,
        cell,
        Uncore.of(chip, parts));
  }

  /** PEs whose outputs a tile gathers: none where it is one PE without a buffer. */
  private static int gathered(View.Section chip) {
    int pes = chip.section("pe").whole("perTile");
    boolean alone = pes == 1 && chip.section("tile").section("buffer").isNone();
    return alone ? 0 : pes;
  }
}
