package dev.kirchhoff.mapper.data;

import dev.kirchhoff.mapper.data.DataException.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Samples from users' files: arrays of numpy, of samples and, where they have some, of labels, or a
 * labelled table. Values are taken as the network reads them; nothing is scaled.
 */
public final class UserData {
  private static final int MOST_PROBLEMS = 20;
  private static final int MOST_VALUES = 1 << 28;
  private static final String LABEL = "label";

  private final String name;
  private final List<Integer> shape;
  private final int each;
  private final int classes;

  /**
   * Reads samples for one network.
   *
   * @param name name of the data
   * @param shape dimensions of one sample, as the network reads it
   * @param classes number of classes that it tells apart
   */
  public UserData(String name, List<Integer> shape, int classes) {
    this.name = name;
    this.shape = List.copyOf(shape);
    this.each = shape.stream().reduce(1, (a, b) -> a * b);
    this.classes = classes;
  }

  /**
   * Samples and labels as numpy saves them. The first dimension of both is the sample; the others
   * of the samples may be the network's or any that hold as many values.
   *
   * @throws DataException if they do not fit the network or each other
   */
  public DataSet of(NpyArray samples, NpyArray labels) throws DataException {
    DataSet unlabelled = of(samples);
    if (labels.size() != unlabelled.size()) {
      throw new DataException(
          "has " + unlabelled.size() + " samples for " + labels.size() + " labels");
    }
    return DataSet.of(name, shape, classes, samples.values(), labels(labels));
  }

  /**
   * Samples without labels.
   *
   * @throws DataException if they do not fit the network
   */
  public DataSet of(NpyArray samples) throws DataException {
    long count = samples.shape().isEmpty() ? 0 : samples.shape().get(0);
    if (count == 0 || samples.size() / count != each) {
      throw new DataException(
          "has the shape " + samples.shape() + ", must be samples of " + wanted());
    }
    return DataSet.of(name, shape, samples.values());
  }

  /**
   * Labels as numpy saves them.
   *
   * @throws DataException with those that are not classes of the network, the first {@value
   *     #MOST_PROBLEMS} of them
   */
  public int[] labels(NpyArray labels) throws DataException {
    int[] found = new int[labels.size()];
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      float label = labels.value(i);
      found[i] = (int) label;
      if (found[i] != label || label < 0 || label >= classes) {
        problems.add(
            new Problem(
                OptionalInt.empty(),
                "label " + (i + 1) + " is " + shown(label) + ", " + allowed()));
      }
      throwIfMany(problems);
    }
    throwIfAny(problems);
    return found;
  }

  private static String shown(float label) {
    return label == Math.rint(label) ? String.format(Locale.ROOT, "%.0f", label) : "" + label;
  }

  /**
   * A table, comma-separated: its first line names the columns, one of them {@code label}; the
   * others are the values of a sample in order. Empty lines are skipped.
   *
   * @throws DataException with all problems by line, the first {@value #MOST_PROBLEMS} of them
   */
  public DataSet table(InputStream stream) throws DataException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      String first = reader.readLine();
      int column = labelColumn(first == null ? "" : first);
      List<float[]> rows = new ArrayList<>();
      List<Integer> labels = new ArrayList<>();
      List<Problem> problems = new ArrayList<>();
      int line = 1;
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        line++;
        if (!text.isBlank()) {
          row(line, text.split(",", -1), column, rows, labels, problems);
          throwIfMany(problems);
        }
        if ((long) rows.size() * each > MOST_VALUES) {
          throw new DataException("has more than " + MOST_VALUES + " values");
        }
      }
      throwIfAny(problems);
      if (rows.isEmpty()) {
        throw new DataException("has no samples below its first line");
      }
      float[] values = new float[rows.size() * each];
      for (int i = 0; i < rows.size(); i++) {
        System.arraycopy(rows.get(i), 0, values, i * each, each);
      }
      int[] found = labels.stream().mapToInt(Integer::intValue).toArray();
      return DataSet.of(name, shape, classes, values, found);
    } catch (IOException e) {
      throw new DataException("cannot be read: " + e.getMessage());
    }
  }

  private int labelColumn(String line) throws DataException {
    List<String> columns = Arrays.stream(line.split(",", -1)).map(UserData::word).toList();
    int column = columns.indexOf(LABEL);
    if (column < 0 || columns.lastIndexOf(LABEL) != column) {
      String names = "must name the columns, exactly one of them " + LABEL;
      boolean isOther = columns.size() == 1 && line.matches(".*[;\\t].*");
      throw new DataException(
          List.of(new Problem(1, isOther ? names + ", with commas between them" : names)));
    }
    if (columns.size() != each + 1) {
      throw new DataException(
          List.of(
              new Problem(
                  1,
                  "names "
                      + (columns.size() - 1)
                      + " columns beside "
                      + LABEL
                      + ", must be "
                      + wanted())));
    }
    return column;
  }

  private static String word(String column) {
    return column.strip().replaceAll("^\uFEFF?\"?|\"$", "");
  }

  private void row(
      int line,
      String[] words,
      int column,
      List<float[]> rows,
      List<Integer> labels,
      List<Problem> problems) {
    if (words.length != each + 1) {
      problems.add(new Problem(line, "has " + words.length + " columns, must have " + (each + 1)));
      return;
    }
    float[] row = new float[each];
    int next = 0;
    for (int c = 0; c < words.length; c++) {
      String word = words[c].strip();
      if (c == column) {
        if (word.matches("[0-9]{1,9}") && Integer.parseInt(word) < classes) {
          labels.add(Integer.parseInt(word));
        } else {
          problems.add(new Problem(line, LABEL + " is '" + shown(word) + "', " + allowed()));
        }
      } else {
        float value = number(word);
        if (!Float.isFinite(value)) {
          problems.add(
              new Problem(
                  line,
                  "column " + (c + 1) + " is '" + shown(word) + "', must be a finite number"));
          return;
        }
        row[next++] = value;
      }
    }
    rows.add(row);
  }

  /** The number that a word is; not a finite one if it is none. */
  private static float number(String word) {
    return word.matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]{1,4})?")
        ? Float.parseFloat(word)
        : Float.NaN;
  }

  private static String shown(String word) {
    String plain = word.replaceAll("\\p{Cntrl}", "?");
    return plain.length() > 20 ? plain.substring(0, 20) + "..." : plain;
  }

  private String wanted() {
    StringBuilder text = new StringBuilder();
    shape.forEach(dim -> text.append(text.length() == 0 ? "" : " x ").append(dim));
    return each + " values" + (shape.size() > 1 ? " (" + text + ")" : "");
  }

  private String allowed() {
    return "must be 0.." + (classes - 1);
  }

  private static void throwIfMany(List<Problem> problems) throws DataException {
    if (problems.size() >= MOST_PROBLEMS) {
      throw new DataException(problems);
    }
  }

  private static void throwIfAny(List<Problem> problems) throws DataException {
    if (!problems.isEmpty()) {
      throw new DataException(problems);
    }
  }
}
