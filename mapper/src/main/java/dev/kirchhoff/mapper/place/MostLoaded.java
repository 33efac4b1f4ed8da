package dev.kirchhoff.mapper.place;

import java.util.Arrays;

/**
 * Bits on the most loaded link of what parts of the traffic send, for each of the links that it has
 * side by side; on a fabric of circuits the largest part, which has a track to itself.
 *
 * <p>That needs the load of every link ({@link LinkLoads}). No link carries more than all parts
 * together, nor more than {@link Cuts} and {@link MeshBound} say, so that loads are summed up only
 * where they could be more than what is enough to know. Scratch; not safe for several threads.
 */
final class MostLoaded {
  private final LinkLoads loads = new LinkLoads();
  private final Cuts cuts = new Cuts();
  private final MeshBound meshBound = new MeshBound();
  private final GridLoads gridLoads = new GridLoads();
  private double[] treeLoads = new double[0];
  private int[] scratch = new int[64];
  private Fabric fabric = new NoFabric(1);
  private int chips = 1;
  private boolean switched;

  /** Whether what is known of all layers together is of what they send now. */
  private boolean isSummed;

  /**
   * Bits of all layers together, a bound of every link's load, and the largest; NaN = not found.
   */
  private double allBits;

  private double allBound;
  private double allMost;

  /**
   * Takes a fabric.
   *
   * @param chips chips that have one each
   * @param switched whether every part has a circuit to itself
   * @param sendsTheSame whether what is sent is the same as on the fabric before
   */
  void set(Fabric fabric, int chips, boolean switched, boolean sendsTheSame) {
    isSummed &= sendsTheSame && fabric.sites() == this.fabric.sites();
    this.fabric = fabric;
    this.chips = chips;
    this.switched = switched;
    if (scratch.length < Fabric.scratch(fabric)) {
      scratch = new int[Fabric.scratch(fabric)];
    }
  }

  /** Forgets what is known of all parts together. */
  void forget() {
    isSummed = false;
  }

  /** Of parts from one index to before another; what is at most enough may come out as 0. */
  double of(Parts parts, int begin, int end, double enough) {
    return bits(parts, begin, end) <= enough || bound(parts, begin, end) <= enough
        ? 0
        : most(parts, begin, end);
  }

  /** The same of all parts up to an index; what is found is kept until it is to be forgotten. */
  double ofAll(Parts parts, int end, double enough) {
    if (!isSummed) {
      isSummed = true;
      allBits = bits(parts, 0, end);
      allBound = Double.NaN;
      allMost = Double.NaN;
    }
    if (allBits <= enough) {
      return 0;
    }
    if (Double.isNaN(allBound)) {
      allBound = bound(parts, 0, end);
    }
    if (allBound <= enough) {
      return 0;
    }
    if (Double.isNaN(allMost)) {
      allMost = most(parts, 0, end);
    }
    return allMost;
  }

  /** All bits; infinite where no sum of them is looked at. */
  private double bits(Parts parts, int begin, int end) {
    if (switched) {
      return Double.POSITIVE_INFINITY;
    }
    double sum = 0;
    for (int i = begin; i < end; i++) {
      sum += parts.bits[i];
    }
    return sum;
  }

  /** A bound of every link's load; infinite where none is known. */
  private double bound(Parts parts, int begin, int end) {
    if (switched || chips > 1) {
      return Double.POSITIVE_INFINITY;
    }
    if (fabric instanceof Tree) {
      return boundOfTree(parts, begin, end);
    }
    return fabric instanceof Mesh mesh
        ? boundOfMesh(mesh, parts, begin, end)
        : Double.POSITIVE_INFINITY;
  }

  private double most(Parts parts, int begin, int end) {
    if (switched) {
      double largest = 0;
      for (int i = begin; i < end; i++) {
        largest = Math.max(largest, parts.bits[i]);
      }
      return largest;
    }
    if (chips > 1) {
      return mostOfChips(parts, begin, end);
    }
    if (fabric instanceof Tree tree) {
      return mostOfTree(tree, parts, begin, end);
    }
    if (fabric instanceof Grid grid) {
      return mostOfGrid(grid, parts, begin, end);
    }
    loads.set(fabric);
    for (int i = begin; i < end; i++) {
      parts.send(i, loads);
    }
    return loads.most();
  }

  private double mostOfChips(Parts parts, int begin, int end) {
    double most = 0;
    loads.set(fabric);
    for (int chip = 0; chip < chips; chip++) {
      loads.clear();
      for (int i = begin; i < end; i++) {
        if (parts.chip[i] == chip) {
          parts.send(i, loads);
        }
      }
      most = Math.max(most, loads.most());
    }
    return most;
  }

  private double boundOfTree(Parts parts, int begin, int end) {
    cuts.set(fabric.sites());
    for (int i = begin; i < end; i++) {
      if (parts.from[i] == Fabric.OUTSIDE) {
        cuts.in(parts.bits[i]);
      } else if (parts.to[i] == Fabric.OUTSIDE) {
        cuts.out(parts.bits[i]);
      } else {
        cuts.add(parts.from[i], parts.to[i], parts.count[i], parts.bits[i]);
      }
    }
    return cuts.most();
  }

  private double boundOfMesh(Mesh mesh, Parts parts, int begin, int end) {
    meshBound.set(mesh);
    for (int i = begin; i < end; i++) {
      if (parts.from[i] == Fabric.OUTSIDE) {
        meshBound.addFromPort(parts.to[i], parts.count[i], parts.bits[i]);
      } else if (parts.to[i] == Fabric.OUTSIDE) {
        meshBound.addToPort(parts.from[i], parts.bits[i]);
      } else {
        meshBound.add(parts.from[i], parts.to[i], parts.count[i], parts.bits[i]);
      }
    }
    return meshBound.most();
  }

  private double mostOfGrid(Grid grid, Parts parts, int begin, int end) {
    gridLoads.set(grid);
    for (int i = begin; i < end; i++) {
      if (parts.to[i] == Fabric.OUTSIDE) {
        gridLoads.toPort(parts.from[i], parts.bits[i]);
      } else {
        gridLoads.multicast(parts.from[i], parts.to[i], parts.count[i], parts.bits[i], scratch);
      }
    }
    return gridLoads.most();
  }

  private double mostOfTree(Tree tree, Parts parts, int begin, int end) {
    if (treeLoads.length < tree.links()) {
      treeLoads = new double[tree.links()];
    }
    Arrays.fill(treeLoads, 0, tree.links(), 0);
    double most = 0;
    for (int i = begin; i < end; i++) {
      most =
          parts.to[i] == Fabric.OUTSIDE
              ? tree.addToPort(parts.from[i], parts.bits[i], treeLoads, most)
              : tree.add(
                  parts.from[i], parts.to[i], parts.count[i], parts.bits[i], treeLoads, most);
    }
    return most;
  }
}
