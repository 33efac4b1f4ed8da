package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.dse.engine.place.Refinement;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.place.PlacementCost;
import dev.kirchhoff.mapper.report.MappedDesign;
import dev.kirchhoff.mapper.report.MappingReader;
import dev.kirchhoff.mapper.traffic.Flows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Mapped design with its tiles placed on the fabric.
 *
 * @param name name of the design
 * @param design as bound
 * @param mapped position of its weights
 * @param placed sites of its tiles, chip by chip; empty if they do not fit
 */
public record PlacedMapping(String name, Design design, MappedDesign mapped, List<Placed> placed) {
  public PlacedMapping {
    placed = List.copyOf(placed);
  }

  /**
   * Tiles on the fabric of one chip. Traffic with other chips passes through the port.
   *
   * @param firstTile number of its first tile among those of all chips
   * @param flows traffic between its tiles
   * @param seed of the refinement
   * @param moves moves that the refinement tried
   * @param inOrder cost with tiles in the order of sites, as the search places them
   * @param refined cost as refined, and all sites and loads
   */
  public record Placed(
      int firstTile,
      Flows flows,
      long seed,
      long moves,
      PlacementCost inOrder,
      PlacementCost refined) {}

  /** Listener to the refinement of a placement. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called after moves have been tried.
     *
     * @param moves moves on all chips so far
     * @param all moves of the chips before and of the present one
     */
    void tried(long moves, long all);
  }

  /**
   * Mapping and placement of a design.
   *
   * @param moves moves of the refinement; empty = a number that follows from the tiles
   */
  public static PlacedMapping of(String name, Design design, long seed, Optional<Long> moves) {
    return of(name, design, seed, moves, (tried, all) -> {});
  }

  /**
   * Mapping and placement of a design.
   *
   * @param moves moves of the refinement; empty = a number that follows from the tiles
   * @param progress listener to the refinement
   */
  public static PlacedMapping of(
      String name, Design design, long seed, Optional<Long> moves, Progress progress) {
    MappedDesign mapped = MappingReader.read(new Evaluator().evaluated(design));
    List<Placed> placed = new ArrayList<>();
    int tiles = mapped.flows().units();
    int ofChip = mapped.capacity().chips() == 1 ? tiles : mapped.capacity().tilesOfChip();
    for (int first = 0; first < tiles && mapped.capacity().fits(); first += ofChip) {
      Flows flows =
          mapped.capacity().chips() == 1
              ? mapped.flows()
              : mapped.flows().part(first, Math.min(ofChip, tiles - first));
      long before = placed.stream().mapToLong(Placed::moves).sum();
      long tries = moves.orElseGet(() -> Refinement.moves(flows, mapped.fabric()));
      progress.tried(before, before + tries);
      placed.add(
          place(
              first,
              flows,
              mapped.fabric(),
              seed,
              tries,
              tried -> progress.tried(before + tried, before + tries)));
    }
    return new PlacedMapping(name, design, mapped, placed);
  }

  private static Placed place(
      int first, Flows flows, Fabric fabric, long seed, long tries, LongConsumer told) {
    List<Integer> sites = Refinement.sites(flows, fabric, seed, tries, told);
    int[] inOrder = IntStream.range(0, sites.size()).toArray();
    PlacementCost before = cost(flows, fabric, inOrder);
    PlacementCost after = cost(flows, fabric, sites.stream().mapToInt(site -> site).toArray());
    return new Placed(first, flows, seed, tries, before, after);
  }

  private static PlacementCost cost(Flows flows, Fabric fabric, int[] sites) {
    PlacementCost cost = new PlacementCost(flows, fabric, Refinement.LOAD_WEIGHT);
    cost.set(sites);
    return cost;
  }

  /** Tile of the chip that a load uses: loads beyond the last tile begin again at the first. */
  public int tile(int tile) {
    return mapped.capacity().missing() > 0 && mapped.capacity().fits()
        ? tile % mapped.capacity().tiles()
        : tile;
  }
}
