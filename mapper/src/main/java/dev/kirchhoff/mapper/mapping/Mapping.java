package dev.kirchhoff.mapper.mapping;

import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.fabric.Pitches;
import dev.kirchhoff.mapper.schedule.ChipCut;
import dev.kirchhoff.mapper.schedule.CrossbarSpan;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Mapping of a workload onto a chip: crossbars of every layer of every program, copies, chips,
 * phases, and the peak state of one PE.
 *
 * @param use crossbars and their use
 * @param peak peak state of a PE
 * @param programs programs in the order of the workload
 * @param size tiles and chips
 * @param cut chips of the layers; empty unless the workload may take several
 * @param loading phases in which weights are loaded; empty if all stay
 * @param spans crossbars of each layer, by program
 * @param fabric interconnect between the tiles of a chip
 */
public record Mapping(
    ArrayUse use,
    PeakState peak,
    List<MappedProgram> programs,
    Size size,
    Optional<ChipCut> cut,
    Optional<PhaseLoading> loading,
    List<List<CrossbarSpan>> spans,
    Fabric fabric) {
  public Mapping {
    programs = List.copyOf(programs);
    spans = spans.stream().map(List::copyOf).toList();
  }

  /**
   * Tiles, chips and crossbars.
   *
   * @param tilesOfChip tiles of a chip
   * @param chips chips of equal size
   * @param crossbars crossbars that layers take, copies included
   * @param missing crossbars that one copy of everything lacks
   * @param isPipelined whether layers run at the same time
   */
  public record Size(
      double tilesOfChip, int chips, double crossbars, double missing, boolean isPipelined) {
    /** Tiles of all chips. */
    public double tiles() {
      return tilesOfChip * chips;
    }
  }

  /** Tiles of all chips. */
  public double tiles() {
    return size.tiles();
  }

  /** Lengths of the interconnect that follow from the number of tiles. */
  public Pitches pitches() {
    return fabric.pitches();
  }

  /** Crossbars of all chips. */
  public double crossbarsOnChip() {
    return tiles() * use.perTile();
  }

  /** Crossbars of all chips that work at once. */
  public double workingCrossbars() {
    return crossbarsOnChip() * use.working() / use.perPe();
  }

  /** True if weights are loaded in phases. */
  public boolean inPhases() {
    return loading.isPresent();
  }

  /** Index of a program's first layer among those of all programs. */
  public int firstLayer(int program) {
    int first = 0;
    for (int j = 0; j < program; j++) {
      first += programs.get(j).layers();
    }
    return first;
  }

  /** Phase that a layer is loaded in; empty if it stays. */
  public OptionalInt phaseOf(int program, int layer) {
    int storing = programs.get(program).counts().storing(layer);
    return loading.isPresent()
        ? loading.get().phases().phaseOf(firstLayer(program) + storing)
        : OptionalInt.empty();
  }

  /** Chip on which a layer begins. */
  public int chipOf(int program, int layer) {
    int storing = programs.get(program).counts().storing(layer);
    return cut.isPresent() ? cut.get().chipOf(firstLayer(program) + storing) : 0;
  }

  /** Crossbars of a layer. */
  public CrossbarSpan span(int program, int layer) {
    return spans.get(program).get(layer);
  }

  /** Tile of a crossbar, counted through all chips. */
  public int tileOf(double crossbar) {
    return (int) (crossbar / use.perTile());
  }

  /** Chip of a tile. */
  public int chipOfTile(int tile) {
    return size.chips() == 1 ? 0 : Math.min(size.chips() - 1, tile / (int) size.tilesOfChip());
  }

  /** Hops between a tile and the port of its chip. */
  public int hopsToPort(int tile) {
    int ofChip = (int) size.tilesOfChip();
    return fabric.hopsToPort(tile < ofChip ? tile : tile % ofChip);
  }

  /** Parts in which a layer of so many crossbars is loaded where it is larger than the chip. */
  public double parts(double crossbars) {
    return inPhases()
        ? Math.max(1, Math.ceil(crossbars / ((double) use.perTile() * (int) size.tilesOfChip())))
        : 1;
  }

  /** Cells that hold a weight, copies included. */
  public double usedCells() {
    double sum = 0;
    for (MappedProgram program : programs) {
      sum += program.usedCells();
    }
    return sum;
  }

  /** Cells that hold a stored weight, copies included. */
  public double storedCells() {
    double sum = usedCells();
    for (MappedProgram program : programs) {
      sum -= program.writtenCells();
    }
    return sum;
  }

  /** Crossbars that hold stored weights, copies included. */
  public double storedCrossbars() {
    double sum = size.crossbars();
    for (MappedProgram program : programs) {
      sum -= program.writtenCrossbars();
    }
    return sum;
  }

  /** Cells of a program's layers that are loaded in phases, for each batch. */
  public double loadedCells(int program) {
    double sum = 0;
    MappedProgram mapped = programs.get(program);
    for (int l = 0; l < mapped.layers() && inPhases(); l++) {
      boolean isLoaded = phaseOf(program, l).isPresent() && !mapped.isWritten(l);
      sum += isLoaded ? mapped.usedCells(l) : 0;
    }
    return sum;
  }

  /** Crossbars programmed again in each batch, of all programs. */
  public double reloadedCrossbars() {
    double sum = 0;
    for (int j = 0; j < programs.size() && inPhases(); j++) {
      sum += loading.get().phases().reloaded(j);
    }
    return sum;
  }

  /** True if any cells are written for inferences. */
  public boolean isRewritten() {
    return inPhases() || programs.stream().anyMatch(MappedProgram::anyWritten);
  }

  /**
   * Fraction of the chip's cells that hold a weight at a time: with phases the mean over them; of a
   * workload that does not fit that of a chip large enough.
   */
  public double utilization() {
    double perCrossbar = use.side().cells();
    if (inPhases()) {
      return Math.min(1, cellsAtOnce() / (crossbarsOnChip() * perCrossbar));
    }
    return Math.min(1, usedCells() / ((crossbarsOnChip() + size.missing()) * perCrossbar));
  }

  /**
   * Cells that hold a weight at a time: those of the layers that stay, and the mean over phases of
   * those that are loaded, of a layer larger than the chip the mean over its parts.
   */
  private double cellsAtOnce() {
    PhaseLoading phases = loading.orElseThrow();
    double staying = 0;
    double loaded = 0;
    for (int j = 0; j < programs.size(); j++) {
      int first = firstLayer(j);
      for (int l = 0; l < programs.get(j).layers(); l++) {
        double cells = programs.get(j).usedCells(l);
        if (phases.phases().isLoaded(first + l)) {
          double crossbars = phases.crossbars(first + l);
          loaded += cells / Math.max(1, Math.ceil(crossbars / crossbarsOnChip()));
        } else {
          staying += cells;
        }
      }
    }
    return staying + loaded / Math.max(1, phases.phases().phases());
  }
}
