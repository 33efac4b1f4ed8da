package dev.kirchhoff.mapper.schedule;

import java.util.List;

/**
 * End of each iteration of a layer: a convex polygon over the iterations, by its vertices
 * (iteration, time) from iteration 0 to the last. Immutable.
 */
final class Progress {
  private final double[] iteration;
  private final double[] time_ns;

  /** End of one iteration. */
  record Vertex(double iteration, double time_ns) {}

  private Progress(double[] iteration, double[] time_ns) {
    this.iteration = iteration;
    this.time_ns = time_ns;
  }

  /** Iterations that end at an even pace. */
  static Progress even(double lastIteration, double from_ns, double to_ns) {
    return lastIteration > 0
        ? new Progress(new double[] {0, lastIteration}, new double[] {from_ns, to_ns})
        : new Progress(new double[] {0}, new double[] {from_ns});
  }

  /** The polygon of vertices. */
  static Progress of(List<Vertex> vertices) {
    double[] iteration = new double[vertices.size()];
    double[] time_ns = new double[vertices.size()];
    for (int v = 0; v < iteration.length; v++) {
      iteration[v] = vertices.get(v).iteration();
      time_ns[v] = vertices.get(v).time_ns();
    }
    return new Progress(iteration, time_ns);
  }

  /** Number of vertices. */
  int vertices() {
    return iteration.length;
  }

  /** Iteration of a vertex. */
  double iteration(int vertex) {
    return iteration[vertex];
  }

  /** End of the first iteration. */
  double first_ns() {
    return time_ns[0];
  }

  /** True if iterations end at an even pace from an iteration on. */
  boolean isEvenFrom(double from) {
    return iteration.length == 1 || from >= iteration[iteration.length - 2];
  }

  /**
   * End of an iteration; between two iterations in proportion, before the first one's end that end.
   */
  double at_ns(double k) {
    if (k <= 0) {
      return time_ns[0];
    }
    int v = iteration.length - 1;
    if (k >= iteration[v]) {
      return time_ns[v];
    }
    while (iteration[v - 1] > k) {
      v--;
    }
    double share = (k - iteration[v - 1]) / (iteration[v] - iteration[v - 1]);
    return time_ns[v - 1] + share * (time_ns[v] - time_ns[v - 1]);
  }

  /** The iteration, with a fraction, that ends at a time; 0 before the first one's end. */
  double iterationsAt(double at_ns) {
    int v = iteration.length - 1;
    if (at_ns >= time_ns[v]) {
      return iteration[v];
    }
    while (v > 0 && time_ns[v - 1] > at_ns) {
      v--;
    }
    if (v == 0) {
      return 0;
    }
    double share = (at_ns - time_ns[v - 1]) / (time_ns[v] - time_ns[v - 1]);
    return iteration[v - 1] + share * (iteration[v] - iteration[v - 1]);
  }
}
