package dev.kirchhoff.mapper.layout;

import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.mapper.layout.BlockPositions.Edges;
import dev.kirchhoff.mapper.layout.BlockPositions.Position;
import dev.kirchhoff.mapper.tile.SharedCrossbars;
import dev.kirchhoff.mapper.tile.SharedCrossbars.Blocks;
import dev.kirchhoff.mapper.tile.SharedCrossbars.CrossbarClass;
import dev.kirchhoff.mapper.tile.SharedCrossbars.PlacedBlock;
import dev.kirchhoff.mapper.tile.Tiling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Layouts of single layers from their tiling and packing.
 *
 * @param size sizes of crossbars, PEs and tiles
 */
record LayoutBuilder(Layout.Size size) {

  /**
   * A layer with its tiling and its first crossbar.
   *
   * @param network number of its network
   * @param layer its number
   * @param matrix its weights
   * @param tiling tiling of one copy
   * @param copies copies of it
   * @param first first crossbar of its own
   */
  record Item(int network, int layer, Matrix matrix, Tiling tiling, int copies, long first) {}

  /** Layout of a layer crossbar by crossbar. */
  LayerLayout inOrder(Item item) {
    return layout(
        item, diagonal(item, new BlockPositions.Row(item.first(), item.tiling().crossbars())));
  }

  /**
   * Layout of a layer on tiles of its own, or on PEs for each position of its kernel.
   *
   * @param pes crossbars of such a tile or PE
   */
  LayerLayout own(Item item, Floorplan floorplan, int pes) {
    Matrix matrix = item.matrix();
    if (matrix.shape().groups() > 1) {
      return inOrder(item);
    }
    boolean hasOwnKernels = floorplan == Floorplan.OWN_KERNELS && matrix.kernels();
    int side = (int) Math.sqrt(pes);
    int stacked = hasOwnKernels ? 1 : matrix.parts();
    int down = grid(item).down() * stacked;
    int across = grid(item).across();
    int squares = ceil(across, side);
    return layout(
        item,
        new BlockPositions.Squares(
            item.first(),
            side,
            pes,
            squares,
            (long) ceil(down, side) * squares * pes,
            Math.max(1, side / across),
            stacked));
  }

  /**
   * Layout of a layer whose first copy shares crossbars.
   *
   * @param shared the shared crossbars
   * @param as index of the layer among those on crossbars
   * @param classFirst first crossbar of each of their classes
   */
  LayerLayout shared(Item item, SharedCrossbars shared, int as, long[] classFirst) {
    Tiling tiling = item.tiling();
    int k = tiling.groupsPerCrossbar();
    int height = tiling.parts().height();
    int width = tiling.parts().width();
    int parts = item.matrix().parts();
    Edges edges;
    if (k > 1) {
      List<Position> spots = new ArrayList<>(spots(shared, as, k * height, k * width, classFirst));
      for (int i = 0; spots.isEmpty() && i < parts / k; i++) {
        spots.add(new Position(item.first() + i, 0, 0));
      }
      spots.addAll(
          parts % k > 0
              ? spots(shared, as, parts % k * height, parts % k * width, classFirst)
              : List.of());
      edges = new Edges(0, 0, List.of(), List.of(), spots);
    } else {
      int down = height / size.rows();
      int across = width / size.columns();
      int low = height - down * size.rows();
      int narrow = width - across * size.columns();
      edges =
          new Edges(
              down,
              across,
              spots(shared, as, size.rows(), narrow, classFirst),
              spots(shared, as, low, size.columns(), classFirst),
              spots(shared, as, low, narrow, classFirst));
    }
    long full = tiling.crossbars() - number(shared, as);
    return layout(
        item,
        diagonal(item, new BlockPositions.Shared(item.first(), tiling.crossbars(), full, edges)));
  }

  private static long number(SharedCrossbars shared, int as) {
    return shared.kinds().stream()
        .filter(blocks -> blocks.layer() == as)
        .mapToLong(Blocks::number)
        .sum();
  }

  /** Spots of the blocks of one size of a layer, in the order of their crossbars. */
  private static List<Position> spots(
      SharedCrossbars shared, int as, int height, int width, long[] classFirst) {
    List<Position> spots = new ArrayList<>();
    for (int b = 0; b < shared.classes().size(); b++) {
      CrossbarClass shape = shared.classes().get(b);
      for (PlacedBlock placed : shape.blocks()) {
        Blocks blocks = shared.kinds().get(placed.kind());
        if (blocks.layer() == as && blocks.height() == height && blocks.width() == width) {
          for (int n = 0; n < shape.count(); n++) {
            spots.add(new Position(classFirst[b] + n, placed.row(), placed.column()));
          }
        }
      }
    }
    return Collections.unmodifiableList(spots);
  }

  private BlockPositions diagonal(Item item, BlockPositions under) {
    int together = item.tiling().groupsPerCrossbar();
    return together == 1
        ? under
        : new BlockPositions.Diagonal(
            under, together, item.matrix().height(), item.matrix().width());
  }

  private BlockPositions.Grid grid(Item item) {
    return new BlockPositions.Grid(
        ceil(item.matrix().height(), size.rows()),
        ceil(item.matrix().width(), size.columns()),
        size.rows(),
        size.columns());
  }

  private LayerLayout layout(Item item, BlockPositions positions) {
    return new LayerLayout(
        item.network(), item.layer(), item.matrix(), item.copies(), grid(item), positions);
  }

  private static int ceil(int a, int b) {
    return (a + b - 1) / b;
  }
}
