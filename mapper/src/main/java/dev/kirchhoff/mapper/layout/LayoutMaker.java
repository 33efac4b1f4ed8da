package dev.kirchhoff.mapper.layout;

import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.mapper.layout.Ground.Edges;
import dev.kirchhoff.mapper.layout.Ground.Spot;
import dev.kirchhoff.mapper.tile.SharedCrossbars;
import dev.kirchhoff.mapper.tile.Tiling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Makes a layout, layer by layer, from what tiling and packing have decided. */
public final class LayoutMaker {
  private final Layout.Size size;
  private final List<LayerLayout> layers = new ArrayList<>();

  /** Begins a layout. */
  public LayoutMaker(Layout.Size size) {
    this.size = size;
  }

  /**
   * A layer as it is to be laid.
   *
   * @param network number of its network
   * @param layer its number
   * @param matrix its weights
   * @param tiling how one copy is cut
   * @param copies copies of it
   * @param first first crossbar of its own
   */
  public record Item(
      int network, int layer, Matrix matrix, Tiling tiling, int copies, long first) {}

  /** Lays a layer crossbar by crossbar. */
  public void add(Item item) {
    add(item, diagonal(item, new Ground.Row(item.first(), item.tiling().crossbars())));
  }

  /**
   * Lays a layer on tiles of its own, or on PEs for each position of its kernel.
   *
   * @param of crossbars of such a tile or PE
   */
  public void addOwn(Item item, Floorplan floorplan, int of) {
    Matrix matrix = item.matrix();
    if (matrix.shape().groups() > 1) {
      add(item);
      return;
    }
    boolean own = floorplan == Floorplan.OWN_KERNELS && matrix.kernels();
    int side = (int) Math.sqrt(of);
    int stacked = own ? 1 : matrix.parts();
    int down = grid(item).down() * stacked;
    int across = grid(item).across();
    int squares = ceil(across, side);
    add(
        item,
        new Ground.Squares(
            item.first(),
            side,
            of,
            squares,
            (long) ceil(down, side) * squares * of,
            Math.max(1, side / across),
            stacked));
  }

  /**
   * Lays a layer whose first copy shares crossbars.
   *
   * @param shared the shared crossbars
   * @param as number under which they know the layer
   * @param classFirst first crossbar of each of their classes
   */
  public void addShared(Item item, SharedCrossbars shared, int as, long[] classFirst) {
    Tiling tiling = item.tiling();
    int k = tiling.groupsPerCrossbar();
    int height = tiling.partHeight();
    int width = tiling.partWidth();
    int parts = item.matrix().parts();
    Edges edges;
    if (k > 1) {
      List<Spot> spots = new ArrayList<>(spots(shared, as, k * height, k * width, classFirst));
      for (int i = 0; spots.isEmpty() && i < parts / k; i++) {
        spots.add(new Spot(item.first() + i, 0, 0));
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
    add(item, diagonal(item, new Ground.Shared(item.first(), tiling.crossbars(), full, edges)));
  }

  private static long number(SharedCrossbars shared, int as) {
    long sum = 0;
    for (int k = 0; k < shared.kinds(); k++) {
      sum += shared.layer(k) == as ? shared.number(k) : 0;
    }
    return sum;
  }

  /** Spots of the blocks of one size of a layer, in the order of their crossbars. */
  private static List<Spot> spots(
      SharedCrossbars shared, int as, int height, int width, long[] classFirst) {
    List<Spot> spots = new ArrayList<>();
    for (int b = 0; b < shared.classes(); b++) {
      for (int i = 0; i < shared.blocks(b); i++) {
        int kind = shared.kind(b, i);
        if (shared.layer(kind) == as
            && shared.height(kind) == height
            && shared.width(kind) == width) {
          for (int n = 0; n < shared.count(b); n++) {
            spots.add(new Spot(classFirst[b] + n, shared.row(b, i), shared.column(b, i)));
          }
        }
      }
    }
    return Collections.unmodifiableList(spots);
  }

  private Ground diagonal(Item item, Ground under) {
    int together = item.tiling().groupsPerCrossbar();
    return together == 1
        ? under
        : new Ground.Diagonal(under, together, item.matrix().height(), item.matrix().width());
  }

  private Ground.Grid grid(Item item) {
    return new Ground.Grid(
        ceil(item.matrix().height(), size.rows()),
        ceil(item.matrix().width(), size.columns()),
        size.rows(),
        size.columns());
  }

  private void add(Item item, Ground ground) {
    layers.add(
        new LayerLayout(
            item.network(), item.layer(), item.matrix(), item.copies(), grid(item), ground));
  }

  /** The layout of all layers added, on so many crossbars. */
  public Layout make(long crossbars) {
    return new Layout(size, layers, crossbars);
  }

  private static int ceil(int a, int b) {
    return (a + b - 1) / b;
  }
}
