package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Machine.Stored;
import dev.kirchhoff.arch.workload.KernelWork;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Links;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.MatrixStorage;
import dev.kirchhoff.arch.workload.MatrixStorage.ReadOtherwise.Way;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.StatisticsOrigin;
import dev.kirchhoff.arch.workload.ValueOrigins;
import dev.kirchhoff.arch.workload.ValueStatistics;
import dev.kirchhoff.arch.workload.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts of a run of a kernel.
 *
 * @param word word of the kernel
 * @param matrices matrices that it stored, with their statistics
 * @param reads reads in the order of their first call
 * @param before work before the first read, part of that read's too; all work of a kernel that
 *     reads nothing
 * @param iterations iterations of its outermost loop
 */
public record KernelTrace(
    String word, List<Written> matrices, List<Read> reads, KernelWork before, long iterations) {
  /** Statistics of vectors of ones. */
  private static final ValueStatistics ONES = new ValueStatistics(0, 1, 1, 0);

  private static final ValueOrigins MEASURED =
      new ValueOrigins(
          StatisticsOrigin.MEASURED, StatisticsOrigin.MEASURED, StatisticsOrigin.MEASURED);

  public KernelTrace {
    matrices = List.copyOf(matrices);
    reads = List.copyOf(reads);
  }

  /**
   * A stored matrix.
   *
   * @param matrix the matrix
   * @param values statistics of its elements in units of full scale, as stored at first
   */
  public record Written(Stored matrix, ValueStatistics values) {}

  /**
   * Reads of a matrix in one way.
   *
   * @param matrix the matrix
   * @param way direction; empty of a forward read of all columns
   * @param calls reads that follow one another
   * @param batch vectors of a call, which do not depend on each other
   * @param inputs statistics of the driven values
   * @param work work that follows the reads
   */
  public record Read(
      Stored matrix,
      Optional<Way> way,
      long calls,
      int batch,
      ValueStatistics inputs,
      KernelWork work) {}

  /**
   * The trace as layers: one for each matrix, direction and number of independent vectors, each
   * after the one that was called before it. A matrix that is never read forward is read once, by
   * which its converters are calibrated. Of a kernel that stores nothing, one layer on digital
   * units carries the work; its single product is the price of having a layer.
   */
  public Network network() {
    List<Layer> layers = new ArrayList<>();
    Map<Integer, Integer> storing = new HashMap<>();
    Map<String, Integer> names = new HashMap<>();
    for (Read read : reads) {
      int index = layers.size();
      Optional<Integer> stored = Optional.ofNullable(storing.get(read.matrix().id()));
      MatrixStorage matrix =
          stored
              .<MatrixStorage>map(
                  of ->
                      read.way()
                          .<MatrixStorage>map(way -> new MatrixStorage.ReadOtherwise(of, way))
                          .orElseGet(() -> new MatrixStorage.Reused(of)))
              .orElse(MatrixStorage.OWN);
      storing.putIfAbsent(read.matrix().id(), index);
      int calls = count(Math.max(1, read.calls()));
      MatrixShape shape = shape(read, calls);
      layers.add(
          new Layer(
              name(read, names),
              shape,
              Window.padded(shape).inSteps(calls),
              false,
              read.calls() == 0 ? ONES : read.inputs(),
              matrices.get(read.matrix().id()).values(),
              MEASURED,
              List.of(),
              Links.of(index - 1),
              matrix,
              read.work()));
    }
    if (layers.isEmpty()) {
      MatrixShape shape = new MatrixShape(1, 1, 1, 1, 1, 1, 1, 1);
      layers.add(
          new Layer(
              "digital",
              shape,
              Window.padded(shape),
              true,
              ONES,
              ONES,
              MEASURED,
              List.of(),
              Links.of(Links.INPUT),
              MatrixStorage.OWN,
              before));
    }
    return new Network(word, layers, "trace of a run of the kernel " + word);
  }

  private static int count(long calls) {
    if (calls > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "A kernel has at most "
              + Integer.MAX_VALUE
              + " reads of a matrix; this one has "
              + calls
              + ".\nMaybe one task is meant instead of many.");
    }
    return (int) calls;
  }

  private static MatrixShape shape(Read read, int calls) {
    int rows = read.matrix().rows();
    int columns = read.matrix().columns();
    boolean isBack = read.way().filter(way -> way == Way.TRANSPOSE).isPresent();
    boolean isLine = read.way().filter(way -> way == Way.LINE).isPresent();
    return new MatrixShape(
        isBack ? columns : rows,
        isBack ? rows : isLine ? 1 : columns,
        1,
        1,
        calls,
        read.batch(),
        1,
        1);
  }

  private static String name(Read read, Map<String, Integer> names) {
    String direction =
        read.way().map(way -> way == Way.TRANSPOSE ? ".transpose" : ".line").orElse("");
    String name = read.matrix().name() + direction;
    int before = names.merge(name, 1, Integer::sum);
    return before == 1 ? name : name + "." + before;
  }
}
