package dev.kirchhoff.arch.workload;

/**
 * Geometry of a layer's window on its input map, which {@link MatrixShape} does not state: padding,
 * unequal strides, dilation, depth and time. Positions are those of the input map before padding,
 * counted row by row; each holds all channels.
 *
 * @param inputPositions positions of the input map
 * @param firstPositions positions that have arrived when the first output can be made, 1 ..
 *     inputPositions: {@code (k_h − 1) · dilation · width + (k_w − 1) · dilation + 1} less the
 *     padding in front, all of them where every output needs the whole map
 * @param linePositions positions that must be kept while the window moves; what a line buffer holds
 * @param steps steps that depend on each other, as each needs the result of the one before (time
 *     steps of a recurrent matrix); 1 elsewhere. It divides the vectors
 */
public record Window(long inputPositions, long firstPositions, long linePositions, int steps) {
  public Window {
    requireWithin("firstPositions", firstPositions, inputPositions);
    requireWithin("linePositions", linePositions, inputPositions);
    if (steps < 1) {
      throw new IllegalArgumentException("The steps (" + steps + ") of a layer must be positive.");
    }
  }

  private static void requireWithin(String name, long value, long positions) {
    if (value < 1 || value > positions) {
      throw new IllegalArgumentException(
          "The " + name + " (" + value + ") of a layer must be in 1.." + positions + ".");
    }
  }

  /**
   * The window of a convolution that is padded to the size of its output, which is all that a list
   * of shapes says: {@code (k_h − 1) W + k_w} positions of an input map of {@code W = output width
   * · stride} columns, padding taken as values.
   */
  public static Window padded(MatrixShape shape) {
    long width = (long) shape.outputWidth() * shape.stride();
    long positions = width * shape.outputHeight() * shape.stride();
    long lines = (shape.kernelHeight() - 1) * width + shape.kernelWidth();
    long first = Math.min(positions, lines);
    return new Window(positions, first, first, 1);
  }

  /** Copy of this window with {@code steps} dependent time steps. */
  public Window inSteps(int steps) {
    return new Window(inputPositions, firstPositions, linePositions, steps);
  }
}
