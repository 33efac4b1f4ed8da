package dev.kirchhoff.mapper.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class GreyImageTest {
  private static final int COLOUR = 0xc86432;

  private static byte[] png(int type, int columns, int rows) throws IOException {
    BufferedImage image = new BufferedImage(columns, rows, type);
    image.setRGB(1, 0, COLOUR);
    return png(image);
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  @Test
  void photoHasTheSizeOfItsCrop() {
    GreyImage photo = GreyImage.photo();
    assertEquals(384, photo.rows());
    assertEquals(640, photo.columns());
    double sum = 0;
    for (int i = 0; i < 384 * 640; i++) {
      sum += photo.sample(i / 640, i % 640);
    }
    assertEquals(37_819_331, sum, "sum of the rounded luma of the decoded china.jpg");
  }

  /** 0.299 · 200 + 0.587 · 100 + 0.114 · 50 = 124.2. */
  @Test
  void coloursBecomeLuma() throws Exception {
    for (int type : new int[] {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB}) {
      GreyImage image = GreyImage.read(png(type, 3, 2));
      assertEquals(2, image.rows());
      assertEquals(3, image.columns());
      assertEquals(124, image.sample(0, 1));
      assertEquals(0, image.sample(1, 2));
    }
  }

  @Test
  void greySamplesAreTakenAsTheyAre() throws Exception {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(1, 0, 0, 77);
    assertEquals(77, GreyImage.read(png(image)).sample(0, 1));
  }

  @Test
  void otherDepthsAndSizesAreRejected() throws Exception {
    reject(
        "has 16 bits a channel, must have 8",
        png(new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY)));
    reject(
        "has 2049 x 2048 samples, may have 4194304; crop it",
        png(new BufferedImage(2048, 2049, BufferedImage.TYPE_BYTE_GRAY)));
    byte[] cut = png(BufferedImage.TYPE_INT_RGB, 64, 64);
    byte[] head = Arrays.copyOf(cut, 40);
    String message = assertThrows(DataException.class, () -> GreyImage.read(head)).getMessage();
    assertTrue(message.startsWith("cannot be decoded: "), message);
    reject("is neither a PNG image nor an .npy array", new byte[0]);
  }

  @Test
  void arraysAreImages() throws Exception {
    GreyImage image = GreyImage.read(array("(2, 3)", 0, 1, 2, 3, 4, 200));
    assertEquals(2, image.rows());
    assertEquals(200, image.sample(1, 2));
    reject("has the shape [6], must have rows and columns", array("(6,)", 0, 1, 2, 3, 4, 5));
    reject("holds -1.0, must hold samples of 0 to 255", array("(1, 2)", 255, 0, 255, 255));
  }

  /**
   * Bytes of values, whose type is that of their number: |u1, or <i2 if there are twice as many.
   */
  private static byte[] array(String shape, int... values) {
    String type = shape.equals("(1, 2)") ? "<i2" : "|u1";
    String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.write(header.length());
    out.write(0);
    out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    for (int value : values) {
      out.write(value);
    }
    return out.toByteArray();
  }

  private static void reject(String message, byte[] bytes) {
    assertEquals(
        message, assertThrows(DataException.class, () -> GreyImage.read(bytes)).getMessage());
  }
}
