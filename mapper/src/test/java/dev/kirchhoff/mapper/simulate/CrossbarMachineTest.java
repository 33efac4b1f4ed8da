package dev.kirchhoff.mapper.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.workload.Precision;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Laws of a kernel's machine on simulated crossbars. */
class CrossbarMachineTest {
  /** Bits of outputs that hide nothing. */
  private static final int WIDE = 32;

  private static final long SEED = 20261128;
  private static final Precision BITS = new Precision(9, 8, WIDE);
  private static final List<WeightEncoding> ENCODINGS =
      List.of(
          TestChips.OFFSET,
          TestChips.FLIPPED,
          TestChips.PAIR,
          TestChips.ROW_PAIR,
          TestChips.DIGITAL_PAIR,
          TestChips.COMBINED);

  private static SimulationOptions only(Set<NonIdeality> effects) {
    return SimulationOptions.of(7, 1).with(effects);
  }

  private static double[][] integers(Random random, int rows, int columns, int most) {
    double[][] a = new double[rows][columns];
    for (double[] row : a) {
      Arrays.setAll(row, j -> random.nextInt(2 * most + 1) - most);
    }
    return a;
  }

  /** Integers whose largest magnitude is the largest one. */
  private static double[] vector(Random random, int length, int most) {
    double[] x = integers(random, 1, length, most)[0];
    x[random.nextInt(length)] = random.nextBoolean() ? most : -most;
    return x;
  }

  private static double[] product(double[][] a, double[] x) {
    double[] y = new double[a[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < y.length; j++) {
        y[j] += a[i][j] * x[i];
      }
    }
    return y;
  }

  /**
   * Largest difference of a product by the rounding of elements to the levels of their cells: none
   * if digits of the cells are as many bits as an element.
   */
  private static double rounding(TestChips chip, int bits, double fullScale, double[] x) {
    boolean isPair = chip.weights.isPair();
    int cells = chip.weights.digits(bits, chip.cellBits).count() * chip.cellBits;
    double largest = Math.scalb(1.0, isPair ? cells : cells - 1) - 1;
    double own = Math.scalb(1.0, bits - 1) - 1;
    double sum = Arrays.stream(x).map(Math::abs).sum();
    return largest % own == 0 ? 0 : 0.5 * fullScale / largest * sum;
  }

  private static double[][] transposed(double[][] a) {
    double[][] t = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < t.length; j++) {
        t[j][i] = a[i][j];
      }
    }
    return t;
  }

  private static TestChips random(Random random) {
    TestChips chip = new TestChips();
    chip.weights = ENCODINGS.get(random.nextInt(ENCODINGS.size()));
    chip.cellBits = 1 + random.nextInt(3);
    chip.rows = 16 + 2 * random.nextInt(40);
    chip.columns = 20 + random.nextInt(60);
    chip.rowsActive = 2 + random.nextInt(chip.rows - 1);
    chip.input = random.nextInt(3) == 0 ? Input.Encoding.AMPLITUDE : Input.Encoding.BIT_SERIAL;
    chip.bitsPerPulse = 1 + random.nextInt(2);
    chip.sign = random.nextInt(3) == 0 ? Input.Sign.BIPOLAR : Input.Sign.SECOND_PASS;
    chip.range = random.nextBoolean() ? Readout.Range.FULL : Readout.Range.CALIBRATED;
    chip.adcBits = 20;
    return chip;
  }

  @Test
  void readsAreExactIntegerArithmeticWithoutEffects() {
    for (int trial = 0; trial < 100; trial++) {
      long seed = SEED + trial;
      Random random = new Random(seed);
      TestChips chip = random(random);
      // Amplitudes of few bits: 20 bits of a converter hold every level of a full range.
      int bits = 2 + random.nextInt(chip.input == Input.Encoding.AMPLITUDE ? 4 : 7);
      int most = Math.max(1, (1 << (bits - 1)) - 1);
      int mostInput = chip.sign == Input.Sign.BIPOLAR ? most : (1 << bits) - 1;
      double[][] a = integers(random, 1 + random.nextInt(100), 1 + random.nextInt(40), most);
      boolean converts = trial % 2 == 1;
      Machine machine =
          CrossbarMachine.of(
              chip.model(),
              only(converts ? EnumSet.of(NonIdeality.CONVERTER) : Set.of()),
              new Precision(bits, bits, WIDE));
      Machine.Stored stored = machine.store("A", a, most);
      double single = 1e-4 * most * mostInput;
      String message = "seed " + seed + " " + chip.weights;
      double[] x = vector(random, a.length, mostInput);
      double[] y = product(a, x);
      double tolerance = single + rounding(chip, bits, most, x);
      assertArrayEquals(y, machine.read(stored, x), tolerance, message);
      int column = random.nextInt(y.length);
      assertEquals(y[column], machine.readLine(stored, column, x), tolerance, message);
      double[] z = vector(random, y.length, mostInput);
      assertArrayEquals(
          product(transposed(a), z),
          machine.readBack(stored, z),
          single + rounding(chip, bits, most, z),
          message);
      double off = rounding(chip, bits, most, new double[] {1});
      double[][] cells = machine.readCells(stored);
      for (int i = 0; i < a.length; i++) {
        assertArrayEquals(a[i], cells[i], 1e-3 + off, message);
      }
    }
  }

  private static Machine.Stored store(Machine machine, double[][] a) {
    return machine.store("A", a, 255);
  }

  private static TestChips pairs() {
    TestChips chip = new TestChips();
    chip.cellBits = 4;
    chip.adcBits = 20;
    return chip;
  }

  /** Relative error of products of random vectors. */
  private static double error(Machine machine, Machine.Stored stored, double[][] a, Random random) {
    double errors = 0;
    double squares = 0;
    for (int v = 0; v < 40; v++) {
      double[] x = vector(random, a.length, 255);
      double[] exact = product(a, x);
      double[] y = machine.read(stored, x);
      for (int j = 0; j < y.length; j++) {
        errors += (y[j] - exact[j]) * (y[j] - exact[j]);
        squares += exact[j] * exact[j];
      }
    }
    return Math.sqrt(errors / squares);
  }

  @Test
  void transposeReadsMultiplyWithTheCellsOfForwardReads() {
    // One element after the other is read forward and back: the same programming error in both.
    Random random = new Random(SEED);
    double[][] a = integers(random, 70, 30, 127);
    for (WeightEncoding encoding : ENCODINGS) {
      TestChips chip = pairs();
      chip.weights = encoding;
      SimulationOptions options =
          only(EnumSet.of(NonIdeality.PROGRAMMING, NonIdeality.STUCK_CELLS));
      Machine machine = CrossbarMachine.of(chip.model(), options, BITS);
      Machine.Stored stored = store(machine, a);
      for (int trial = 0; trial < 20; trial++) {
        int i = random.nextInt(70);
        int j = random.nextInt(30);
        double[] row = new double[70];
        double[] column = new double[30];
        row[i] = 1;
        column[j] = 1;
        double forward = machine.read(stored, row)[j];
        assertEquals(forward, machine.readBack(stored, column)[i], 1e-3, encoding.toString());
        assertEquals(forward, machine.readLine(stored, j, row), 1e-6, encoding.toString());
        assertTrue(Math.abs(forward - a[i][j]) > 1e-3, "no error was drawn");
      }
    }
  }

  @Test
  void theErrorOfAProductGrowsWithThatOfTheCells() {
    Random random = new Random(SEED);
    double[][] a = integers(random, 64, 64, 127);
    double[] errors = new double[2];
    for (int twice = 0; twice < 2; twice++) {
      TestChips chip = pairs();
      chip.variation = 0.25 * (1 + twice);
      Machine machine =
          CrossbarMachine.of(chip.model(), only(EnumSet.of(NonIdeality.PROGRAMMING)), BITS);
      errors[twice] = error(machine, store(machine, a), a, new Random(SEED));
    }
    // Draws are the same: only clipping at zero conductance keeps it from being twice as much.
    assertEquals(2, errors[1] / errors[0], 0.1);
  }

  @Test
  void readsAreThoseOfTheSameCellsUnderANetwork() {
    // The error of a kernel's read is that of the simulator of networks, range by range.
    Random random = new Random(SEED);
    int[][] w = new int[64][32];
    double[][] a = integers(random, 64, 32, 127);
    for (int i = 0; i < 64; i++) {
      for (int j = 0; j < 32; j++) {
        w[i][j] = (int) a[i][j];
      }
    }
    TestChips chip = pairs();
    chip.adcBits = 8;
    chip.range = Readout.Range.FULL;
    SimulationOptions options = SimulationOptions.of(7, 3600);
    Machine machine = CrossbarMachine.of(chip.model(), options, BITS);
    Machine.Stored stored = store(machine, a);
    ProgrammedMatrix matrix =
        ProgrammedMatrix.write(
            chip.model(), options, w, BITS, true, CrossbarMachine.cells(7, stored.id()));
    double[] x = vector(random, 64, 255);
    int[][] whole = new int[64][1];
    Arrays.setAll(whole, i -> new int[] {(int) x[i]});
    matrix.calibrate(whole);
    double[][] sums = new double[32][1];
    matrix.multiply(whole, sums, 0, 0, new MatrixWorkspace(1));
    double[] y = machine.read(stored, x);
    for (int j = 0; j < 32; j++) {
      assertEquals(sums[j][0], y[j], 1e-6 * Math.abs(y[j]));
    }
  }

  @Test
  void oneVectorHasTheBitsThatItHasInABatch() {
    Random random = new Random(SEED);
    TestChips chip = pairs();
    chip.adcBits = 6;
    chip.range = Readout.Range.CALIBRATED;
    chip.lostBits = 0.5;
    int[][] w = new int[67][9];
    for (int[] row : w) {
      Arrays.setAll(row, j -> random.nextInt(255) - 127);
    }
    int[][] x = new int[67][8];
    for (int[] row : x) {
      Arrays.setAll(row, v -> random.nextInt(3) == 0 ? 0 : random.nextInt(511) - 255);
    }
    ProgrammedMatrix matrix =
        ProgrammedMatrix.write(
            chip.model(), SimulationOptions.of(7, 3600), w, BITS, true, RandomKey.of(1));
    matrix.calibrate(x);
    double[][] together = new double[9][8];
    matrix.multiply(x, together, 0, 0, new MatrixWorkspace(8));
    for (int v = 0; v < 8; v += 2) {
      int[][] one = new int[67][1];
      for (int i = 0; i < 67; i++) {
        one[i][0] = x[i][v];
      }
      double[][] alone = new double[9][1];
      matrix.multiply(one, alone, 0, v, new MatrixWorkspace(1));
      for (int m = 0; m < 9; m++) {
        assertEquals(together[m][v], alone[m][0]);
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsAndEachReadItsOwnNoise() {
    Random random = new Random(SEED);
    double[][] a = integers(random, 40, 20, 127);
    double[] x = vector(random, 40, 255);
    double[][] runs = new double[3][];
    for (int run = 0; run < 2; run++) {
      Machine machine = CrossbarMachine.of(pairs().model(), SimulationOptions.of(3, 3600), BITS);
      Machine.Stored stored = store(machine, a);
      runs[run] = machine.read(stored, x);
      machine.pulse(stored, integers(new Random(1), 40, 20, 40));
      machine.readBack(stored, vector(new Random(2), 20, 255));
      runs[2] = machine.read(stored, x);
      double[] again = machine.read(stored, x);
      assertTrue(!Arrays.equals(runs[2], again), "two reads have the same noise");
    }
    assertArrayEquals(runs[0], runs[1], 0);
    Machine other = CrossbarMachine.of(pairs().model(), SimulationOptions.of(4, 3600), BITS);
    assertTrue(!Arrays.equals(runs[0], other.read(store(other, a), x)));
  }

  @Test
  void verifiedWritesReachTheirTargetsWithinTheProgrammingError() {
    Random random = new Random(SEED);
    double[][] a = integers(random, 50, 30, 127);
    double[][] b = integers(random, 50, 30, 127);
    for (int i = 0; i < 50; i++) {
      b[i][7] = Double.NaN;
    }
    for (WeightEncoding encoding : ENCODINGS) {
      TestChips chip = pairs();
      chip.weights = encoding;
      Machine ideal = CrossbarMachine.of(chip.model(), only(Set.of()), BITS);
      Machine.Stored exact = store(ideal, a);
      ideal.read(exact, vector(random, 50, 255));
      ideal.readBack(exact, vector(random, 30, 255));
      ideal.write(exact, b);
      double[][] c = b.clone();
      for (int i = 0; i < 50; i++) {
        c[i] = b[i].clone();
        c[i][7] = a[i][7];
      }
      double[] x = vector(random, 50, 255);
      double[] z = vector(random, 30, 255);
      double off = 5 + rounding(chip, 9, 255, x);
      assertArrayEquals(product(c, x), ideal.read(exact, x), off, encoding.toString());
      double offBack = 5 + rounding(chip, 9, 255, z);
      assertArrayEquals(
          product(transposed(c), z), ideal.readBack(exact, z), offBack, encoding.toString());

      Machine machine =
          CrossbarMachine.of(chip.model(), only(EnumSet.of(NonIdeality.PROGRAMMING)), BITS);
      Machine.Stored fresh = store(machine, c);
      double first = error(machine, fresh, c, new Random(1));
      Machine.Stored written = store(machine, a);
      machine.write(written, b);
      double later = error(machine, written, c, new Random(1));
      assertEquals(1, later / first, 0.15, encoding.toString());
      double[] before = machine.read(written, x);
      machine.write(written, b);
      assertArrayEquals(before, machine.read(written, x), 0, "verified cells take no pulse");
    }
  }

  @Test
  void blindPulsesMoveByWholeStatesWithinTheWindow() {
    TestChips chip = pairs();
    Machine machine = CrossbarMachine.of(chip.model(), only(Set.of()), new Precision(5, 8, WIDE));
    // One digit of 15 levels, the states of the device: a pulse moves by one of 15.
    double[][] zero = new double[4][3];
    Machine.Stored stored = machine.store("A", zero, 15);
    double[][] change = {{3, -2, 0.4}, {0.6, 0, 40}, {-40, 1, 1}, {0, 0, 0}};
    machine.pulse(stored, change);
    double[][] expected = {{3, -2, 0}, {1, 0, 15}, {-15, 1, 1}, {0, 0, 0}};
    double[][] cells = machine.readCells(stored);
    for (int i = 0; i < 4; i++) {
      assertArrayEquals(expected[i], cells[i], 1e-3);
    }
    // Down through zero: the positive cell is lowered first.
    machine.outerProduct(stored, new double[] {1, 0, 0, 0}, new double[] {-5, 0, 2});
    cells = machine.readCells(stored);
    assertArrayEquals(new double[] {-2, -2, 2}, cells[0], 1e-3);
    assertArrayEquals(expected[1], cells[1], 1e-3);

    Machine noisy =
        CrossbarMachine.of(
            chip.model(), only(EnumSet.of(NonIdeality.PROGRAMMING)), new Precision(5, 8, WIDE));
    Machine.Stored drawn = noisy.store("A", new double[40][40], 15);
    double[][] up = new double[40][40];
    for (double[] row : up) {
      Arrays.fill(row, 6);
    }
    noisy.pulse(drawn, up);
    double mean = 0;
    double squares = 0;
    for (double[] row : noisy.readCells(drawn)) {
      for (double value : row) {
        mean += value / 1600;
        squares += value * value / 1600;
      }
    }
    // Wan: sigma at 1 + 39 * 6/15 = 16.6 uS is 2.5 uS, one level 2.6 uS; the erased cell errs by
    // 0.7 uS, of which half is clipped.
    assertEquals(6, mean, 0.25);
    assertEquals(1.05, Math.sqrt(squares - mean * mean), 0.15);
  }

  @Test
  void driftLowersProductsAndCompensationRestoresThem() {
    Random random = new Random(SEED);
    TestChips chip = pairs();
    chip.device = "pcm-gst-joshi2020";
    double[][] a = integers(random, 64, 32, 127);
    double[] x = vector(random, 64, 255);
    double[] exact = product(a, x);
    double[] gains = new double[2];
    for (SimulationOptions.Compensation compensation : SimulationOptions.Compensation.values()) {
      SimulationOptions aged =
          new SimulationOptions(7, 0, 1e6, EnumSet.of(NonIdeality.AGEING), compensation);
      Machine machine = CrossbarMachine.of(chip.model(), aged, BITS);
      Machine.Stored stored = store(machine, a);
      double[] y = machine.read(stored, x);
      double[] back = machine.readBack(stored, vector(random, 32, 255));
      assertTrue(Double.isFinite(back[0]));
      double dot = 0;
      double squares = 0;
      for (int j = 0; j < y.length; j++) {
        dot += y[j] * exact[j];
        squares += exact[j] * exact[j];
      }
      gains[compensation.ordinal()] = dot / squares;
    }
    assertTrue(gains[0] < 0.75, "drift: " + gains[0]);
    assertEquals(1, gains[1], 0.03);
  }

  private static double[][] definite(Random random, int n) {
    double[][] b = new double[n][n];
    for (double[] row : b) {
      Arrays.setAll(row, j -> random.nextDouble());
    }
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          a[i][j] += b[i][k] * b[j][k] / n;
        }
      }
      a[i][i] += 0.5;
    }
    return a;
  }

  @Test
  void loopsSolveTheProgrammedMatrixWithTheGainTheyHave() throws Machine.Unstable {
    Random random = new Random(SEED);
    int n = 16;
    double[][] a = definite(random, n);
    double[] b = vector(random, n, 10);
    TestChips chip = pairs();
    Precision fine = new Precision(20, 8, WIDE);
    CrossbarMachine ideal = CrossbarMachine.of(chip.model(), only(Set.of()), fine);
    Machine.Stored stored = ideal.store("A", a);
    double[] z = ideal.solve(stored, b);
    assertArrayEquals(b, product(a, z), 1e-3);
    assertArrayEquals(z, ideal.leastSquares(stored, b), 1e-3);
    // Finite gain: (A + D(S)/A_0) z = b, S the conductance of a row's pairs, off state included.
    CrossbarMachine weak =
        CrossbarMachine.of(chip.model(), only(EnumSet.of(NonIdeality.LOOP_GAIN)), fine)
            .with(new AmplifierErrors(100, 1, 1));
    double[] loaded = weak.solve(weak.store("A", a), b);
    double most = 0;
    for (double[] row : a) {
      for (double value : row) {
        most = Math.max(most, value);
      }
    }
    // 40 uS to 1 uS: full scale is 39 uS of every digit.
    double off = most / 39;
    for (int i = 0; i < n; i++) {
      double load = 0;
      double sum = 0;
      for (int j = 0; j < n; j++) {
        load += a[i][j] + 2 * off;
        sum += a[i][j] * loaded[j];
      }
      assertEquals(b[i], sum + load / 100 * loaded[i], 2e-3);
    }
    double[] vector = ideal.eigenvector(stored, 1);
    double[] turned = product(a, vector);
    double eigenvalue = 0;
    for (int i = 0; i < n; i++) {
      eigenvalue += turned[i] * vector[i];
    }
    for (int i = 0; i < n; i++) {
      assertEquals(eigenvalue * vector[i], turned[i], 1e-4);
    }
    double above = 1.01 * eigenvalue;
    assertThrows(Machine.Unstable.class, () -> ideal.eigenvector(stored, above));
    a[3][3] = -5;
    Machine.Stored indefinite = ideal.store("B", a);
    assertThrows(Machine.Unstable.class, () -> ideal.solve(indefinite, b));
    // Offsets of 1 mV: z moves, by less than the condition number times their share.
    double moved = distance(withOffsets(0, chip, b), z);
    assertTrue(moved > 0 && moved < 0.5, "moved " + moved);
  }

  /** The solution of a chip whose amplifiers have offsets of 1 mV and no other error. */
  private double[] withOffsets(int draw, TestChips chip, double[] b) throws Machine.Unstable {
    SimulationOptions offsets = only(EnumSet.of(NonIdeality.LOOP_OFFSET)).withDraw(draw);
    CrossbarMachine machine =
        CrossbarMachine.of(chip.model(), offsets, new Precision(20, 8, WIDE))
            .with(new AmplifierErrors(1, 1e-3, 1));
    return machine.solve(machine.store("A", definite(new Random(SEED), b.length)), b);
  }

  private static double distance(double[] a, double[] b) {
    double moved = 0;
    double size = 0;
    for (int i = 0; i < a.length; i++) {
      moved += (a[i] - b[i]) * (a[i] - b[i]);
      size += b[i] * b[i];
    }
    return Math.sqrt(moved / size);
  }

  @Test
  void everyChipHasOffsetsOfItsOwn() throws Machine.Unstable {
    TestChips chip = pairs();
    double[] b = vector(new Random(SEED), 16, 10);
    double[] first = withOffsets(0, chip, b);
    assertArrayEquals(first, withOffsets(0, chip, b), "a chip is drawn again as it was");
    double apart = distance(withOffsets(1, chip, b), first);
    assertTrue(apart > 1e-3, "apart " + apart);
    CrossbarMachine without =
        CrossbarMachine.of(chip.model(), only(Set.of()), new Precision(20, 8, WIDE))
            .with(new AmplifierErrors(1, 1e-3, 1));
    double[] exact = without.solve(without.store("A", definite(new Random(SEED), 16)), b);
    assertArrayEquals(b, product(definite(new Random(SEED), 16), exact), 1e-3);
  }

  /** Of (1, 0), (1, 1) and (-1, -1) the largest unknown has the whole swing. */
  @Test
  void anOffsetWeighsByTheLargestUnknownWhateverItsSignAndTheOthersAre() throws Machine.Unstable {
    CrossbarMachine machine =
        CrossbarMachine.of(
                pairs().model(),
                only(EnumSet.of(NonIdeality.LOOP_OFFSET)),
                new Precision(20, 8, WIDE))
            .with(new AmplifierErrors(1, 0.05, 1));
    Machine.Stored unit = machine.store("I", new double[][] {{1, 0}, {0, 1}});
    double[] shift = null;
    for (double[] b : new double[][] {{1, 0}, {1, 1}, {-1, -1}}) {
      double[] z = machine.solve(unit, b);
      double[] moved = {z[0] - b[0], z[1] - b[1]};
      assertTrue(Math.abs(moved[0]) > 1e-3 && Math.abs(moved[1]) > 1e-3, Arrays.toString(moved));
      shift = shift == null ? moved : shift;
      assertArrayEquals(shift, moved, 1e-5);
    }
  }

  @Test
  void errorsOfCellsReachTheSolutionThroughTheCondition() throws Machine.Unstable {
    Random random = new Random(SEED);
    double[][] a = definite(random, 16);
    double[] b = vector(random, 16, 10);
    TestChips chip = pairs();
    chip.variation = 0.1;
    CrossbarMachine machine =
        CrossbarMachine.of(chip.model(), only(EnumSet.of(NonIdeality.PROGRAMMING)), BITS);
    double[] z = machine.solve(machine.store("A", a), b);
    double[] y = product(a, z);
    double residual = 0;
    for (int i = 0; i < 16; i++) {
      residual = Math.max(residual, Math.abs(y[i] - b[i]));
    }
    assertTrue(residual > 1e-3 && residual < 5, "residual " + residual);
  }

  @Test
  void gatesFollowTheirTruthTables() {
    Machine machine =
        CrossbarMachine.of(pairs().model(), SimulationOptions.of(7, 1), new Precision(2, 2, WIDE));
    double[][] rows = {{0, 0, 0, 1}, {0, 1, 0, 1}, {1, 0, 0, 1}, {1, 1, 0, 1}};
    Machine.Stored bits = machine.store("bits", rows, 1);
    // q IMP p on p: 1 0 1 1; NOR of p, q on the preset column of p as it was: 1 0 0 0.
    machine.gate(bits, Machine.Gate.NOR, new int[] {0, 1}, 3);
    machine.gate(bits, Machine.Gate.IMPLY, new int[] {0}, 1);
    machine.gate(bits, Machine.Gate.FALSE, new int[0], 0);
    double[][] cells = machine.readCells(bits);
    double[][] expected = {{0, 1, 0, 1}, {0, 1, 0, 0}, {0, 0, 0, 0}, {0, 1, 0, 0}};
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        assertEquals(expected[i][j], cells[i][j], 0.4, i + " " + j);
      }
    }
  }

  @Test
  void floatingLinesCarrySneakCurrents() {
    // Offset cells of 4 bits are single cells. One row high, one column grounded: the cell between
    // them and, in parallel, three in series through the open lines.
    TestChips chip = pairs();
    chip.weights = TestChips.OFFSET;
    Machine machine = CrossbarMachine.of(chip.model(), only(Set.of()), new Precision(4, 4, WIDE));
    double[][] a = {{7, -7}, {-7, 7}};
    Machine.Stored stored = machine.store("A", a, 7);
    double[] currents =
        machine.readFloating(stored, new boolean[] {true, false}, new boolean[] {false, true});
    // Levels 15 and 1 above 1 uS, which is 15/39 of a level.
    double on = 15 + 15 / 39.0;
    double least = 1 + 15 / 39.0;
    assertEquals(0, currents[0]);
    assertEquals(least + 1 / (1 / on + 1 / least + 1 / on), currents[1], 1e-9);
  }

  @Test
  void randomNumbersAndVolatileDevicesAreThoseOfTheirLaws() {
    Machine machine = CrossbarMachine.of(pairs().model(), SimulationOptions.of(7, 1), BITS);
    double mean = 0;
    double variance = 0;
    for (int i = 0; i < 10_000; i++) {
      mean += machine.uniform() / 10_000;
      variance += Math.pow(machine.gaussian(), 2) / 10_000;
    }
    assertEquals(0.5, mean, 0.012);
    assertEquals(1, variance, 0.06);
    Machine.Volatile devices = machine.volatileDevices(2, 10, 0.5);
    machine.step(devices, new double[] {1, 0}, 0);
    // 0.5 e^-1, then half of the rest.
    double kept = 0.5 * Math.exp(-1);
    assertArrayEquals(
        new double[] {kept + 0.5 * (1 - kept), 0},
        machine.step(devices, new double[] {1, 0}, 10),
        1e-12);
    machine.rest(devices);
    assertArrayEquals(new double[2], machine.step(devices, new double[2], 1), 0);
  }

  @Test
  void crossbarsOfSignsAloneHoldNoMatrix() {
    TestChips chip = new TestChips();
    chip.weights = new WeightEncoding(Encoding.XNOR, false, false, false);
    chip.cellBits = 1;
    Machine machine = CrossbarMachine.of(chip.model(), only(Set.of()), new Precision(1, 1, WIDE));
    assertThrows(IllegalArgumentException.class, () -> machine.store("A", new double[2][2], 1));
  }

  /** Products 3 and 1 of one bit and a sign: full scale 3, steps of 3. */
  @Test
  void outputsAreRoundedToTheirBits() {
    double[][] a = {{1, 0.3}, {1, 0.3}, {1, 0.4}};
    for (int bits : List.of(2, 4, 8)) {
      TestChips chip = pairs();
      Machine machine =
          CrossbarMachine.of(chip.model(), only(Set.of()), new Precision(12, 8, bits));
      double[] y = machine.read(machine.store("A", a), new double[] {1, 1, 1});
      double step = y[0] / (Math.scalb(1, bits - 1) - 1);
      assertEquals(3, y[0], 1e-6);
      assertEquals(step * Math.rint(1 / step), y[1], 1e-6, bits + " bits");
      assertEquals(1, machine.readLine(machine.store("B", a), 1, new double[] {1, 1, 1}), 0.01);
    }
  }
}
