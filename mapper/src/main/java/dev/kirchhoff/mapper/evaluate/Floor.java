package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.schedule.ChipCut;

/**
 * Where the layers of a design stand: crossbar by crossbar on the tiles of one chip, where {@link
 * PhaseLoading} puts them if weights are loaded in phases, or on the chips that {@link ChipCut}
 * gives them. Tiles are numbered through all chips. Scratch; not safe for several threads.
 */
final class Floor {
  private Fabric fabric;
  private double perTile;
  private int tilesOfChip;
  private int chips;
  private boolean isPipelined;
  private double[] places;
  private ChipCut cut;
  private int taken;
  private double at;

  /** An empty floor of so many chips. */
  void set(Fabric fabric, double perTile, double tilesOfChip, boolean isPipelined) {
    this.fabric = fabric;
    this.perTile = perTile;
    this.tilesOfChip = (int) tilesOfChip;
    this.isPipelined = isPipelined;
    chips = 1;
    places = null;
    cut = null;
    taken = 0;
    at = 0;
  }

  /** Lets layers take the place of others: gives the first crossbar of each. */
  void loadInPhases(double[] places) {
    this.places = places;
  }

  /** Lets layers stand on several chips. */
  void cut(ChipCut cut) {
    this.cut = cut;
    chips = cut.chips();
  }

  /**
   * Takes the next layer's crossbars.
   *
   * @return the first of them
   */
  double take(double crossbars) {
    if (places != null) {
      return places[taken++];
    }
    double room = perTile * tilesOfChip;
    if (cut != null && crossbars > 0) {
      at = Math.max(at, cut.chipOf(taken) * room);
    }
    taken++;
    double first = at;
    at += crossbars;
    return first;
  }

  int tileOf(double crossbar) {
    return (int) (crossbar / perTile);
  }

  int chipOf(int tile) {
    return chips == 1 ? 0 : Math.min(chips - 1, tile / tilesOfChip);
  }

  int hopsToPort(int tile) {
    return fabric.hopsToPort(tile < tilesOfChip ? tile : tile % tilesOfChip);
  }

  Fabric fabric() {
    return fabric;
  }

  double perTile() {
    return perTile;
  }

  int chips() {
    return chips;
  }

  boolean isPipelined() {
    return isPipelined;
  }

  /** Parts in which a layer that is larger than the chip is loaded. */
  double parts(double crossbars) {
    return places != null ? Math.max(1, Math.ceil(crossbars / (perTile * tilesOfChip))) : 1;
  }
}
