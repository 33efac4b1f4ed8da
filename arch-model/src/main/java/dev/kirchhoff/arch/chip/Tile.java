package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.whole;

import dev.kirchhoff.arch.chip.Memory.MemoryKind;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.View;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A tile: PEs with a buffer, a bus between them and digital units.
 *
 * @param count tiles on the chip; empty = as many as the workload needs
 * @param buffer activation buffer, or none
 * @param bus bus between buffer and PEs
 * @param outputRegister register behind the shift-and-add, or none
 * @param units digital units
 * @param others parts that the language has no word for
 */
public record Tile(
    OptionalInt count,
    Optional<Memory> buffer,
    Bus bus,
    Optional<Memory> outputRegister,
    Units units,
    List<OtherPart> others) {
  public Tile {
    others = List.copyOf(others);
  }

  /** A tile without other parts. */
  public Tile(
      OptionalInt count,
      Optional<Memory> buffer,
      Bus bus,
      Optional<Memory> outputRegister,
      Units units) {
    this(count, buffer, bus, outputRegister, units, List.of());
  }

  /**
   * Bus between the tile's buffer and its PEs.
   *
   * @param width_bits wires
   * @param model model that prices it
   */
  public record Bus(int width_bits, ComponentModel model) {}

  /**
   * Digital units of one tile.
   *
   * @param relu rectifiers
   * @param sigmoid look-up units for sigmoid, tanh and other non-linear functions
   * @param maxPool maximum comparators
   * @param shiftAdd adders for partial sums of several crossbars, bias and residual additions
   * @param vector multiply-accumulate lanes for dynamic matrices, scaling, normalisation, softmax
   *     and averages
   */
  public record Units(
      DigitalUnit relu,
      DigitalUnit sigmoid,
      DigitalUnit maxPool,
      DigitalUnit shiftAdd,
      DigitalUnit vector) {}

  /** Keys of a tile. */
  static Shape shape() {
    return new Shape(
        "tile",
        "a tile",
        List.of(
            Key.of(
                "count",
                new Type.WholeNumber(1, 1_000_000, List.of("fit")),
                "fit",
                "tiles on the chip; fit = as many as the workload needs"),
            Key.of(
                "buffer",
                Memory.type("buffer", Optional.of(MemoryKind.EDRAM), "64 KB", 256, "read", "write"),
                "edram",
                "activation buffer"),
            Key.of(
                "bus",
                new Type.Section(
                    new Shape(
                        "bus",
                        "a bus",
                        List.of(
                            Key.of(
                                    "width",
                                    whole(0, 8192),
                                    "256",
                                    "wires between buffer and PEs; 0 = there is no bus")
                                .setting(),
                            ComponentModel.key("bus", "transfer"))),
                    "{width: 0}"),
                "{}",
                "bus between buffer and PEs"),
            Key.of(
                "outputRegister",
                Memory.type("outputRegister", Optional.of(MemoryKind.SRAM), "fit", 64, "write"),
                "sram",
                "register behind the tile's adders"),
            DigitalUnit.key("relu", "relu", "8", "rectifiers"),
            DigitalUnit.key(
                "sigmoid",
                "lookup",
                "2",
                "look-up units for sigmoid, tanh and other non-linear functions"),
            DigitalUnit.key("maxPool", "compare", "8", "comparators of maximum pools"),
            DigitalUnit.key(
                "shiftAdd", "add", "8", "adders for partial sums, bias and residual additions"),
            DigitalUnit.key(
                "vector",
                "multiplyAccumulate",
                "1",
                "multiply-accumulate lanes for dynamic matrices, normalisation and softmax"),
            OtherPart.key("tile")));
  }

  static Tile of(View.Section tile, RegisterSizes sizes, PartBinder parts) {
    View.Section bus = tile.section("bus");
    return new Tile(
        tile.isWord("count", "fit") ? OptionalInt.empty() : OptionalInt.of(tile.whole("count")),
        Memory.of(tile.section("buffer"), 0, parts),
        new Bus(bus.whole("width"), parts.model(bus)),
        Memory.of(tile.section("outputRegister"), sizes.tileOutputs_B(), parts),
        new Units(
            DigitalUnit.of(tile.section("relu"), parts),
            DigitalUnit.of(tile.section("sigmoid"), parts),
            DigitalUnit.of(tile.section("maxPool"), parts),
            DigitalUnit.of(tile.section("shiftAdd"), parts),
            DigitalUnit.of(tile.section("vector"), parts)),
        OtherPart.of(tile, parts));
  }
}
