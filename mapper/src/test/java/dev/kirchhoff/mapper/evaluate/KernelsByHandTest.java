package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Part;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Energy and latency of tasks whose counts and prices close by hand, on a crossbar of 64 x 64 cells
 * of 2 bits.
 *
 * <p>An element of 5 bits takes two slices of a pair, 4 columns; the columns of a pair are
 * subtracted before the conversion, so that an output takes 2 conversions a digit. An input of 8
 * bits without signs is 8 digits of a bit, with signs 16: its positive and negative parts are read
 * one after the other. A pass takes 10 ns, the fill behind the last of a call 6 of them. Sums have
 * 5 + 8 + 3 bits for 8 inputs; digital units of 5 x 8 bits (16 for sums) do 64 elements a
 * nanosecond each. Reads of cells and row pulses hang on digits of the data and are free here.
 */
class KernelsByHandTest {
  private static final double CONVERSION = 100;
  private static final double ROW = 2;
  private static final double SETTLE = 3;
  private static final double SHIFT = 5;
  private static final double READ_BIT = 1;
  private static final double WRITE_BIT = 2;
  private static final double HOP_BIT = 4;
  private static final double IO_BIT = 6;
  private static final double ADD = 10;
  private static final double MULTIPLY = 20;
  private static final double COMPARE = 40;
  private static final double CELL_WRITE = 1000;
  private static final double CELL_PULSE = 50;
  private static final double DRAW = 60;
  private static final double STATIC_UW = 0.5;

  private static HandPrices prices(Design design) {
    HandPrices prices = HandPrices.plain(design);
    prices.energy.clear();
    prices.pass.clear();
    prices.statics.clear();
    prices.statics.put(Part.CROSSBAR, STATIC_UW);
    prices.energy.putAll(
        Map.ofEntries(
            Map.entry(Action.CONVERSION, CONVERSION),
            Map.entry(Action.ROW_CONVERT, ROW),
            Map.entry(Action.COLUMN_SETTLE, SETTLE),
            Map.entry(Action.SHIFT_ADD, SHIFT),
            Map.entry(Action.TILE_BUFFER_READ_BIT, READ_BIT),
            Map.entry(Action.TILE_BUFFER_WRITE_BIT, WRITE_BIT),
            Map.entry(Action.HOP_BIT, HOP_BIT),
            Map.entry(Action.IO_BIT, IO_BIT),
            Map.entry(Action.ADD, ADD),
            Map.entry(Action.MULTIPLY_ACCUMULATE, MULTIPLY),
            Map.entry(Action.MAX_COMPARE, COMPARE),
            Map.entry(Action.CELL_WRITE, CELL_WRITE),
            Map.entry(Action.CELL_PULSE, CELL_PULSE),
            Map.entry(Action.RANDOM_DRAW, DRAW)));
    return prices;
  }

  private static EvaluatedDesign evaluated(Kernel kernel) {
    return new Evaluator(KernelsByHandTest::prices).evaluated(KernelDesigns.design(kernel));
  }

  private static void assertCosts(
      double energy_fJ, double latency_ns, double digital_fJ, EvaluatedDesign evaluated) {
    double static_fJ = STATIC_UW * latency_ns;
    double all_fJ = energy_fJ + static_fJ;
    var totals = evaluated.totals();
    assertEquals(latency_ns * 1e-6, totals.value(Metric.LATENCY), 1e-12 * latency_ns);
    assertEquals(all_fJ * 1e-9, totals.value(Metric.ENERGY), 1e-12 * all_fJ * 1e-3);
    assertEquals(digital_fJ / all_fJ, totals.value(Metric.DIGITAL_SHARE), 1e-9);
  }

  /**
   * One block of 8 x 8 samples: two calls of 8 vectors, 16 digits each.
   *
   * <pre>
   * conversions       16 x 16 x 8 outputs x 2                          4,096
   * rows              16 x 16 x 8 inputs                               2,048
   * columns           16 x 16 x 8 x 4                                  8,192
   * codes             as conversions                                   4,096
   * level shift       64 samples of 8 bits, at most 16: one addition      64
   * bits read         inputs 16 x 8 x 8, shift 64 x 2 x 8, transpose buffer 64 x 16
   * bits written      inputs 16 x 8 x 8, outputs 16 x 8 x 8, shift 64 x 8, transpose 64 x 16
   * hops              one for each bit of inputs and outputs, 2 x 1,024
   * port              inputs of the first call and outputs of the last, 2 x 512
   * time              2 (8 vectors x 16 digits x 10 ns + 6 x 10 ns) + 64 / 64 ns
   * </pre>
   */
  @Test
  void oneBlockOfTheCosineTransform() {
    EvaluatedDesign evaluated =
        evaluated(KernelDesigns.kernel("dct", Map.of("rows", 8, "columns", 8)));
    double digital_fJ = 64 * ADD + (1024 + 1024) * READ_BIT + (512 + 1024) * WRITE_BIT;
    double energy_fJ =
        4096 * CONVERSION
            + 2048 * ROW
            + 8192 * SETTLE
            + 4096 * SHIFT
            + 1024 * READ_BIT
            + 2048 * WRITE_BIT
            + 2048 * HOP_BIT
            + 1024 * IO_BIT
            + digital_fJ;
    assertCosts(energy_fJ, 2 * (8 * 16 * 10 + 60) + 1, digital_fJ, evaluated);
    assertEquals(1, evaluated.totals().value(Metric.ITERATIONS));
    assertEquals(0, evaluated.totals().value(Metric.WRITES_PER_TASK));
    assertTrue(Double.isNaN(evaluated.totals().value(Metric.TASKS_UNTIL_WORN)));
  }

  /**
   * A covariance of 8 rows: p products on the crossbar, r refinements, both as the run has them.
   *
   * <pre>
   * conversions       p x 16 x 8 x 2                             256 p
   * rows              p x 16 x 8                                 128 p
   * columns           p x 16 x 8 x 4                             512 p
   * dots              64 bit: 2 x 8 a product; a refinement 64 of the exact one, 8 of the norm, 8
   *                   of the inner one's first: 16 p + 80 r
   * multiply-adds     64 bit: three axpy a product, 24 p; all of (53 / 5)(53 / 8) parts
   * additions         a refinement 2 x 8, each of 9 x 64 / 16 parts
   * bits read         64 p of inputs; two operands of 64 bit of each of these
   * bits written      128 p of inputs and outputs; 64 bit of each multiply-add and addition
   * hops, port        128 p; 128
   * time              p (16 x 10 + 60) + parts / 64 ns
   * </pre>
   */
  @Test
  void conjugateGradientsOfEightRows() {
    EvaluatedDesign evaluated =
        evaluated(KernelDesigns.kernel("conjugateGradient", Map.of("matrix.size", 8)));
    double r = evaluated.totals().value(Metric.ITERATIONS);
    double p = evaluated.program(0).counts().layer(0).shape().vectors();
    assertTrue(r > 1 && p > r, r + " refinements, " + p + " products");
    double dots = 16 * p + 80 * r;
    double multiplyAdds = 24 * p;
    double multiplies = (dots + multiplyAdds) * (53.0 / 5) * (53.0 / 8);
    double additions = 16 * r;
    double adds = additions * 9 * 4;
    double written = (multiplyAdds + additions) * 64;
    double read = 2 * (written + dots * 64);
    double digital_fJ = multiplies * MULTIPLY + adds * ADD + read * READ_BIT + written * WRITE_BIT;
    double energy_fJ =
        256 * p * CONVERSION
            + 128 * p * ROW
            + 512 * p * SETTLE
            + 256 * p * SHIFT
            + 64 * p * READ_BIT
            + 128 * p * WRITE_BIT
            + 128 * p * HOP_BIT
            + 128 * IO_BIT
            + digital_fJ;
    assertCosts(energy_fJ, p * 220 + (multiplies + adds) / 64, digital_fJ, evaluated);
    assertEquals(
        evaluated.totals().value(Metric.ENERGY),
        evaluated.totals().value(Metric.ENERGY_TO_SOLUTION),
        "a solver runs once");
  }

  /**
   * Two sweeps of 8 spins, a run: 16 reads of single columns. Their array is never read as a whole
   * but once, by a vector of ones, which calibrates its converters.
   *
   * <pre>
   * conversions       1 x 8 x 8 x 2 + 16 x 16 x 1 x 2                  128 + 512
   * rows              1 x 8 x 8 + 16 x 16 x 8                          64 + 2,048
   * columns           1 x 8 x 8 x 4 + 16 x 16 x 4                      256 + 1,024
   * draws             8 spins at the start; 16 normal numbers of 4 words
   * comparisons       16 of 8 bits
   * multiply-adds     16 of noise, 8 bit: (8 / 5)(8 / 8)               25.6
   * bits read         inputs 64 + 16 x 64; operands 16 x 8 + 16 x 2 x 8
   * bits written      inputs 64, outputs 64 + 16 x 8; 32 x 8
   * hops              inputs 64; outputs of the lines 16 x 8 (the array of the first is their own)
   * port              64 in, 8 out
   * time              1 x 8 x 10 + 60, 16 (16 x 10 + 60); 8 + 64 draws of 1 ns; (16 + 25.6) / 64
   * </pre>
   */
  @Test
  void twoSweepsOfEightSpins() {
    EvaluatedDesign evaluated =
        evaluated(
            KernelDesigns.kernel("ising", Map.of("spins", 8, "sweeps", 2, "runs", 1, "seed", 3)));
    double digital_fJ =
        16 * COMPARE + 25.6 * MULTIPLY + (16 * 8 + 16 * 16) * READ_BIT + 32 * 8 * WRITE_BIT;
    double energy_fJ =
        640 * CONVERSION
            + 2112 * ROW
            + 1280 * SETTLE
            + 640 * SHIFT
            + (64 + 1024) * READ_BIT
            + (64 + 64 + 128) * WRITE_BIT
            + (64 + 128) * HOP_BIT
            + 72 * IO_BIT
            + 72 * DRAW
            + digital_fJ;
    double latency_ns = 140 + 16 * 220 + 72 + (16 + 25.6) / 64;
    assertCosts(energy_fJ, latency_ns, digital_fJ, evaluated);
    // Two chips of three succeed, so that the median's one run of one does: p is taken as 1 - 1/2,
    // ln 0.01 / ln 0.5 = 6.644 runs.
    double runs = Math.log(0.01) / Math.log(0.5);
    assertEquals(
        runs * evaluated.totals().value(Metric.LATENCY),
        evaluated.totals().value(Metric.TIME_TO_SOLUTION),
        1e-12);
  }

  /** Every way of writing: a matrix of 4 x 3, of which some elements are written more than once. */
  private record Writing() implements Kernel {
    static final Outcome.Measure NONE = new Outcome.Measure("none", "none", "", true);

    @Override
    public String word() {
      return "writing";
    }

    @Override
    public Outcome run(Machine machine) {
      Machine.Stored stored = machine.store("w", new double[4][3], 1);
      machine.read(stored, new double[] {1, 1, 1, 1});
      double[][] one = new double[4][3];
      for (double[] row : one) {
        java.util.Arrays.fill(row, Double.NaN);
      }
      one[1][2] = 0.5;
      machine.write(stored, one);
      machine.write(stored, one);
      machine.pulse(stored, new double[][] {{0.5, 0, 0}, {0, 0, 0.5}, {0, 0, 0}, {0, 0, 0}});
      machine.outerProduct(stored, new double[] {1, 0, 1, 0}, new double[] {1, 1, 1});
      machine.readBack(stored, new double[] {1, 1, 1});
      machine.outerProduct(stored, new double[] {0, 1, 0, 0}, new double[] {0, 0, 1});
      machine.digital(VectorOperation.COMPARE, 3, 8);
      machine.endOfIteration();
      return Outcome.of(NONE, 1, 1);
    }
  }

  /**
   * Writes: an element has 2 digits of 2 cells; pulses meet the pair of the first digit.
   *
   * <pre>
   * verified          2 steps of 1 element, 8 cells; a step is one group of 4 cells, 100 ns each
   * blind             1 step of 2 elements, 4 cells; a group, 10 ns
   * parallel          2 steps of 6 and 1 elements, 14 cells; 10 ns a step
   * element (1, 2)    2 verified writes of p pulses, 1 blind and 1 parallel pulse: 2 p + 2 cycles
   * </pre>
   */
  @Test
  void writesTakeCellsPulsesAndGroups() {
    EvaluatedDesign evaluated = evaluated(new Writing());
    ActionCounts work = evaluated.program(0).workActions();
    assertEquals(8, work.of(Action.CELL_WRITE));
    assertEquals(4 + 14, work.of(Action.CELL_PULSE));
    assertEquals(26, evaluated.totals().value(Metric.WRITES_PER_TASK));
    var forward = evaluated.flow(0).schedule().layer(0);
    assertEquals(2 * 100 + 10 + 10, forward.lead_ns(), 1e-12);
    var back = evaluated.flow(0).schedule().layer(1);
    assertEquals(10 + 3.0 / 64, back.lead_ns(), 1e-12);
    double pulses = Designs.REDOX.write().pulses();
    double endurance = Designs.REDOX.limits().endurance_cycles();
    assertEquals(
        endurance / (2 * pulses + 2), evaluated.totals().value(Metric.TASKS_UNTIL_WORN), 1e-6);
  }
}
