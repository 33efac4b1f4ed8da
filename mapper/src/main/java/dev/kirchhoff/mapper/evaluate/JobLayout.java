package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.count.LayerCounter;
import dev.kirchhoff.mapper.layout.Layout;
import dev.kirchhoff.mapper.layout.LayoutMaker;
import dev.kirchhoff.mapper.layout.Matrix;
import dev.kirchhoff.mapper.tile.SharedCrossbars;
import java.util.List;

/** Writes down where the weights of a mapped design stand; on demand, outside the loop. */
final class JobLayout {
  private JobLayout() {}

  /** The layout of a mapped design. */
  static Layout of(DesignMapping mapping) {
    ArrayUse use = mapping.use();
    LayoutMaker maker =
        new LayoutMaker(
            new Layout.Size(use.side().rows(), use.side().columns(), use.perPe(), use.perTile()));
    LayerPlaces places = LayerPlaces.of(mapping);
    for (int j = 0; j < mapping.jobs(); j++) {
      add(maker, j, mapping.job(j), use, places);
    }
    return maker.make(places.end());
  }

  private static void add(
      LayoutMaker maker, int network, JobMapping job, ArrayUse use, LayerPlaces places) {
    List<Layer> layers = job.job().network().layers();
    boolean isShared = job.sharing.isPacked();
    long[] classFirst = isShared ? classFirst(network, job, places) : new long[0];
    for (int l = 0; l < job.layers(); l++) {
      if (layers.get(l).dynamic()) {
        continue;
      }
      LayerCounter counter = job.counter(l, use);
      Matrix matrix =
          new Matrix(
              layers.get(l).shape(),
              counter.rowsPerWeight(),
              counter.columnsPerWeight(),
              counter.kernels());
      LayoutMaker.Item item =
          new LayoutMaker.Item(
              network, l, matrix, counter.tiling(), job.copies(l), places.first(network, l));
      if (use.floorplan() != Floorplan.SHARED) {
        maker.addOwn(item, use.floorplan(), counter.groundSize());
      } else if (isShared) {
        maker.addShared(item, job.sharing.crossbars(), job.stage(l), classFirst);
      } else {
        maker.add(item);
      }
    }
  }

  /** Shared crossbars stand behind those of the layer whose block opened them. */
  private static long[] classFirst(int network, JobMapping job, LayerPlaces places) {
    SharedCrossbars shared = job.sharing.crossbars();
    long[] next = new long[job.stages.count()];
    for (int l = 0; l < job.layers(); l++) {
      if (job.stage(l) >= 0) {
        next[job.stage(l)] = places.first(network, l) + Math.round(job.crossbars(l));
      }
    }
    long[] first = new long[shared.classes()];
    for (int b = 0; b < first.length; b++) {
      int opener = shared.layer(shared.kind(b, 0));
      next[opener] -= shared.count(b);
      first[b] = next[opener];
    }
    return first;
  }
}
