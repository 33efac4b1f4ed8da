package dev.kirchhoff.mapper.kernel;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * Reader of matrices in MatrixMarket exchange format: {@code coordinate} or {@code array}; {@code
 * real}, {@code integer} or {@code pattern} (elements are 1); {@code general} or {@code symmetric}.
 * Each side has at most {@value #MOST} rows or columns.
 *
 * <pre>{@code
 * %%MatrixMarket matrix coordinate real symmetric
 * % a comment
 * 2 2 3
 * 1 1 4
 * 2 1 -1
 * 2 2 4
 * }</pre>
 *
 * <p>Source: Boisvert, Pozo, Remington, The Matrix Market Exchange Formats, NISTIR 5935, 1996.
 */
final class MatrixMarket {
  /** Largest number of rows or columns. */
  static final int MOST = 4096;

  private static final String BANNER = "%%MatrixMarket matrix";

  private final BufferedReader reader;
  private int line;

  private MatrixMarket(byte[] file) {
    reader =
        new BufferedReader(
            new InputStreamReader(new ByteArrayInputStream(file), StandardCharsets.UTF_8));
  }

  /** A file that is no such matrix. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    private Malformed(int line, String message) {
      super("line " + line + ": " + message);
    }
  }

  /**
   * Reads a matrix.
   *
   * @return elements by row, then column
   * @throws Malformed if the file breaks the format; its message begins with the line
   */
  static double[][] read(byte[] file) throws Malformed {
    return new MatrixMarket(file).read();
  }

  private Malformed malformed(String message) {
    return new Malformed(line, message);
  }

  private double[][] read() throws Malformed {
    String[] banner = nextLine("the banner " + BANNER).toLowerCase(Locale.ROOT).split("\\s+");
    if (banner.length != 5
        || !(banner[0] + " " + banner[1]).equals(BANNER.toLowerCase(Locale.ROOT))) {
      throw malformed("must be " + BANNER + ", then layout, field and symmetry");
    }
    boolean isArray = oneOf("layout", banner[2], "coordinate", "array").equals("array");
    String field = oneOf("field", banner[3], "real", "integer", "pattern");
    boolean isSymmetric = oneOf("symmetry", banner[4], "general", "symmetric").equals("symmetric");
    boolean isPattern = field.equals("pattern");
    if (isArray && isPattern) {
      throw malformed("a pattern must be a coordinate matrix, not an array");
    }
    String[] sizes = fields("the sizes", isArray ? 2 : 3);
    int rows = whole("rows", sizes[0], 1, MOST);
    int columns = whole("columns", sizes[1], 1, MOST);
    if (isSymmetric && rows != columns) {
      throw malformed("a symmetric matrix must be square, is " + rows + " x " + columns);
    }
    double[][] matrix = new double[rows][columns];
    if (isArray) {
      readArray(matrix, isSymmetric);
    } else {
      int entries = whole("entries", sizes[2], 0, rows * columns);
      readEntries(matrix, entries, isPattern, isSymmetric);
    }
    String rest = skipToData();
    if (rest != null) {
      throw malformed("an entry beyond the number that the sizes state");
    }
    return matrix;
  }

  private void readArray(double[][] matrix, boolean isSymmetric) throws Malformed {
    for (int j = 0; j < matrix[0].length; j++) {
      for (int i = isSymmetric ? j : 0; i < matrix.length; i++) {
        matrix[i][j] = number(fields("element (" + (i + 1) + ", " + (j + 1) + ")", 1)[0]);
        if (isSymmetric) {
          matrix[j][i] = matrix[i][j];
        }
      }
    }
  }

  private void readEntries(double[][] matrix, int entries, boolean isPattern, boolean isSymmetric)
      throws Malformed {
    int columns = matrix[0].length;
    BitSet seen = new BitSet(matrix.length * columns);
    for (int entry = 1; entry <= entries; entry++) {
      String[] parts = fields("entry " + entry + " of " + entries, isPattern ? 2 : 3);
      int i = whole("the row", parts[0], 1, matrix.length) - 1;
      int j = whole("the column", parts[1], 1, columns) - 1;
      if (isSymmetric && j > i) {
        throw malformed(
            "an entry above the diagonal; of a symmetric matrix give the lower triangle only");
      }
      if (seen.get(i * columns + j)) {
        throw malformed("element (" + (i + 1) + ", " + (j + 1) + ") is given twice");
      }
      seen.set(i * columns + j);
      matrix[i][j] = isPattern ? 1 : number(parts[2]);
      if (isSymmetric) {
        matrix[j][i] = matrix[i][j];
      }
    }
  }

  private String oneOf(String what, String word, String... allowed) throws Malformed {
    if (!List.of(allowed).contains(word)) {
      throw malformed(what + " is " + word + ", must be " + String.join(" or ", allowed));
    }
    return word;
  }

  private String[] fields(String what, int count) throws Malformed {
    String[] parts = nextLine(what).split("\\s+");
    if (parts.length != count) {
      throw malformed(what + " must have " + count + " fields, has " + parts.length);
    }
    return parts;
  }

  private int whole(String what, String text, int least, int most) throws Malformed {
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below with the range.
    }
    throw malformed(what + " is " + text + ", must be a whole number " + least + ".." + most);
  }

  private double number(String text) throws Malformed {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    throw malformed("is " + text + ", must be a finite number");
  }

  private String nextLine(String what) throws Malformed {
    String text = line == 0 ? rawLine() : skipToData();
    if (text == null) {
      throw malformed("the file ends where " + what + " must stand");
    }
    return text.strip();
  }

  private String skipToData() {
    String text = rawLine();
    while (text != null && (text.isBlank() || text.startsWith("%"))) {
      text = rawLine();
    }
    return text;
  }

  private String rawLine() {
    try {
      line++;
      return reader.readLine();
    } catch (IOException e) {
      throw new UncheckedIOException("An array of bytes cannot fail to be read.", e);
    }
  }
}
