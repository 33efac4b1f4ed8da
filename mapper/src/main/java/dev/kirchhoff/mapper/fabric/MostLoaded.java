package dev.kirchhoff.mapper.fabric;

import java.util.function.IntConsumer;

/**
 * Bits on the most loaded link of what layers send, for each of the links that it has side by side;
 * on a circuit-switched fabric the largest transfer, which has a track to itself.
 *
 * <p>That needs the load of every link ({@link LinkBundles}, {@link GridLoads}). No link carries
 * more than all transfers together, nor more than {@link TreeBound}, {@link MeshBound} and {@link
 * MeshLines} say, so that loads are summed up only where they could be more than what is enough to
 * know.
 */
public final class MostLoaded {
  private MostLoaded() {}

  /**
   * Bits on the most loaded link by one layer alone; what is at most enough may come out as 0.
   *
   * @param chips chips that have such a fabric each
   * @param isSwitched whether every transfer has a connection to itself
   */
  public static double ofLayer(
      Fabric fabric, int chips, boolean isSwitched, Transfers transfers, int layer, double enough) {
    if (isSwitched) {
      return largest(transfers, transfers.first(layer), transfers.first(layer + 1));
    }
    return isEnough(fabric, chips, transfers, layer, layer + 1, enough)
        ? 0
        : most(fabric, chips, transfers, layer, layer + 1);
  }

  /** Bits on the most loaded link by all layers together; see {@link #ofLayer}. */
  public static double ofAll(
      Fabric fabric, int chips, boolean isSwitched, Transfers transfers, double enough) {
    if (isSwitched) {
      return largest(transfers, 0, transfers.size());
    }
    if (isEnough(fabric, chips, transfers, 0, transfers.layers(), enough)
        || chips == 1
            && fabric instanceof Mesh mesh
            && MeshLines.of(mesh, transfers, 0, transfers.size()) <= enough) {
      return 0;
    }
    return most(fabric, chips, transfers, 0, transfers.layers());
  }

  /**
   * Links in bundles, with what the layers send over each; links that carry no more than any of
   * their layers has enough with may be left out.
   *
   * @param enough bits by layer
   */
  public static LinkBundles bundles(
      Fabric fabric, int chips, Transfers transfers, double[] enough) {
    return chips == 1 && fabric instanceof Grid grid
        ? GridLoads.of(grid, transfers, 0, transfers.size()).bundles(transfers, enough)
        : bundles(fabric, chips, transfers, 0, transfers.layers());
  }

  private static double largest(Transfers transfers, int begin, int end) {
    double largest = 0;
    for (int i = begin; i < end; i++) {
      largest = Math.max(largest, transfers.bits(i));
    }
    return largest;
  }

  /** True if a bound proves that no link carries more than {@code enough}. */
  private static boolean isEnough(
      Fabric fabric, int chips, Transfers transfers, int layer, int behind, double enough) {
    int begin = transfers.first(layer);
    int end = transfers.first(behind);
    // On a bus all steps of a chain load the one medium; elsewhere each has a link of its own.
    boolean isBus = fabric instanceof Bus;
    double sum = 0;
    for (int i = begin; i < end; i++) {
      int steps = isBus && transfers.isChain(i) ? transfers.to(i) - transfers.from(i) : 1;
      sum += steps * transfers.bits(i);
    }
    if (sum <= enough) {
      return true;
    }
    if (chips > 1) {
      return false;
    }
    if (fabric instanceof Tree tree) {
      return TreeBound.of(tree, transfers, begin, end) <= enough;
    }
    return fabric instanceof Mesh mesh && MeshBound.of(mesh, transfers, begin, end) <= enough;
  }

  private static double most(Fabric fabric, int chips, Transfers transfers, int layer, int behind) {
    if (chips == 1 && fabric instanceof Grid grid) {
      return GridLoads.of(grid, transfers, transfers.first(layer), transfers.first(behind)).most();
    }
    double[] loads = new double[fabric.links() * chips];
    int[] route = new int[fabric.links() + 1];
    for (int i = transfers.first(layer); i < transfers.first(behind); i++) {
      double bits = transfers.bits(i);
      links(fabric, chips, transfers, i, route, link -> loads[link] += bits);
    }
    double most = 0;
    for (int link = 0; link < loads.length; link++) {
      if (loads[link] > 0) {
        double relative = loads[link] / fabric.capacity(link % fabric.links());
        most = relative > most ? relative : most;
      }
    }
    return most;
  }

  /** Bundles of the links of all chips, numbered through all of them. */
  private static LinkBundles bundles(
      Fabric fabric, int chips, Transfers transfers, int layer, int behind) {
    LinkBundles.Builder bundles = new LinkBundles.Builder(fabric.links() * chips);
    int[] route = new int[fabric.links() + 1];
    for (int l = layer; l < behind; l++) {
      for (int i = transfers.first(l); i < transfers.first(l + 1); i++) {
        if (transfers.isChain(i)) {
          // Steps of a chain may share a link.
          for (int site = transfers.from(i); site < transfers.to(i); site++) {
            int size = fabric.route(site, site + 1, route);
            bundles.begin(l, transfers.bits(i));
            for (int k = 0; k < size; k++) {
              bundles.load(route[k]);
            }
          }
        } else {
          bundles.begin(l, transfers.bits(i));
          links(fabric, chips, transfers, i, route, bundles::load);
        }
      }
    }
    return bundles.build(fabric);
  }

  /** Hands over the links of a transfer; those of all chips are numbered through. */
  private static void links(
      Fabric fabric, int chips, Transfers transfers, int i, int[] route, IntConsumer links) {
    if (transfers.isChain(i)) {
      for (int site = transfers.from(i); site < transfers.to(i); site++) {
        int size = fabric.route(site, site + 1, route);
        for (int k = 0; k < size; k++) {
          links.accept(route[k]);
        }
      }
    } else if (chips == 1 && fabric instanceof Tree tree) {
      if (transfers.isToPort(i)) {
        tree.linksToPort(transfers.from(i), links);
      } else if (transfers.isFromPort(i)) {
        tree.linksFromPort(transfers.to(i), transfers.count(i), links);
      } else {
        tree.links(transfers.from(i), transfers.to(i), transfers.count(i), links);
      }
    } else {
      int size = transfers.route(i, fabric, route);
      int offset = transfers.chip(i) * fabric.links();
      for (int k = 0; k < size; k++) {
        links.accept(offset + route[k]);
      }
    }
  }
}
