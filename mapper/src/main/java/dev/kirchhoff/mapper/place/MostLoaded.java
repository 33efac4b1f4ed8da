package dev.kirchhoff.mapper.place;

/**
 * Bits on the most loaded link of what parts of the traffic send, for each of the links that it has
 * side by side; on a fabric of circuits the largest part, which has a track to itself.
 *
 * <p>That needs the load of every link ({@link LinkBundles}, {@link GridLoads}). No link carries
 * more than all parts together, nor more than {@link Cuts} and {@link MeshBound} say, so that loads
 * are summed up only where they could be more than what is enough to know. Scratch; not safe for
 * several threads.
 */
final class MostLoaded {
  private final LinkBundles bundles = new LinkBundles();
  private final Cuts cuts = new Cuts();
  private final MeshBound meshBound = new MeshBound();
  private final MeshLines meshLines = new MeshLines();
  private final GridLoads gridLoads = new GridLoads();
  private int[] route = new int[64];
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

  /** Whether bundles or stretches are those of all layers. */
  private boolean isOfAll;

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
    if (route.length < fabric.links()) {
      route = new int[fabric.links()];
    }
    isOfAll &= isSummed;
  }

  /** Forgets what is known of all parts together. */
  void forget() {
    isSummed = false;
    isOfAll = false;
  }

  /** Of the parts of a layer; what is at most enough may come out as 0. */
  double of(Parts parts, int layer, double enough) {
    int begin = parts.first(layer);
    int end = parts.first(layer + 1);
    if (bits(parts, begin, end) <= enough || bound(parts, begin, end) <= enough) {
      return 0;
    }
    isOfAll = false;
    return most(parts, layer, layer + 1);
  }

  /** The same of the first layers; what is found is kept until it is to be forgotten. */
  double ofAll(Parts parts, int layers, double enough) {
    int end = parts.first(layers);
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
    boolean isMesh = chips == 1 && !switched && fabric instanceof Mesh;
    if (Double.isNaN(allMost) && !isOfAll && isMesh) {
      allBound = Math.min(allBound, closerBound((Mesh) fabric, parts, end));
      if (allBound <= enough) {
        return 0;
      }
    }
    if (Double.isNaN(allMost)) {
      allMost = most(parts, 0, layers);
      isOfAll = true;
    }
    return allMost;
  }

  /**
   * What the first layers send over links, at least over those that carry more than one of the
   * layers there has enough with.
   *
   * @param enough bits by layer
   */
  LinkBundles bundles(Parts parts, int layers, double[] enough) {
    if (!isOfAll) {
      most(parts, 0, layers);
      isOfAll = true;
    }
    if (chips == 1 && fabric instanceof Grid) {
      gridLoads.bundle(parts, layers, enough, bundles);
    }
    return bundles;
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

  private double most(Parts parts, int layer, int behind) {
    if (switched) {
      double largest = 0;
      for (int i = parts.first(layer); i < parts.first(behind); i++) {
        largest = Math.max(largest, parts.bits[i]);
      }
      return largest;
    }
    if (chips == 1 && fabric instanceof Grid grid) {
      return mostOfGrid(grid, parts, parts.first(layer), parts.first(behind));
    }
    bundle(parts, layer, behind);
    return bundles.most();
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

  private double closerBound(Mesh mesh, Parts parts, int end) {
    meshLines.set(mesh);
    for (int i = 0; i < end; i++) {
      if (parts.from[i] == Fabric.OUTSIDE) {
        meshLines.addFromPort(parts.to[i], parts.count[i], parts.bits[i]);
      } else if (parts.to[i] == Fabric.OUTSIDE) {
        meshLines.addToPort(parts.from[i], parts.bits[i]);
      } else {
        meshLines.add(parts.from[i], parts.to[i], parts.count[i], parts.bits[i]);
      }
    }
    return meshLines.most();
  }

  private double mostOfGrid(Grid grid, Parts parts, int begin, int end) {
    gridLoads.set(grid);
    for (int i = begin; i < end; i++) {
      int from = parts.from[i];
      if (parts.to[i] == Fabric.OUTSIDE) {
        gridLoads.toPort(i, from, parts.bits[i]);
      } else {
        gridLoads.multicast(i, from, parts.to[i], parts.count[i], parts.bits[i], scratch);
      }
    }
    return gridLoads.most();
  }

  /** Bundles the links of all chips, numbered through all of them. */
  private void bundle(Parts parts, int layer, int behind) {
    bundles.clear(fabric.links() * chips);
    for (int l = layer; l < behind; l++) {
      for (int i = parts.first(l); i < parts.first(l + 1); i++) {
        bundles.begin(l, parts.bits[i]);
        if (chips == 1 && fabric instanceof Tree tree) {
          tree.load(parts.from[i], parts.to[i], parts.count[i], bundles);
        } else {
          int links = parts.route(i, fabric, route, scratch);
          bundles.load(route, links, parts.chip[i] * fabric.links());
        }
      }
    }
    if (fabric.isUniform() && fabric.links() > 0) {
      bundles.settle(fabric.capacity(0));
    } else {
      bundles.settle(fabric);
    }
  }
}
