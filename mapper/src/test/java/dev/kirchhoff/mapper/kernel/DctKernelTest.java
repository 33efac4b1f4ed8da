package dev.kirchhoff.mapper.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.kernel.KernelKind;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.mapper.data.GreyImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Compression of the program's photograph: the upper left 384 x 640 of china.jpg, luma of BT.601
 * rounded, blocks from the top left, decoded samples clipped to 0 to 255.
 *
 * <p>An element of a differential pair errs by √2 times a device; the sigma below are those of
 * devices, relative to their largest conductance.
 */
class DctKernelTest {
  private static final double PAIR = Math.sqrt(2);

  private static double quality(Map<String, Object> settings, Machine machine) {
    return GivenSettings.bind(DctKernel.KIND, settings).run(machine).quality().orElseThrow();
  }

  private static double median(Map<String, Object> settings, MachineErrors errors, int seeds) {
    return IntStream.range(0, seeds)
        .mapToDouble(seed -> quality(settings, new ArithmeticMachine(errors, seed)))
        .sorted()
        .toArray()[seeds / 2];
  }

  @Test
  void goldenBlockHasItsCoefficients() {
    CosineCoder coder = new CosineCoder(8, 64, 0);
    double[][] golden = Golden.matrix("/dct8/C");
    assertRows(ImageBlocks.transposed(golden), coder.transform(), 1e-15);
    double[][] block = Golden.matrix("/dct8/block");
    for (double[] row : block) {
      Arrays.setAll(row, j -> row[j] - 128);
    }
    ArithmeticMachine machine = ArithmeticMachine.exact(1);
    BlockDiagonal once = new BlockDiagonal(8, 1);
    Machine.Stored stored = machine.store("C", coder.transform());
    double[][] half = ImageBlocks.transposed(once.read(machine, stored, block));
    double[][] found = ImageBlocks.transposed(once.read(machine, stored, half));
    assertRows(Golden.matrix("/dct8/coeffs"), found, 1e-12);
    assertRows(block, coder.decoded(coder.levels(found)), 1e-12);
  }

  private static void assertRows(double[][] expected, double[][] actual, double tolerance) {
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], actual[i], tolerance);
    }
  }

  @Test
  void idealQualityIsThatOfTheReference() {
    int[][] blockAndKeep = {{8, 15}, {8, 10}, {8, 6}, {64, 630}};
    double[] expected_dB = {23.667, 22.729, 21.927, 22.895};
    for (int i = 0; i < expected_dB.length; i++) {
      Map<String, Object> settings =
          Map.of("block", blockAndKeep[i][0], "keep", blockAndKeep[i][1]);
      assertEquals(expected_dB[i], quality(settings, ArithmeticMachine.exact(1)), 6e-4);
    }
    assertEquals(23.667, quality(Map.of(), ArithmeticMachine.exact(1)), 6e-4);
  }

  /** 384 x 640 samples: 3,840 blocks of 8 x 8 with 16 reads each; 60 of 64 x 64 with 128 each. */
  @Test
  void readsAreCounted() {
    assertEquals(61_440, calls(Map.of()).of("read vectors"));
    assertEquals(7_680, calls(Map.of("copies", 8)).of("read vectors"));
    assertEquals(7_680, calls(Map.of("block", 64)).of("read vectors"));
    Calls calls = calls(Map.of("quality", 50, "keep", 10));
    assertEquals(1, calls.of("store"));
    assertEquals(384 * 640, calls.of("ADD 8"));
    assertEquals(384 * 640, calls.of("TRANSPOSE 16"));
    assertEquals(3_840 * 10, calls.of("MULTIPLY_ADD 16"));
    assertEquals(0, calls(Map.of()).of("MULTIPLY_ADD 16"));
    assertEquals(1, calls.of("endOfIteration"));
  }

  private static Calls calls(Map<String, Object> settings) {
    Calls calls = new Calls(ArithmeticMachine.exact(1));
    quality(settings, calls.machine());
    return calls;
  }

  /** 16 x 24 samples are 6 blocks with 16 reads each. */
  @Test
  void partsOfAnImageAreCompressed() {
    assertEquals(6 * 16, calls(Map.of("rows", 16, "columns", 31)).of("read vectors"));
  }

  @Test
  void copiesChangeNoResult() {
    double once = quality(Map.of("block", 16, "keep", 20), ArithmeticMachine.exact(1));
    for (int copies : new int[] {2, 7}) {
      Map<String, Object> settings = Map.of("block", 16, "keep", 20, "copies", copies);
      assertEquals(once, quality(settings, ArithmeticMachine.exact(1)), 1e-9);
    }
  }

  /**
   * The reference is one draw: errors of the pair are the differences of two successive 8 x 8
   * standard normal draws of numpy.random.default_rng(0), times sigma and the largest |C|, without
   * a limit at zero conductance.
   */
  @Test
  void drawOfTheReferenceGivesItsQuality() throws IOException {
    double[][] errors = pairErrors();
    double[] sigma = {0.001, 0.005, 0.01, 0.02, 0.05};
    double[] expected_dB = {58.1, 44.2, 38.3, 32.6, 25.4};
    for (int i = 0; i < sigma.length; i++) {
      double scale = sigma[i] * Math.cos(Math.PI / 16) / 2;
      Machine machine =
          new Calls(ArithmeticMachine.exact(1), matrix -> with(matrix, errors, scale)).machine();
      assertEquals(expected_dB[i], quality(Map.of("keep", 64), machine), 0.06);
    }
  }

  private static double[][] with(double[][] transform, double[][] errors, double scale) {
    double[][] sum = new double[8][8];
    for (int i = 0; i < 8; i++) {
      for (int u = 0; u < 8; u++) {
        sum[i][u] = transform[i][u] + scale * errors[u][i];
      }
    }
    return sum;
  }

  private static double[][] pairErrors() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                DctKernelTest.class.getResourceAsStream("pair-errors.csv"),
                StandardCharsets.US_ASCII))) {
      return in.lines()
          .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
          .toArray(double[][]::new);
    }
  }

  /**
   * Errors E of variance s² in the one array of both passes change a block X by E X Cᵀ + C X Eᵀ,
   * whose mean square is s² (2 n ‖X‖² + 2 tr X²) / n².
   */
  @Test
  void meanErrorFollowsItsFormula() {
    double[][] lines = ImageBlocks.of(GreyImage.photo(), 8);
    double squares = 0;
    for (int line = 0; line < lines.length; line++) {
      for (int j = 0; j < 8; j++) {
        double mirrored = lines[line - line % 8 + j][line % 8];
        squares += 2 * 8 * lines[line][j] * lines[line][j] + 2 * lines[line][j] * mirrored;
      }
    }
    double s = 0.001 * PAIR * Math.cos(Math.PI / 16) / 2;
    double expected = s * s * squares / (8.0 * lines.length);
    int seeds = 32;
    double mean = 0;
    for (int seed = 0; seed < seeds; seed++) {
      MachineErrors errors = MachineErrors.programming(0.001 * PAIR);
      double psnr_dB = quality(Map.of("keep", 64), new ArithmeticMachine(errors, seed));
      mean += 255 * 255 * Math.pow(10, -psnr_dB / 10) / seeds;
    }
    assertEquals(1, mean / expected, 0.15, "of " + seeds + " draws");
  }

  @Test
  void halvingTheErrorGainsSixDecibels() {
    for (int seed = 0; seed < 5; seed++) {
      double whole = quality(Map.of("keep", 64), machine(0.002, seed));
      double half = quality(Map.of("keep", 64), machine(0.001, seed));
      assertEquals(20 * Math.log10(2), half - whole, 0.05, "seed " + seed);
    }
  }

  private static Machine machine(double sigma, long seed) {
    return new ArithmeticMachine(MachineErrors.programming(sigma * PAIR), seed);
  }

  /** Eight copies on an array, each with errors of its own: medians of 9 draws. */
  @Test
  void compressionHidesSmallErrors() {
    double[] sigma = {0.001, 0.005, 0.01, 0.02, 0.05};
    double[] expected_dB = {23.67, 23.65, 23.6, 23.5, 22.8};
    for (int i = 0; i < sigma.length; i++) {
      MachineErrors errors = MachineErrors.programming(sigma[i] * PAIR);
      assertEquals(expected_dB[i], median(Map.of("copies", 8), errors, 9), 0.3);
    }
  }

  /**
   * One number of bits for cells, inputs and outputs: 6 of them lose less than 0.2 dB, 3 do not.
   */
  @Test
  void fewBitsAreEnough() {
    for (int bits = 6; bits <= 12; bits++) {
      Machine machine = new ArithmeticMachine(MachineErrors.bits(bits), 1);
      assertEquals(23.667, quality(Map.of(), machine), 0.2, bits + " bits");
    }
    Machine coarse = new ArithmeticMachine(MachineErrors.bits(3), 1);
    assertTrue(quality(Map.of(), coarse) < 22);
  }

  /** Expected: the same coder by scipy.fft.dctn and numpy.unique. */
  @Test
  void quantisedCoefficientsHaveTheirRate() {
    int[][] blockAndQuality = {{8, 25}, {8, 50}, {8, 75}, {8, 90}, {16, 50}};
    double[] expected_dB = {26.1977, 28.7316, 32.5490, 39.2807, 28.6534};
    double[] rates = {0.67911, 1.09971, 1.65583, 2.53119, 1.07167};
    for (int i = 0; i < rates.length; i++) {
      Map<String, Object> settings =
          Map.of("block", blockAndQuality[i][0], "quality", blockAndQuality[i][1]);
      assertEquals(expected_dB[i], quality(settings, ArithmeticMachine.exact(1)), 1e-3);
      Map<String, Object> rate =
          Map.of(
              "block", blockAndQuality[i][0],
              "quality", blockAndQuality[i][1],
              "measure", "rate");
      assertEquals(rates[i], quality(rate, ArithmeticMachine.exact(1)), 1e-4);
    }
    Map<String, Object> rate = Map.of("quality", 50, "measure", "rate");
    assertTrue(
        median(rate, MachineErrors.reading(0.03), 5)
            > 1.03 * quality(rate, ArithmeticMachine.exact(1)),
        "noise is coded too");
  }

  @Test
  void imagesOfUsersAreCompressed() {
    byte[] flat = npy("|u1", "(16, 20)", new byte[320]);
    assertEquals(240, quality(Map.of("image", flat), ArithmeticMachine.exact(1)), 1e-9);
    Calls calls = new Calls(ArithmeticMachine.exact(1));
    quality(Map.of("image", flat), calls.machine());
    assertEquals(4 * 16, calls.of("read vectors"));
  }

  private static byte[] npy(String type, String shape, byte[] values) {
    String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    byte[] file = new byte[10 + text.length + values.length];
    byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0};
    System.arraycopy(magic, 0, file, 0, 10);
    System.arraycopy(text, 0, file, 10, text.length);
    System.arraycopy(values, 0, file, 10 + text.length, values.length);
    return file;
  }

  @Test
  void settingsThatDoNotFitAreRejected() {
    reject(Map.of("keep", 65), "keep", "is 65, must be at most 64 of a block");
    reject(Map.of("block", 64, "copies", 17), "copies", "is 17, must be at most 16 on 1024 rows");
    byte[] small = npy("|u1", "(4, 9)", new byte[36]);
    reject(Map.of("image", small), "image", "is 4 x 9, must be 8 x 8 at least");
    reject(Map.of("image", new byte[] {1, 2}), "image", "is neither a PNG image nor an .npy array");
  }

  private static void reject(Map<String, Object> settings, String key, String message) {
    KernelKind.Unfit problem =
        assertThrows(
            KernelKind.Unfit.class,
            () -> DctKernel.KIND.bind(GivenSettings.of(DctKernel.KIND, settings)));
    assertEquals(key, problem.key());
    assertEquals(message, problem.getMessage());
  }
}
