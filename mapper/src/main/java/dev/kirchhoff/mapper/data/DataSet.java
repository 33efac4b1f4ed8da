package dev.kirchhoff.mapper.data;

import java.util.Arrays;
import java.util.List;

/**
 * Labelled samples of one shape, as a network reads them. Values are kept in one array, sample by
 * sample in the order of the shape, the last dimension fastest.
 *
 * <pre>{@code
 * DataSet test = ShippedData.fashionTest();
 * float[] image = new float[test.valuesPerSample()];
 * test.copy(0, image, 0);
 * int garment = test.label(0);
 * }</pre>
 */
public final class DataSet {
  private final String name;
  private final List<Integer> shape;
  private final int classes;
  private final float[] values;
  private final int[] labels;

  private DataSet(String name, List<Integer> shape, int classes, float[] values, int[] labels) {
    this.name = name;
    this.shape = shape;
    this.classes = classes;
    this.values = values;
    this.labels = labels;
  }

  /**
   * Samples of the given values, which are not copied and must not be changed afterwards.
   *
   * @param name name of the data
   * @param shape dimensions of one sample
   * @param classes number of labels
   * @param values all values, one sample after the other
   * @param labels one a sample, 0 to {@code classes - 1}
   * @throws IllegalArgumentException if the sizes do not fit each other or a label is not a class
   */
  public static DataSet of(
      String name, List<Integer> shape, int classes, float[] values, int[] labels) {
    long each = 1;
    for (int dim : shape) {
      each *= dim;
    }
    if (each < 1 || values.length != each * labels.length) {
      throw new IllegalArgumentException(
          "The values ("
              + values.length
              + ") of "
              + name
              + " must be "
              + each
              + " a label ("
              + labels.length
              + ").\nMaybe a dimension of the shape is missing.");
    }
    for (int label : labels) {
      if (label < 0 || label >= classes) {
        throw new IllegalArgumentException(
            "The label ("
                + label
                + ") of "
                + name
                + " must be 0.."
                + (classes - 1)
                + ".\nMaybe classes are counted from 1.");
      }
    }
    return new DataSet(name, List.copyOf(shape), classes, values, labels);
  }

  /** Name of the data set. */
  public String name() {
    return name;
  }

  /** Dimensions of one sample. */
  public List<Integer> shape() {
    return shape;
  }

  /** Number of labels. */
  public int classes() {
    return classes;
  }

  /** Number of samples. */
  public int size() {
    return labels.length;
  }

  /** Values of one sample. */
  public int valuesPerSample() {
    return shape.stream().reduce(1, (a, b) -> a * b);
  }

  /** The class of a sample. */
  public int label(int sample) {
    return labels[sample];
  }

  /** One value of a sample, by its place in the sample. */
  public float value(int sample, int index) {
    return values[sample * valuesPerSample() + index];
  }

  /** Copies the values of a sample into an array. */
  public void copy(int sample, float[] target, int offset) {
    int each = valuesPerSample();
    System.arraycopy(values, sample * each, target, offset, each);
  }

  /** The first samples; all, if there are fewer. */
  public DataSet first(int samples) {
    int count = Math.min(samples, size());
    return new DataSet(
        name,
        shape,
        classes,
        Arrays.copyOf(values, count * valuesPerSample()),
        Arrays.copyOf(labels, count));
  }
}
