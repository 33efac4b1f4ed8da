package dev.kirchhoff.arch.workload;

import java.util.Locale;

/**
 * Shape of a matrix layer: a convolution, or with a 1×1 kernel a linear layer.
 *
 * <p>A linear layer on several vectors (tokens, positions) has that many rows of output and one
 * column. A batch of b inputs is b times as many rows. The heads of an attention product are
 * groups.
 *
 * @param inputsPerGroup input channels of one group
 * @param outputsPerGroup output channels of one group
 * @param kernelHeight rows of the kernel
 * @param kernelWidth columns of the kernel
 * @param outputHeight rows of the output map
 * @param outputWidth columns of the output map
 * @param stride stride in both directions
 * @param groups groups; depthwise layers have one input and one output channel per group
 */
public record MatrixShape(
    int inputsPerGroup,
    int outputsPerGroup,
    int kernelHeight,
    int kernelWidth,
    int outputHeight,
    int outputWidth,
    int stride,
    int groups) {
  private static final double LARGEST_MACS = 1e15;

  public MatrixShape {
    requirePositive("inputsPerGroup", inputsPerGroup);
    requirePositive("outputsPerGroup", outputsPerGroup);
    requirePositive("kernelHeight", kernelHeight);
    requirePositive("kernelWidth", kernelWidth);
    requirePositive("outputHeight", outputHeight);
    requirePositive("outputWidth", outputWidth);
    requirePositive("stride", stride);
    requirePositive("groups", groups);
    requireCountable(
        inputsPerGroup,
        kernelHeight,
        kernelWidth,
        outputsPerGroup,
        outputHeight,
        outputWidth,
        groups);
  }

  /**
   * Requires that the inputs of one output fit an int, and all other counts a long with room for
   * sums over layers.
   */
  private static void requireCountable(int inputs, int height, int width, int... others) {
    double inputsPerOutput = (double) inputs * height * width;
    double macs = inputsPerOutput;
    for (int other : others) {
      macs *= other;
    }
    if (inputsPerOutput > Integer.MAX_VALUE || macs > LARGEST_MACS) {
      throw new IllegalArgumentException(
          "A layer has at most 2147483647 inputs an output and 10^15 multiply-accumulates; this one"
              + " has "
              + count(inputsPerOutput)
              + " and "
              + count(macs)
              + ".");
    }
  }

  /** Whole up to what a long counts without loss. */
  private static String count(double value) {
    return value <= LARGEST_MACS
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.2e", value).replace("e+", "e");
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "The " + name + " (" + value + ") of a layer must be positive.");
    }
  }

  /** Inputs of one output, K. */
  public int inputsPerOutput() {
    return inputsPerGroup * kernelHeight * kernelWidth;
  }

  /** Input vectors of one inference, N_v. */
  public long vectors() {
    return (long) outputHeight * outputWidth;
  }

  /** Multiply-accumulates of one inference. */
  public long macs() {
    return vectors() * inputsPerOutput() * outputsPerGroup * groups;
  }

  /** Stored weights. */
  public long weights() {
    return (long) inputsPerOutput() * outputsPerGroup * groups;
  }

  /** Output values of one inference. */
  public long outputs() {
    return vectors() * outputsPerGroup * groups;
  }
}
