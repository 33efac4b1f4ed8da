package dev.kirchhoff.mapper.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class IdxFileTest {
  /** Two images of 2 x 3 pixels. */
  private static final byte[] IMAGES = {
    0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 1, 2, 3, 4, 5, (byte) 255, 51, 0, 0, 0, 102
  };

  private static final byte[] LABELS = {0, 0, 8, 1, 0, 0, 0, 2, 7, 0};

  private static IdxFile read(byte[] bytes) throws DataException {
    return IdxFile.read(new ByteArrayInputStream(bytes));
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static String problem(byte[] bytes) {
    return assertThrows(DataException.class, () -> read(bytes)).getMessage();
  }

  @Test
  void anArrayIsReadPackedOrNot() throws Exception {
    for (byte[] bytes : List.of(IMAGES, packed(IMAGES))) {
      IdxFile array = read(bytes);
      assertEquals(List.of(2, 2, 3), array.dims());
      assertEquals(255, array.value(6));
      assertEquals(102, array.value(11));
    }
  }

  @Test
  void pixelsBecomeSharesOfTheLargest() throws Exception {
    DataSet data = IdxFile.images("two", read(IMAGES), read(LABELS), 10);
    assertEquals(List.of(1, 2, 3), data.shape());
    assertEquals(2, data.size());
    assertEquals(7, data.label(0));
    assertEquals(1f, data.value(1, 0));
    assertEquals(0.2f, data.value(1, 1));
    assertEquals(5 / 255f, data.value(0, 5));
  }

  @Test
  void problemsAreReported() throws Exception {
    byte[] floats = IMAGES.clone();
    floats[2] = 13;
    assertEquals("holds values of idx type 13, must be 8", problem(floats));
    byte[] text = "label,pixel1\n".getBytes();
    assertTrue(problem(text).startsWith("is not an idx file"), problem(text));
    assertEquals("ends too early", problem(new byte[] {0, 0, 8}));
    assertEquals("ends too early", problem(new byte[0]));
    assertEquals("ends after 11 of 12 values", problem(Arrays.copyOf(IMAGES, 27)));
    assertEquals("goes on after its 12 values", problem(Arrays.copyOf(IMAGES, 29)));
    byte[] huge = IMAGES.clone();
    huge[4] = (byte) 0xff;
    assertEquals("has a dimension of 4278190082", problem(huge));
    assertEquals(
        "label 1 is 7, must be 0..4",
        assertThrows(DataException.class, () -> IdxFile.images("x", read(IMAGES), read(LABELS), 5))
            .getMessage());
    assertThrows(DataException.class, () -> IdxFile.images("x", read(LABELS), read(LABELS), 10));
  }

  @Test
  void noChangedByteBringsItDown() throws Exception {
    byte[] packed = packed(IMAGES);
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = (random.nextBoolean() ? IMAGES : packed).clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      byte[] cut = Arrays.copyOf(bytes, bytes.length - random.nextInt(4));
      try {
        read(cut);
      } catch (DataException e) {
        assertTrue(!e.getMessage().isEmpty(), "seed " + seed);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }
}
