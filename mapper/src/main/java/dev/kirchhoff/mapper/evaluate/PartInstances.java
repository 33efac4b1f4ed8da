package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.mapper.fabric.Pitches;
import dev.kirchhoff.mapper.mapping.Mapping;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.PriceTable;

/**
 * Instances of parts on all chips: those of one PE, tile or chip of the price table × their number,
 * of what the interconnect has of it × what follows from the number of tiles ({@link Pitches}).
 *
 * @param pes PEs of all chips
 * @param tiles tiles of all chips
 * @param chips number of chips
 * @param pitches lengths of the interconnect
 */
public record PartInstances(double pes, double tiles, double chips, Pitches pitches) {
  static PartInstances of(Mapping mapping, double pesPerTile) {
    return new PartInstances(
        mapping.tiles() * pesPerTile, mapping.tiles(), mapping.size().chips(), mapping.pitches());
  }

  /** Instances of a part in one PE, one tile or one chip, by its level. */
  public double each(PriceTable prices, Part part) {
    return prices.instances(part) * pitches.instances(part);
  }

  /** Instances of a part on all chips. */
  public double all(PriceTable prices, Part part) {
    double number = each(prices, part);
    return switch (part.level()) {
      case PE -> number * pes;
      case TILE -> number * tiles;
      case CHIP -> number * chips;
    };
  }
}
