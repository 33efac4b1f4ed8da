package dev.kirchhoff.mapper.train;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A convolution of 3 x 3 kernels with a border of zeros, so that maps keep their size. Computed
 * image by image as a product of matrices over the unfolded image (channels and kernel positions x
 * places of the map).
 */
final class ConvolutionStage implements Stage {
  private static final int KERNEL = 3;

  private final String name;
  private final int channels;
  private final int filters;
  private final int height;
  private final int width;
  private final int inputs;
  private final Parameter weights;
  private final Parameter bias;
  private final float[] columns;
  private final float[] rows;
  private final float[] dyTransposed;
  private final float[] dRows;
  private final float[] dColumns;
  private float[] x;
  private float[] y;
  private float[] dx;

  /**
   * A convolution.
   *
   * @param name of its weights
   * @param shape channels, rows and columns of its input
   * @param filters channels of its output
   * @param random what the weights begin with
   */
  ConvolutionStage(String name, List<Integer> shape, int filters, Random random) {
    this.name = name;
    this.channels = shape.get(0);
    this.height = shape.get(1);
    this.width = shape.get(2);
    this.filters = filters;
    this.inputs = channels * KERNEL * KERNEL;
    this.weights =
        Parameter.matrix(
            name + ".weight",
            List.of(filters, channels, KERNEL, KERNEL),
            Math.sqrt(2.0 / inputs),
            random);
    this.bias = Parameter.bias(name + ".bias", filters);
    this.columns = new float[inputs * height * width];
    this.rows = new float[inputs * height * width];
    this.dyTransposed = new float[filters * height * width];
    this.dRows = new float[inputs * height * width];
    this.dColumns = new float[inputs * height * width];
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int outputs() {
    return filters * height * width;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weights, bias);
  }

  @Override
  public String export(OnnxGraph graph, String input) {
    return graph.node(
        name,
        "Conv",
        List.of(input, graph.constant(weights), graph.constant(bias)),
        OnnxGraph.wholes("kernel_shape", KERNEL, KERNEL),
        OnnxGraph.wholes("pads", 1, 1, 1, 1),
        OnnxGraph.wholes("strides", 1, 1));
  }

  @Override
  public float[] forward(float[] input, int batch) {
    x = input;
    y = Stage.zeros(y, batch * outputs());
    int places = height * width;
    for (int i = 0; i < batch; i++) {
      unfold(i);
      for (int m = 0; m < filters; m++) {
        int at = (i * filters + m) * places;
        Arrays.fill(y, at, at + places, bias.values()[m]);
      }
      Products.add(
          Block.of(weights.used(), inputs),
          Block.of(columns, places),
          new Block(y, i * outputs(), places),
          filters,
          inputs,
          places);
    }
    return y;
  }

  @Override
  public float[] backward(float[] dy, int batch, boolean isFirst) {
    int places = height * width;
    dx = Stage.zeros(dx, isFirst ? 1 : batch * channels * places);
    for (int i = 0; i < batch; i++) {
      Block gradient = new Block(dy, i * outputs(), places);
      unfold(i);
      Products.transpose(Block.of(columns, places), Block.of(rows, inputs), inputs, places);
      Products.add(
          gradient,
          Block.of(rows, inputs),
          Block.of(weights.gradient(), inputs),
          filters,
          places,
          inputs);
      for (int m = 0; m < filters; m++) {
        float sum = 0;
        for (int p = 0; p < places; p++) {
          sum += dy[i * outputs() + m * places + p];
        }
        bias.gradient()[m] += sum;
      }
      if (!isFirst) {
        // Product with the gradients on the left, where zeros are left out.
        Arrays.fill(dRows, 0);
        Products.transpose(gradient, Block.of(dyTransposed, filters), filters, places);
        Products.add(
            Block.of(dyTransposed, filters),
            Block.of(weights.used(), inputs),
            Block.of(dRows, inputs),
            places,
            filters,
            inputs);
        Products.transpose(Block.of(dRows, inputs), Block.of(dColumns, places), places, inputs);
        fold(i);
      }
    }
    return dx;
  }

  /** Copies each kernel position of an image into a row of the unfolded image. */
  private void unfold(int image) {
    Arrays.fill(columns, 0);
    int places = height * width;
    for (int k = 0; k < inputs; k++) {
      int down = k / KERNEL % KERNEL - 1;
      int right = k % KERNEL - 1;
      int from = (image * channels + k / (KERNEL * KERNEL)) * places;
      int first = Math.max(0, -right);
      int count = width - Math.abs(right);
      for (int row = Math.max(0, -down); row < height - Math.max(0, down); row++) {
        System.arraycopy(
            x,
            from + (row + down) * width + first + right,
            columns,
            k * places + row * width + first,
            count);
      }
    }
  }

  /** Adds each row of the unfolded gradient where it came from. */
  private void fold(int image) {
    int places = height * width;
    for (int k = 0; k < inputs; k++) {
      int down = k / KERNEL % KERNEL - 1;
      int right = k % KERNEL - 1;
      int to = (image * channels + k / (KERNEL * KERNEL)) * places;
      int first = Math.max(0, -right);
      int count = width - Math.abs(right);
      for (int row = Math.max(0, -down); row < height - Math.max(0, down); row++) {
        int target = to + (row + down) * width + first + right;
        int source = k * places + row * width + first;
        for (int c = 0; c < count; c++) {
          dx[target + c] += dColumns[source + c];
        }
      }
    }
  }
}
