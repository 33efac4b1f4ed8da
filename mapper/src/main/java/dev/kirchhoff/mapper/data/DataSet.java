package dev.kirchhoff.mapper.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * Samples of one shape, as a network reads them, with labels where they have some. Values are kept
 * in one array, sample by sample in the order of the shape, the last dimension fastest.
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
  private final int size;
  private final Optional<int[]> labels;

  private DataSet(
      String name,
      List<Integer> shape,
      int classes,
      float[] values,
      int size,
      Optional<int[]> labels) {
    this.name = name;
    this.shape = shape;
    this.classes = classes;
    this.values = values;
    this.size = size;
    this.labels = labels;
  }

  /**
   * Samples without labels, of the given values, which are not copied and must not be changed
   * afterwards.
   *
   * @param name name of the data
   * @param shape dimensions of one sample
   * @param values all values, one sample after the other
   * @throws IllegalArgumentException if the values are not those of whole samples
   */
  public static DataSet of(String name, List<Integer> shape, float[] values) {
    long each = valuesOf(shape);
    if (each < 1 || values.length % each != 0) {
      throw new IllegalArgumentException(
          "The values ("
              + values.length
              + ") of "
              + name
              + " must be a multiple of "
              + each
              + ".\nMaybe a dimension of the shape is missing.");
    }
    int size = (int) (values.length / each);
    return new DataSet(name, List.copyOf(shape), 0, values, size, Optional.empty());
  }

  private static long valuesOf(List<Integer> shape) {
    long each = 1;
    for (int dim : shape) {
      each *= dim;
    }
    return each;
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
    long each = valuesOf(shape);
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
    return new DataSet(
        name, List.copyOf(shape), classes, values, labels.length, Optional.of(labels));
  }

  /** Name of the data set. */
  public String name() {
    return name;
  }

  /** Dimensions of one sample. */
  public List<Integer> shape() {
    return shape;
  }

  /** Number of different labels; 0 without labels. */
  public int classes() {
    return classes;
  }

  /** Number of samples. */
  public int size() {
    return size;
  }

  /** Class of a sample, by its place; empty if the samples have no labels. */
  public Optional<IntUnaryOperator> labels() {
    return labels.map(classOf -> sample -> classOf[sample]);
  }

  /** Values of one sample. */
  public int valuesPerSample() {
    return shape.stream().reduce(1, (a, b) -> a * b);
  }

  /**
   * The class of a sample.
   *
   * @throws java.util.NoSuchElementException if the samples have no labels
   */
  public int label(int sample) {
    return labels.orElseThrow()[sample];
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

  /** The values of a sample. */
  public float[] item(int sample) {
    float[] item = new float[valuesPerSample()];
    copy(sample, item, 0);
    return item;
  }

  /** The first samples; all, if there are fewer. */
  public DataSet first(int samples) {
    return part(0, Math.min(samples, size()));
  }

  /** The samples behind the first ones. */
  public DataSet without(int first) {
    return part(Math.min(first, size()), size());
  }

  private DataSet part(int from, int to) {
    int each = valuesPerSample();
    return new DataSet(
        name,
        shape,
        classes,
        Arrays.copyOfRange(values, from * each, to * each),
        to - from,
        labels.map(all -> Arrays.copyOfRange(all, from, to)));
  }
}
