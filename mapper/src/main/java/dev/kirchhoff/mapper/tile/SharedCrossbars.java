package dev.kirchhoff.mapper.tile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Blocks that do not fill a crossbar, packed into crossbars of R × C cells that several share.
 *
 * <p>Sizes of blocks are taken in the order of their larger side, measured in the crossbar's; a
 * block goes to the free rectangle that it fills best, else to a new crossbar, and cuts what is
 * left of the rectangle in two along the longer remainder (guillotine cuts with best area fit:
 * Jylänki, A Thousand Ways to Pack the Bin, 2010). Blocks are not turned. Crossbars that hold the
 * same are kept as one class with a count, so work grows with sizes of blocks, not with crossbars.
 *
 * <p>Blocks on one crossbar are read one after another, so their busy times add up; a block is only
 * added while the sum stays within a limit. At most {@value #MOST} blocks share a crossbar.
 * Neglected: rows and columns that block-diagonal packing leaves free inside its bounding
 * rectangle.
 *
 * @param kinds equal blocks of one layer, in the order given
 * @param classes crossbars that hold the same
 */
public record SharedCrossbars(List<Blocks> kinds, List<CrossbarClass> classes) {
  /** Most blocks of one crossbar. */
  public static final int MOST = 16;

  public SharedCrossbars {
    kinds = List.copyOf(kinds);
    classes = List.copyOf(classes);
  }

  /**
   * Equal blocks of one layer.
   *
   * @param layer layer that they belong to
   * @param height rows of a block, at most those of a crossbar
   * @param width columns of a block, at most those of a crossbar
   * @param number number of blocks
   * @param busy_ns time of an inference in which one block is read
   */
  public record Blocks(int layer, int height, int width, int number, double busy_ns) {
    /** These blocks with another busy time. */
    public Blocks busy(double busy_ns) {
      return new Blocks(layer, height, width, number, busy_ns);
    }

    private long cells() {
      return (long) height * width;
    }
  }

  /**
   * A block on a crossbar.
   *
   * @param kind index of its kind
   * @param row first row
   * @param column first column
   */
  public record PlacedBlock(int kind, int row, int column) {}

  /**
   * Crossbars that hold the same blocks.
   *
   * @param count number of crossbars
   * @param busy_ns time of an inference in which such a crossbar is read
   * @param blocks its blocks
   */
  public record CrossbarClass(int count, double busy_ns, List<PlacedBlock> blocks) {
    public CrossbarClass {
      blocks = List.copyOf(blocks);
    }
  }

  /** A free rectangle of a crossbar. */
  private record FreeRectangle(int row, int column, int height, int width) {
    boolean takes(Blocks block) {
      return height >= block.height() && width >= block.width();
    }
  }

  /** Equal crossbars while blocks are added to them. */
  private record Bin(
      int count, double busy_ns, List<PlacedBlock> blocks, List<FreeRectangle> free) {
    Bin with(int count) {
      return new Bin(count, busy_ns, blocks, free);
    }
  }

  /** A free rectangle that a block fills best. */
  private record Fit(int bin, int free) {}

  /**
   * Packs blocks.
   *
   * @param rows rows of a crossbar
   * @param columns columns of a crossbar
   * @param kinds blocks by size
   * @param limit_ns longest time that an inference may read one crossbar of several blocks
   * @param once whether a crossbar may hold only one block of each layer
   */
  public static SharedCrossbars pack(
      int rows, int columns, List<Blocks> kinds, double limit_ns, boolean once) {
    Packing packing = new Packing(rows, columns, kinds, limit_ns, once);
    return new SharedCrossbars(
        kinds,
        packing.bins().stream()
            .map(bin -> new CrossbarClass(bin.count(), bin.busy_ns(), bin.blocks()))
            .toList());
  }

  /** Rules of one packing. */
  private record Packing(int rows, int columns, List<Blocks> kinds, double limit_ns, boolean once) {

    List<Bin> bins() {
      List<Bin> bins = new ArrayList<>();
      for (int kind : order()) {
        Blocks block = kinds.get(kind);
        int left = block.number();
        while (left > 0) {
          Fit fit = bestFit(bins, block);
          if (fit == null) {
            int together = together(block);
            int number = (left + together - 1) / together;
            bins.add(
                new Bin(number, 0, List.of(), List.of(new FreeRectangle(0, 0, rows, columns))));
            fit = new Fit(bins.size() - 1, 0);
          }
          Bin bin = bins.get(fit.bin());
          int taken = Math.min(left, bin.count());
          if (taken < bin.count()) {
            bins.add(bin.with(bin.count() - taken));
          }
          bins.set(fit.bin(), place(bin.with(taken), kind, fit.free()));
          left -= taken;
        }
      }
      return bins;
    }

    /** Larger sides first; among equals larger areas, then the order given. */
    private List<Integer> order() {
      Comparator<Integer> bySide = Comparator.comparingLong(k -> -side(kinds.get(k)));
      return IntStream.range(0, kinds.size())
          .boxed()
          .sorted(bySide.thenComparingLong(k -> -kinds.get(k).cells()))
          .toList();
    }

    private long side(Blocks block) {
      return Math.max((long) block.height() * columns, (long) block.width() * rows);
    }

    /** Blocks of a kind that one crossbar could hold. */
    private int together(Blocks block) {
      if (once) {
        return 1;
      }
      long fit = (long) (rows / block.height()) * (columns / block.width());
      double timely = block.busy_ns() > 0 ? Math.floor(limit_ns / block.busy_ns()) : MOST;
      return (int) Math.max(1, Math.min(MOST, Math.min(fit, timely)));
    }

    /** The free rectangle that a block fills best; null where it fits none. */
    private Fit bestFit(List<Bin> bins, Blocks block) {
      long least = Long.MAX_VALUE;
      Fit best = null;
      for (int b = 0; b < bins.size(); b++) {
        Bin bin = bins.get(b);
        if (bin.blocks().size() == MOST
            || bin.busy_ns() + block.busy_ns() > limit_ns
            || once && holds(bin, block.layer())) {
          continue;
        }
        for (int f = 0; f < bin.free().size(); f++) {
          FreeRectangle free = bin.free().get(f);
          if (free.takes(block)) {
            long left = (long) free.height() * free.width() - block.cells();
            if (left < least) {
              least = left;
              best = new Fit(b, f);
            }
          }
        }
      }
      return best;
    }

    private boolean holds(Bin bin, int layer) {
      return bin.blocks().stream().anyMatch(placed -> kinds.get(placed.kind()).layer() == layer);
    }

    /** Places a block at the corner of a free rectangle and cuts what is left of it in two. */
    private Bin place(Bin bin, int kind, int position) {
      Blocks block = kinds.get(kind);
      FreeRectangle free = bin.free().get(position);
      List<FreeRectangle> frees = new ArrayList<>(bin.free());
      FreeRectangle last = frees.remove(frees.size() - 1);
      if (position < frees.size()) {
        frees.set(position, last);
      }
      int below = free.height() - block.height();
      int beside = free.width() - block.width();
      boolean isCutDown = (long) beside * rows > (long) below * columns;
      int column = free.column() + block.width();
      int row = free.row() + block.height();
      add(
          frees,
          new FreeRectangle(
              free.row(), column, isCutDown ? free.height() : block.height(), beside));
      add(
          frees,
          new FreeRectangle(row, free.column(), below, isCutDown ? block.width() : free.width()));
      List<PlacedBlock> blocks = new ArrayList<>(bin.blocks());
      blocks.add(new PlacedBlock(kind, free.row(), free.column()));
      return new Bin(bin.count(), bin.busy_ns() + block.busy_ns(), blocks, frees);
    }

    private static void add(List<FreeRectangle> frees, FreeRectangle free) {
      if (free.height() > 0 && free.width() > 0) {
        frees.add(free);
      }
    }
  }

  /** Crossbars that the blocks take. */
  public long crossbars() {
    return classes.stream().mapToLong(CrossbarClass::count).sum();
  }

  /** Blocks of all kinds. */
  public long blocks() {
    return kinds.stream().mapToLong(Blocks::number).sum();
  }
}
