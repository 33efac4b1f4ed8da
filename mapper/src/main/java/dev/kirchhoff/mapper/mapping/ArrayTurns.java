package dev.kirchhoff.mapper.mapping;

import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.schedule.CrossbarSpan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Turns of crossbars that share a set of converters (docs/mapping.md, section 4.1).
 *
 * <p>Crossbar i of a PE with n_w sets is connected to set i mod n_w, so that neighbours work at
 * once. A set reads its crossbars one after another: layer by layer, a layer takes the time of the
 * largest number of its crossbars at one set; in a pipeline it takes the time of all crossbars at
 * its busiest set, of whichever layer. Neglected: crossbars with fewer row groups than their
 * layer's longest are taken to be as slow; copies are chosen as if no crossbar waited.
 */
public final class ArrayTurns {
  private final double[] busy_ns;
  private final int layersWaiting;

  private ArrayTurns(double[] busy_ns, int layersWaiting) {
    this.busy_ns = busy_ns;
    this.layersWaiting = layersWaiting;
  }

  /**
   * Turns of a program.
   *
   * @param reads_ns time that a layer on crossbars reads
   * @param spans crossbars of its layers
   * @param isPipelined whether its layers run at the same time
   */
  static ArrayTurns of(
      IntToDoubleFunction reads_ns, List<CrossbarSpan> spans, ArrayUse use, boolean isPipelined) {
    double[] busy_ns = new double[spans.size()];
    Map<Long, Double> ofAll = new HashMap<>();
    for (int l = 0; l < busy_ns.length && isPipelined; l++) {
      add(ofAll, reads_ns, l, spans.get(l), use);
    }
    int waiting = 0;
    for (int l = 0; l < busy_ns.length; l++) {
      Map<Long, Double> bySet = isPipelined ? ofAll : new HashMap<>();
      if (!isPipelined) {
        add(bySet, reads_ns, l, spans.get(l), use);
      }
      for (long i = first(spans.get(l)); i < end(spans.get(l)); i++) {
        busy_ns[l] = Math.max(busy_ns[l], bySet.get(set(i, use)));
      }
      waiting += busy_ns[l] > 0 && busy_ns[l] > reads_ns.applyAsDouble(l) ? 1 : 0;
    }
    return new ArrayTurns(busy_ns, waiting);
  }

  private static void add(
      Map<Long, Double> bySet,
      IntToDoubleFunction reads_ns,
      int l,
      CrossbarSpan span,
      ArrayUse use) {
    for (long i = first(span); i < end(span); i++) {
      bySet.merge(set(i, use), reads_ns.applyAsDouble(l), Double::sum);
    }
  }

  private static long first(CrossbarSpan span) {
    return (long) span.first();
  }

  /** Behind the last crossbar; of a layer on digital units the first, as it has none. */
  private static long end(CrossbarSpan span) {
    return span.count() == 0 ? first(span) : (long) Math.ceil(span.first() + span.count());
  }

  private static long set(long crossbar, ArrayUse use) {
    return crossbar / use.perPe() * use.working() + crossbar % use.perPe() % use.working();
  }

  /** Time that the busiest set of a layer's crossbars reads; 0 of a layer on digital units. */
  double busy_ns(int l) {
    return busy_ns[l];
  }

  /** Layers whose crossbars wait for others. */
  public int layersWaiting() {
    return layersWaiting;
  }
}
