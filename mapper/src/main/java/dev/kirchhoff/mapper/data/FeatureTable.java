package dev.kirchhoff.mapper.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Samples of numeric features: a line of column names, then a line of numbers per sample, with
 * commas between them. A last column of the name {@code class} holds labels, whole numbers from 0.
 */
public final class FeatureTable {
  /** Most numbers of a table that is read. */
  public static final int MOST_NUMBERS = 1 << 22;

  private static final String LABEL = "class";

  private final double[][] samples;
  private final Optional<int[]> labels;

  private FeatureTable(double[][] samples, Optional<int[]> labels) {
    this.samples = samples;
    this.labels = labels;
  }

  /**
   * 150 iris flowers of 3 species, 4 features.
   *
   * <p>Source: R. A. Fisher, Annals of Eugenics 7, 179 (1936), doi
   * 10.1111/j.1469-1809.1936.tb02137.x; UCI Machine Learning Repository, doi 10.24432/C56C76, CC BY
   * 4.0, as scikit-learn corrects it.
   */
  public static FeatureTable iris() {
    return shipped("iris");
  }

  /**
   * 569 tumours, malignant or benign, 30 features of images of their cells.
   *
   * <p>Source: W. H. Wolberg, W. N. Street, O. L. Mangasarian, Breast Cancer Wisconsin
   * (Diagnostic), 1995; UCI Machine Learning Repository, doi 10.24432/C5DW2B, CC BY 4.0.
   */
  public static FeatureTable breastCancer() {
    return shipped("wdbc");
  }

  private static FeatureTable shipped(String name) {
    try (InputStream in = FeatureTable.class.getResourceAsStream("kernels/" + name + ".csv")) {
      return read(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (DataException e) {
      throw new IllegalStateException("The shipped table (" + name + ") must be readable.", e);
    }
  }

  /**
   * Reads a table.
   *
   * @throws DataException with every line that is not a sample, the first ten of them
   */
  public static FeatureTable read(byte[] bytes) throws DataException {
    String[] lines = new String(bytes, StandardCharsets.UTF_8).strip().split("\\R");
    String[] names = lines[0].split(",", -1);
    boolean isLabelled = names[names.length - 1].strip().equals(LABEL);
    int features = names.length - (isLabelled ? 1 : 0);
    if (lines.length < 2 || features < 1) {
      throw new DataException("must hold a line of names, then a line of numbers a sample");
    }
    if ((long) names.length * lines.length > MOST_NUMBERS) {
      throw new DataException(
          "has " + lines.length + " lines, may have " + MOST_NUMBERS / names.length);
    }
    double[][] samples = new double[lines.length - 1][];
    int[] labels = new int[samples.length];
    List<DataException.Problem> problems = new ArrayList<>();
    for (int s = 0; s < samples.length && problems.size() < 10; s++) {
      String[] cells = lines[s + 1].split(",", -1);
      try {
        double[] numbers = Arrays.stream(cells).mapToDouble(FeatureTable::finite).toArray();
        if (numbers.length != names.length) {
          throw new NumberFormatException(cells.length + " values");
        }
        samples[s] = Arrays.copyOf(numbers, features);
        labels[s] = isLabelled ? label(numbers[features]) : 0;
      } catch (NumberFormatException e) {
        problems.add(
            new DataException.Problem(
                s + 2, "has " + e.getMessage() + ", must have " + names.length + " numbers"));
      }
    }
    if (!problems.isEmpty()) {
      throw new DataException(problems);
    }
    return new FeatureTable(samples, isLabelled ? Optional.of(labels) : Optional.empty());
  }

  private static double finite(String cell) {
    try {
      double number = Double.parseDouble(cell.strip());
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, like other text that is not a number.
    }
    throw new NumberFormatException("'" + cell.strip() + "'");
  }

  private static int label(double number) {
    if (number < 0 || number > MOST_NUMBERS || number != Math.rint(number)) {
      throw new NumberFormatException("the class " + number);
    }
    return (int) number;
  }

  /** Features by sample; the caller's own copy. */
  public double[][] samples() {
    return Arrays.stream(samples).map(double[]::clone).toArray(double[][]::new);
  }

  /** Classes of the samples, if they have one. */
  public Optional<int[]> labels() {
    return labels.map(int[]::clone);
  }
}
