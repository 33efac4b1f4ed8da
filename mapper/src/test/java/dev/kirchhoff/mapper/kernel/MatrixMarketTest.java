package dev.kirchhoff.mapper.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixMarketTest {
  private static double[][] read(String text) throws MatrixMarket.Malformed {
    return MatrixMarket.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void coordinateEntriesStandAtTheirPlaces() throws MatrixMarket.Malformed {
    String text =
        "%%MatrixMarket matrix coordinate real general\n% comment\n\n2 3 2\n1 3 -2.5e0\n2 1 4\n";
    assertArrayEquals(new double[][] {{0, 0, -2.5}, {4, 0, 0}}, read(text));
  }

  @Test
  void symmetricEntriesStandOnBothSidesOfTheDiagonal() throws MatrixMarket.Malformed {
    String text = "%%matrixmarket MATRIX Coordinate Integer Symmetric\r\n2 2 2\r\n1 1 3\r\n2 1 5";
    assertArrayEquals(new double[][] {{3, 5}, {5, 0}}, read(text));
  }

  @Test
  void elementsOfPatternsAreOne() throws MatrixMarket.Malformed {
    String text = "%%MatrixMarket matrix coordinate pattern general\n2 2 1\n2 2\n";
    assertArrayEquals(new double[][] {{0, 0}, {0, 1}}, read(text));
  }

  @Test
  void arraysStandColumnAfterColumn() throws MatrixMarket.Malformed {
    String general = "%%MatrixMarket matrix array real general\n2 2\n1\n2\n3\n4\n";
    assertArrayEquals(new double[][] {{1, 3}, {2, 4}}, read(general));
    String symmetric = "%%MatrixMarket matrix array real symmetric\n2 2\n1\n2\n4\n";
    assertArrayEquals(new double[][] {{1, 2}, {2, 4}}, read(symmetric));
  }

  @Test
  void largestMatrixIsRead() throws MatrixMarket.Malformed {
    assertEquals(
        4096, read("%%MatrixMarket matrix coordinate real general\n4096 1 1\n7 1 1").length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|line 1: the file ends where the banner %%MatrixMarket matrix must stand",
        "1 2 3|line 1: must be %%MatrixMarket matrix, then layout, field and symmetry",
        "B vector coordinate real general|line 1: must be %%MatrixMarket matrix, then layout, field"
            + " and symmetry",
        "B matrix sparse real general|line 1: layout is sparse, must be coordinate or array",
        "B matrix coordinate complex general|line 1: field is complex, must be real or integer or"
            + " pattern",
        "B matrix coordinate real hermitian|line 1: symmetry is hermitian, must be general or"
            + " symmetric",
        "B matrix array pattern general|line 1: a pattern must be a coordinate matrix, not an array",
        "B matrix coordinate real general/% c/4097 2 1|line 3: rows is 4097, must be a whole number"
            + " 1..4096",
        "B matrix coordinate real general/2 2|line 2: the sizes must have 3 fields, has 2",
        "B matrix coordinate real general/2 2 5|line 2: entries is 5, must be a whole number 0..4",
        "B matrix coordinate real symmetric/2 3 1|line 2: a symmetric matrix must be square, is 2 x"
            + " 3",
        "B matrix coordinate real general/2 2 1/3 1 1|line 3: the row is 3, must be a whole number"
            + " 1..2",
        "B matrix coordinate real general/2 2 1/1 0 1|line 3: the column is 0, must be a whole"
            + " number 1..2",
        "B matrix coordinate real general/2 2 1/1 1 x|line 3: is x, must be a finite number",
        "B matrix coordinate real general/2 2 1/1 1 NaN|line 3: is NaN, must be a finite number",
        "B matrix coordinate real general/2 2 2/1 1 1|line 4: the file ends where entry 2 of 2 must"
            + " stand",
        "B matrix coordinate real general/2 2 2/1 1 1/1 1 2|line 4: element (1, 1) is given twice",
        "B matrix coordinate real general/2 2 1/1 1 1/2 2 2|line 4: an entry beyond the number that"
            + " the sizes state",
        "B matrix coordinate real symmetric/2 2 1/1 2 1|line 3: an entry above the diagonal; of a"
            + " symmetric matrix give the lower triangle only",
        "B matrix array real general/2 1/1|line 4: the file ends where element (2, 1) must stand"
      })
  void malformedFilesAreToldByLine(String text, String message) {
    String file = text.replace("B ", "%%MatrixMarket ").replace('/', '\n');
    MatrixMarket.Malformed malformed = assertThrows(MatrixMarket.Malformed.class, () -> read(file));
    assertEquals(message, malformed.getMessage());
  }
}
