package dev.kirchhoff.mapper.schedule;

import dev.kirchhoff.mapper.schedule.Progress.Vertex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Upper envelope of convex, piecewise linear functions of the iteration, interpolated between whole
 * iterations. Exact: every vertex is a whole iteration beside a vertex of a function or beside a
 * crossing of two. Beyond {@link #VERTICES} vertices every second inner one is left out, until they
 * suffice; the chords of a convex function lie above it: an upper bound.
 */
final class Envelope {
  /** Most vertices of an envelope. */
  static final int VERTICES = 64;

  private static final double COLLINEAR = 1e-13;

  private final List<Function> functions;
  private final List<Vertex> vertices = new ArrayList<>();

  /** A convex function of the iteration. */
  sealed interface Function {
    double at_ns(double iteration);
  }

  /** The function {@code from_ns + slope_ns · k} of iteration k. */
  record Line(double from_ns, double slope_ns) implements Function {
    @Override
    public double at_ns(double iteration) {
      return from_ns + slope_ns * iteration;
    }
  }

  /** A layer's progress at its iteration {@code offset + slope · k}, delayed. */
  record DelayedProgress(Progress progress, double offset, double slope, double delay_ns)
      implements Function {
    @Override
    public double at_ns(double iteration) {
      return progress.at_ns(offset + slope * iteration) + delay_ns;
    }
  }

  private Envelope(List<Function> functions) {
    this.functions = functions;
  }

  /** The envelope of functions from iteration 0 to the last. */
  static Progress of(List<Function> functions, double lastIteration) {
    return new Envelope(functions).upTo(lastIteration);
  }

  private Progress upTo(double lastIteration) {
    double[] before = values(0);
    add(0, largest(before));
    double begun = 0;
    for (double iteration : candidates(lastIteration)) {
      if (iteration > begun) {
        double[] here = values(iteration);
        between(before, begun, here, iteration);
        before = here;
        begun = iteration;
      }
    }
    List<Vertex> few = vertices;
    while (few.size() > VERTICES) {
      few = everySecond(few);
    }
    return Progress.of(few);
  }

  /** Whole iterations beside the vertices of the functions, and the last one, in order. */
  private double[] candidates(double lastIteration) {
    int most = 1;
    for (Function function : functions) {
      most += function instanceof DelayedProgress curve ? 2 * curve.progress().vertices() : 0;
    }
    double[] iterations = new double[most];
    int count = 0;
    for (Function function : functions) {
      if (function instanceof DelayedProgress curve && curve.slope() > 0) {
        for (int v = 0; v < curve.progress().vertices(); v++) {
          double iteration = (curve.progress().iteration(v) - curve.offset()) / curve.slope();
          if (iteration > 0 && iteration < lastIteration) {
            iterations[count++] = Math.floor(iteration);
            iterations[count++] = Math.ceil(iteration);
          }
        }
      }
    }
    iterations[count++] = lastIteration;
    Arrays.sort(iterations, 0, count);
    return Arrays.copyOf(iterations, count);
  }

  private double[] values(double iteration) {
    double[] values = new double[functions.size()];
    for (int f = 0; f < values.length; f++) {
      values[f] = functions.get(f).at_ns(iteration);
    }
    return values;
  }

  private static double largest(double[] values) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      largest = value > largest ? value : largest;
    }
    return largest;
  }

  /**
   * Adds the vertices behind iteration a, the last one so far, up to iteration b; every function is
   * straight between them.
   *
   * @param atA values of the functions at iteration a
   * @param atB values of the functions at iteration b
   */
  private void between(double[] atA, double a, double[] atB, double b) {
    double largestB_ns = largest(atB);
    if (b - a > 1) {
      int f = steepest(atA, last().time_ns(), atB);
      int g = steepest(atB, largestB_ns, atA);
      if (f != g && atB[f] < largestB_ns) {
        double riseOfGap = (largestB_ns - atA[g] - (atB[f] - atA[f])) / (b - a);
        double crossing = a + (atA[f] - atA[g]) / riseOfGap;
        double low = Math.min(Math.max(Math.floor(crossing), a), b - 1);
        double high = low + 1;
        double[] atHigh = values(high);
        if (low > a) {
          between(atA, a, values(low), low);
        }
        add(high, largest(atHigh));
        if (high < b) {
          between(atHigh, high, atB, b);
        }
        return;
      }
    }
    add(b, largestB_ns);
  }

  /** Of the functions that are largest at one iteration, the one that is largest at another. */
  private static int steepest(double[] values, double largest_ns, double[] others) {
    int best = 0;
    for (int f = 0; f < values.length; f++) {
      boolean isSteeper = values[best] != largest_ns || others[f] > others[best];
      best = values[f] == largest_ns && isSteeper ? f : best;
    }
    return best;
  }

  private Vertex last() {
    return vertices.get(vertices.size() - 1);
  }

  /** Adds a vertex; one that lies on the line from its neighbours is replaced. */
  private void add(double iteration, double at_ns) {
    int size = vertices.size();
    if (size >= 2) {
      Vertex before = vertices.get(size - 2);
      Vertex last = vertices.get(size - 1);
      double share = (last.iteration() - before.iteration()) / (iteration - before.iteration());
      double line_ns = before.time_ns() + share * (at_ns - before.time_ns());
      if (line_ns - last.time_ns() <= COLLINEAR * at_ns) {
        vertices.remove(size - 1);
      }
    }
    vertices.add(new Vertex(iteration, at_ns));
  }

  /** The polygon without every second inner vertex. */
  private static List<Vertex> everySecond(List<Vertex> vertices) {
    List<Vertex> kept = new ArrayList<>();
    kept.add(vertices.get(0));
    for (int v = 2; v < vertices.size() - 1; v += 2) {
      kept.add(vertices.get(v));
    }
    kept.add(vertices.get(vertices.size() - 1));
    return kept;
  }
}
