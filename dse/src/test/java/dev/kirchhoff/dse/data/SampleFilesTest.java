package dev.kirchhoff.dse.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.mapper.data.DataSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleFilesTest {
  private static final List<Integer> PAIR = List.of(2);

  @TempDir private Path folder;

  private String write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toString();
  }

  private String write(String name, String text) throws IOException {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] npy(String type, String shape, int... values) {
    String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + "}\n";
    byte[] bytes = new byte[10 + header.length() + values.length];
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0};
    System.arraycopy(start, 0, bytes, 0, start.length);
    System.arraycopy(
        header.getBytes(StandardCharsets.US_ASCII), 0, bytes, start.length, header.length());
    for (int i = 0; i < values.length; i++) {
      bytes[start.length + header.length() + i] = (byte) values[i];
    }
    return bytes;
  }

  private String problem(String samples, Optional<String> labels) {
    return assertThrows(SpecException.class, () -> read(samples, labels)).getMessage();
  }

  private static DataSet read(String samples, Optional<String> labels) throws SpecException {
    SampleFiles files = new SampleFiles();
    return samples.endsWith(".csv")
        ? files.table(samples, PAIR, 3)
        : files.samples(samples, List.of(files.array(samples, "")), labels, PAIR, 3);
  }

  @Test
  void withoutTheInstalledSetTheShippedImagesAreUsed() throws Exception {
    SampleFiles.Samples samples = new SampleFiles(folder).of("fashion-mnist").orElseThrow();
    assertEquals(1000, samples.test().size());
    assertEquals(200, samples.calibration().size());
    assertTrue(samples.origin().contains("dataset-fashion-mnist"), samples.origin());
    assertEquals(1000, new SampleFiles(folder).of("temporal-order").orElseThrow().test().size());
    assertTrue(new SampleFiles(folder).of("imagenet").isEmpty());
  }

  @Test
  void anInstalledSetIsUsedWhole() throws Exception {
    // Three images of 28 x 28 pixels, of value 0, 51 and 102; labels 9, 2, 1.
    byte[] images = new byte[16 + 3 * 784];
    byte[] head = {0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 28, 0, 0, 0, 28};
    System.arraycopy(head, 0, images, 0, head.length);
    Arrays.fill(images, 16 + 784, 16 + 2 * 784, (byte) 51);
    Arrays.fill(images, 16 + 2 * 784, images.length, (byte) 102);
    write("t10k-images-idx3-ubyte.gz", images);
    write("t10k-labels-idx1-ubyte.gz", new byte[] {0, 0, 8, 1, 0, 0, 0, 3, 9, 2, 1});
    SampleFiles.Samples samples = new SampleFiles(folder).of("fashion-mnist").orElseThrow();
    assertEquals(3, samples.test().size());
    assertEquals(9, samples.test().label(0));
    assertEquals(0.2f, samples.test().value(1, 0), 1e-6f);
    assertEquals(0.4f, samples.test().value(2, 783), 1e-6f);
    assertEquals(200, samples.calibration().size());
    assertEquals(folder.toString(), samples.origin());
  }

  @Test
  @Tag("testdata")
  void theSetOfDebianIsUsedWhole() throws Exception {
    assertTrue(
        Files.isDirectory(SampleFiles.INSTALLED),
        "No Fashion-MNIST at "
            + SampleFiles.INSTALLED
            + ": install it (Debian: apt-get install dataset-fashion-mnist).");
    DataSet test = new SampleFiles().of("fashion-mnist").orElseThrow().test();
    assertEquals(10_000, test.size());
    assertEquals(9, test.label(0));
  }

  @Test
  void aDamagedInstalledSetIsNamed() throws Exception {
    write("t10k-images-idx3-ubyte.gz", new byte[] {0, 0, 8, 3, 0});
    write("t10k-labels-idx1-ubyte.gz", new byte[] {0, 0, 8, 1, 0});
    SpecException e =
        assertThrows(SpecException.class, () -> new SampleFiles(folder).of("fashion-mnist"));
    assertTrue(e.getMessage().endsWith("t10k-images-idx3-ubyte.gz: ends too early"), e.toString());
  }

  @Test
  void aTableOrTwoArraysAreRead() throws Exception {
    String table = write("mine.csv", "label,x,y\n1,0.5,2\n2,3,4\n");
    DataSet read = read(table, Optional.empty());
    assertEquals(2, read.label(1));
    assertEquals(0.5f, read.value(0, 0));
    String x = write("x.npy", npy("|u1", "(2, 2)", 1, 2, 3, 4));
    String y = write("y.npy", npy("|u1", "(2,)", 0, 2));
    assertEquals(4f, read(x, Optional.of(y)).value(1, 1));
    DataSet unlabelled = read(x, Optional.empty());
    assertEquals(2, unlabelled.size());
    assertTrue(unlabelled.labels().isEmpty());
  }

  @Test
  void problemsAreReportedByFileAndLine() throws Exception {
    String table = write("mine.csv", "label,x,y\n3,0.5,2\n2,a,4\n");
    assertEquals(
        table
            + ":2 label is '3', must be 0..2\n"
            + table
            + ":3 column 2 is 'a', must be a finite number",
        problem(table, Optional.empty()));
    String x = write("x.npy", npy("|u1", "(2, 3)", 1, 2, 3, 4, 5, 6));
    String y = write("y.npy", npy("|u1", "(2,)", 0, 2));
    assertEquals(
        x + ": has the shape [2, 3], must be samples of 2 values", problem(x, Optional.of(y)));
    assertTrue(problem(folder + "/none.csv", Optional.empty()).endsWith("does not exist"));
    assertTrue(problem(folder + "/none.npy", Optional.empty()).endsWith("does not exist"));
    assertTrue(
        problem("mine.txt", Optional.empty())
            .endsWith("must be .npy, or .csv with a column of labels"));
    Files.createDirectory(folder.resolve("d.csv"));
    assertTrue(problem(folder + "/d.csv", Optional.empty()).contains("is a directory"));
  }

  @Test
  void noChangedByteEndsInAnExceptionOfAnotherKind() throws Exception {
    byte[] x = npy("|u1", "(2, 2)", 1, 2, 3, 4);
    String y = write("y.npy", npy("|u1", "(2,)", 0, 2));
    byte[] text = "label,x,y\n1,0.5,2\n2,3,4\n".getBytes(StandardCharsets.UTF_8);
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      boolean isTable = random.nextBoolean();
      byte[] bytes = (isTable ? text : x).clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      String file = write(isTable ? "m.csv" : "m.npy", bytes);
      try {
        read(file, isTable ? Optional.empty() : Optional.of(y));
      } catch (SpecException e) {
        assertTrue(e.getMessage().startsWith(file), "seed " + seed + ": " + e.getMessage());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }
}
