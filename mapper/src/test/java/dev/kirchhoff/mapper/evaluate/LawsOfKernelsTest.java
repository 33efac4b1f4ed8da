package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.result.LayerResult;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.explain.Explanation;
import dev.kirchhoff.mapper.kernel.KernelRun;
import dev.kirchhoff.mapper.kernel.KernelRuns;
import dev.kirchhoff.mapper.kernel.Kernels;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Prices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Laws that hold for any kernel: costs of its reads and writes, and independence of their order.
 */
@Tag("broad")
class LawsOfKernelsTest {
  private static final Outcome.Measure NONE = new Outcome.Measure("none", "none", "", true);
  private static final List<Design> DESIGNS = new ArrayList<>();

  /** Chips of a design. */
  private static final int DRAWS = 3;

  /**
   * Reads and writes of a matrix of ones, each call after the one before.
   *
   * @param rows rows of the matrix
   * @param columns columns of the matrix
   * @param forward forward reads
   * @param back transpose reads
   * @param lines reads of single columns
   * @param writes verified writes of all elements
   */
  private record Calls(int rows, int columns, int forward, int back, int lines, int writes)
      implements Kernel {
    @Override
    public String word() {
      return "calls";
    }

    @Override
    public Outcome run(Machine machine) {
      double[][] ones = new double[rows][columns];
      Arrays.stream(ones).forEach(row -> Arrays.fill(row, 1));
      double[] down = new double[rows];
      double[] across = new double[columns];
      Arrays.fill(down, 1);
      Arrays.fill(across, 1);
      Machine.Stored stored = machine.store("w", ones);
      for (int i = 0; i < forward; i++) {
        machine.read(stored, down);
        machine.digital(VectorOperation.ADD, columns, 16);
        machine.uniform();
      }
      for (int i = 0; i < back; i++) {
        machine.readBack(stored, across);
      }
      for (int i = 0; i < lines; i++) {
        machine.readLine(stored, i % columns, down);
      }
      for (int i = 0; i < writes; i++) {
        machine.write(stored, ones);
      }
      machine.endOfIteration();
      return Outcome.of(NONE, 1, 1);
    }
  }

  /** A kernel of one digital addition with a result of its own. */
  private record Fixed(String word, Outcome outcome) implements Kernel {
    @Override
    public Outcome run(Machine machine) {
      machine.digital(VectorOperation.ADD, 1, 8);
      machine.endOfIteration();
      return outcome;
    }
  }

  /** Two additions of 64 bits on data that stay in memory. */
  private record Keeping(double kept_B) implements Kernel {
    @Override
    public String word() {
      return "keeping";
    }

    @Override
    public Outcome run(Machine machine) {
      machine.keep(kept_B, 8);
      machine.digital(VectorOperation.ADD, 2, 64);
      machine.endOfIteration();
      return Outcome.of(NONE, 1, 1);
    }
  }

  @BeforeAll
  static void bind() {
    KernelDesigns.smallTasks()
        .forEach(
            (word, given) -> DESIGNS.add(KernelDesigns.design(KernelDesigns.kernel(word, given))));
  }

  private static EvaluatedDesign byHand(Design design) {
    return new Evaluator(HandPrices::plain).evaluated(design);
  }

  private static EvaluatedDesign byHand(Kernel kernel) {
    return byHand(KernelDesigns.design(kernel));
  }

  private static double count(EvaluatedDesign evaluated, int layer, Action action) {
    return evaluated.flow(0).actions().of(layer, action);
  }

  @Test
  void everyKernelOfTheCatalogueIsTested() {
    assertEquals(
        Kernels.kinds().stream().map(kind -> kind.shape().name()).sorted().toList(),
        KernelDesigns.smallTasks().keySet().stream().sorted().toList());
  }

  @Test
  void aTransposeReadMeetsTheSameCellsAndConvertsEachRowOnceASlice() {
    // 16 elements of 4 columns fill the crossbar: no line is left that only one direction meets.
    EvaluatedDesign evaluated = byHand(new Calls(64, 16, 3, 3, 3, 0));
    double forward = count(evaluated, 0, Action.CELL_READ);
    assertTrue(forward > 0);
    assertEquals(forward, count(evaluated, 1, Action.CELL_READ), 1e-12 * forward);
    // 3 vectors of 8 digits, 2 slices.
    assertEquals(3 * 8 * 2 * 16, count(evaluated, 0, Action.CONVERSION));
    assertEquals(3 * 8 * 2 * 64, count(evaluated, 1, Action.CONVERSION));
    assertEquals(3 * 8 * 64, count(evaluated, 0, Action.ROW_CONVERT));
    assertEquals(3 * 8 * 2 * 2 * 16, count(evaluated, 1, Action.ROW_CONVERT));
    assertEquals(1, evaluated.program(0).crossbars());
  }

  /** Half of 128 KiB fits into 64 KiB: of 256 bits read and 128 written half cross the port. */
  @Test
  void dataThatBuffersDoNotHoldComeFromTheNextLevel() {
    EvaluatedDesign fits = byHand(new Keeping(1_024));
    EvaluatedDesign large = byHand(new Keeping(131_072));
    double port = count(fits, 0, Action.IO_BIT);
    assertEquals(port + 192, count(large, 0, Action.IO_BIT), 0.1);
    assertEquals(
        count(fits, 0, Action.TILE_BUFFER_READ_BIT), count(large, 0, Action.TILE_BUFFER_READ_BIT));
    assertTrue(large.totals().value(Metric.ENERGY) > fits.totals().value(Metric.ENERGY));
    assertEquals(List.of(), notes(fits, "do not fit"));
    assertEquals(1, notes(large, "do not fit").size());
  }

  private static List<String> notes(EvaluatedDesign evaluated, String about) {
    return Warnings.of(evaluated).stream().filter(note -> note.contains(about)).toList();
  }

  /** Spins are signs, so is a cut's coupling; a transform is neither. */
  @Test
  void signsThatTakeManyBitsAreTold() {
    EvaluatedDesign spins =
        byHand(KernelDesigns.kernel("ising", Map.of("spins", 8, "sweeps", 2, "runs", 2)));
    assertEquals(1, notes(spins, "bits of precision.inputs").size());
    assertEquals(1, notes(spins, "bits of precision.weights").size());
    EvaluatedDesign transform =
        byHand(KernelDesigns.kernel("dct", Map.of("rows", 8, "columns", 8)));
    assertEquals(List.of(), notes(transform, "bits of precision"));
  }

  @Test
  void aReadOfALineConvertsOneColumn() {
    EvaluatedDesign evaluated = byHand(new Calls(64, 16, 3, 0, 3, 0));
    for (Action action : List.of(Action.CELL_READ, Action.CONVERSION, Action.COLUMN_SETTLE)) {
      double forward = count(evaluated, 0, action);
      assertEquals(forward / 16, count(evaluated, 1, action), 1e-12 * forward, action.word());
    }
    assertEquals(count(evaluated, 0, Action.ROW_CONVERT), count(evaluated, 1, Action.ROW_CONVERT));
    assertEquals(1, evaluated.program(0).crossbars());
  }

  /** Times by the circuits' own prices; a line has two conversions, one a digit. */
  private static double layer_ns(int columnsPerAdc, int layer) {
    Designs chip = KernelDesigns.chip(new Calls(64, 16, 3, 0, 3, 0));
    chip.columnsPerAdc = columnsPerAdc;
    return new Evaluator().evaluated(chip.design()).flow(0).schedule().layer(layer).own_ns();
  }

  @Test
  void aReadOfALineTakesItsOwnConversionsHoweverManyColumnsShareAConverter() {
    double line_ns = layer_ns(4, 1);
    double all_ns = layer_ns(4, 0);
    assertEquals(all_ns, line_ns, 1e-9 * all_ns, "four columns are two conversions");
    for (int columnsPerAdc : List.of(8, 16, 64)) {
      assertEquals(line_ns, layer_ns(columnsPerAdc, 1), 0.02 * line_ns, columnsPerAdc + " columns");
      assertEquals(
          columnsPerAdc / 4 * all_ns,
          layer_ns(columnsPerAdc, 0),
          0.02 * columnsPerAdc / 4 * all_ns,
          columnsPerAdc + " columns, all of them read");
    }
  }

  /** 3 outputs of two conversions each, whether 6 or 32 conversions are a converter's turn. */
  @Test
  void aNarrowMatrixIsReadByItsOwnColumns() {
    double[] latencies_ns = new double[2];
    for (int i = 0; i < 2; i++) {
      Designs chip = KernelDesigns.chip(new Calls(64, 3, 4, 0, 0, 0));
      chip.columnsPerAdc = i == 0 ? 12 : 64;
      latencies_ns[i] = new Evaluator().evaluated(chip.design()).flow().latency_ns(0);
    }
    assertEquals(latencies_ns[0], latencies_ns[1], 0.02 * latencies_ns[0]);
  }

  @Test
  void bothDirectionsOfASquareMatrixConvertAlike() {
    EvaluatedDesign evaluated = byHand(new Calls(16, 16, 5, 5, 0, 0));
    assertEquals(count(evaluated, 0, Action.CONVERSION), count(evaluated, 1, Action.CONVERSION));
  }

  @Test
  void twiceTheCallsTakeTwiceTheEnergyAndTime() {
    Calls once = new Calls(16, 8, 4, 4, 4, 4);
    Calls twice = new Calls(16, 8, 8, 8, 8, 8);
    EvaluatedDesign first = byHand(once);
    EvaluatedDesign second = byHand(twice);
    for (Action action : Action.values()) {
      // Inputs of the first call and outputs of the last cross the port, however many there are.
      double expected = (action == Action.IO_BIT ? 1 : 2) * first.flow(0).actions().of(action);
      assertEquals(
          expected, second.flow(0).actions().of(action), 1e-12 * expected, action.toString());
    }
    assertEquals(
        2 * first.flow().latency_ns(0), second.flow().latency_ns(0), 1e-9, "no fill is shared");
  }

  @Test
  void copiesDoNotSpeedUpCallsThatWaitForEachOther() {
    Calls calls = new Calls(16, 8, 12, 0, 0, 0);
    double own_ns = byHand(calls).flow(0).schedule().layer(0).own_ns();
    Designs more = KernelDesigns.chip(calls);
    more.extra = 3;
    EvaluatedDesign copied = byHand(more.design());
    assertTrue(copied.program(0).copies(0) > 1);
    assertEquals(own_ns, copied.flow(0).schedule().layer(0).own_ns(), 1e-9);
  }

  @Test
  void everyCopyIsWritten() {
    // One call of 64 vectors, so that copies are of use.
    Kernel kernel =
        new Kernel() {
          @Override
          public String word() {
            return "written";
          }

          @Override
          public Outcome run(Machine machine) {
            Machine.Stored stored = machine.store("w", new double[8][4], 1);
            machine.read(stored, new double[64][8]);
            machine.write(stored, new double[8][4]);
            return Outcome.of(NONE, 1, 1);
          }
        };
    Designs more = KernelDesigns.chip(kernel);
    more.extra = 3;
    EvaluatedDesign copied = byHand(more.design());
    int copies = copied.program(0).copies(0);
    assertTrue(copies > 1);
    double cells = copies * 8 * 4 * 4;
    assertEquals(cells, count(copied, 0, Action.CELL_WRITE));
    assertEquals(cells, copied.totals().value(Metric.WRITES_PER_TASK));
  }

  /**
   * 64 blocks of two passes of 8 vectors through 8 x 8 elements: 65,536 products, copies or not.
   */
  @Test
  void zerosBesideTheBlocksOfAMatrixAreNoOperations() {
    for (int copies : List.of(1, 2, 8)) {
      EvaluatedDesign evaluated =
          byHand(KernelDesigns.kernel("dct", Map.of("rows", 64, "columns", 64, "copies", copies)));
      Totals totals = evaluated.totals();
      // uJ x TOPS/W = 10^6 operations.
      assertEquals(
          2 * 65_536e-6,
          totals.value(Metric.ENERGY) * totals.value(Metric.TOPS_PER_W),
          1e-12,
          copies + " copies");
      assertEquals(65_536, LayerResults.of(evaluated).stream().mapToLong(LayerResult::macs).sum());
    }
  }

  /** Elements that are zero at first and learned later are operations all. */
  @Test
  void elementsThatAreWrittenAreOperationsWhateverTheyHoldAtFirst() {
    Kernel learning =
        new Kernel() {
          @Override
          public String word() {
            return "learning";
          }

          @Override
          public Outcome run(Machine machine) {
            Machine.Stored stored = machine.store("w", new double[8][4], 1);
            machine.read(stored, new double[64][8]);
            machine.write(stored, new double[8][4]);
            return Outcome.of(NONE, 1, 1);
          }
        };
    Totals totals = byHand(learning).totals();
    assertEquals(
        2 * 64 * 8 * 4 * 1e-6,
        totals.value(Metric.ENERGY) * totals.value(Metric.TOPS_PER_W),
        1e-15);
  }

  /** On one tile, so that no link is longer; what is left is leakage over a shorter time. */
  @Test
  void copiesOfAMatrixChangeTheTimeToSolutionAndNotItsEnergy() {
    Kernel transform = KernelDesigns.kernel("dct", Map.of("rows", 64, "columns", 64));
    List<EvaluatedDesign> designs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Designs chip = KernelDesigns.chip(transform);
      chip.perPe = 8;
      chip.perTile = 8;
      chip.extra = 3 * i;
      EvaluatedDesign evaluated = byHand(chip.design());
      assertEquals(1 + 3 * i, evaluated.program(0).copies(0));
      designs.add(evaluated);
    }
    for (Action action : Action.values()) {
      assertEquals(
          designs.get(0).flow(0).actions().of(action),
          designs.get(1).flow(0).actions().of(action),
          action.word());
    }
    Totals one = designs.get(0).totals();
    Totals four = designs.get(1).totals();
    double energy_uJ = one.value(Metric.ENERGY_TO_SOLUTION);
    assertEquals(energy_uJ, four.value(Metric.ENERGY_TO_SOLUTION), 0.03 * energy_uJ);
    assertTrue(four.value(Metric.TIME_TO_SOLUTION) < one.value(Metric.TIME_TO_SOLUTION) / 2);
  }

  @Test
  void treesSumToTheEvaluationOfEveryKernel() {
    for (Design design : DESIGNS) {
      EvaluatedDesign evaluated = new Evaluator().evaluated(design);
      Explanation explanation = new Explanation(evaluated);
      String word = evaluated.program(0).name();
      Totals totals = evaluated.totals();
      EvaluatorTest.assertTotal(totals.value(Metric.ENERGY), 1e-9, explanation.energy(), word);
      EvaluatorTest.assertTotal(
          totals.value(Metric.ENERGY), 1e-9, explanation.energyByLayer(), word);
      EvaluatorTest.assertTotal(totals.value(Metric.LATENCY), 1e-6, explanation.latency(), word);
      EvaluatorTest.assertTotal(totals.value(Metric.AREA), 1e-6, explanation.area(), word);
      EvaluatorTest.assertTotal(totals.value(Metric.PEAK_POWER), 1e-6, explanation.power(), word);
      double share = totals.value(Metric.DIGITAL_SHARE);
      assertTrue(share >= 0 && share <= 1, word + " " + share);
    }
  }

  private static void assertSame(Totals expected, Totals found, String where) {
    for (Metric metric : Metric.values()) {
      assertEquals(expected.value(metric), found.value(metric), where + " " + metric);
    }
    for (Limit limit : Limit.values()) {
      assertEquals(expected.shortage(limit), found.shortage(limit), where + " " + limit);
    }
  }

  @Test
  void neitherOrderNorThreadsNorASharedMemoChangeABit() throws Exception {
    List<Totals> expected = new ArrayList<>();
    for (Design design : DESIGNS) {
      expected.add(new Evaluator(new Prices.Pricer()::price, 0).totals(design));
    }
    KernelRuns shared = new KernelRuns();
    List<Callable<Void>> walks = new ArrayList<>();
    for (int w = 0; w < 4; w++) {
      long seed = w;
      walks.add(
          () -> {
            Evaluator evaluator =
                new Evaluator(new Prices.Pricer()::price, Evaluator.BOUND_B, shared);
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < DESIGNS.size(); i++) {
              order.add(i);
              order.add(i);
            }
            Collections.shuffle(order, new Random(seed));
            for (int i : order) {
              assertSame(expected.get(i), evaluator.totals(DESIGNS.get(i)), "seed " + seed);
            }
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(walks.size());
    try {
      for (Future<Void> walk : threads.invokeAll(walks)) {
        walk.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Three chips of equal cuts, found by 2, 18 and 8 of 20 runs: the third one is the median. */
  @Test
  void theMedianChipOfAnOptimiserIsThatOfTheSuccess() {
    double[] successes = {1, 0.1, 0.9, 0.4};
    AtomicInteger chips = new AtomicInteger();
    Kernel optimiser =
        new Kernel() {
          @Override
          public String word() {
            return "optimiser";
          }

          @Override
          public Outcome run(Machine machine) {
            new Calls(4, 4, 1, 0, 0, 0).run(machine);
            double success = successes[chips.getAndIncrement() % successes.length];
            return Outcome.optimised(NONE, 7, 1, success, 20);
          }
        };
    Designs chip = KernelDesigns.chip(optimiser);
    chips.set(0);
    Totals totals = new Evaluator(HandPrices::plain, 0, new KernelRuns()).totals(chip.design());

    double tasks = Math.log(0.01) / Math.log(0.6) / 20;
    assertEquals(
        tasks, totals.value(Metric.TIME_TO_SOLUTION) / totals.value(Metric.LATENCY), 1e-9 * tasks);
  }

  /**
   * A task that is as good as the start that it draws, less 1 where its machine holds cells.
   *
   * @param starts starts that were drawn, in the order of the runs
   */
  private record Starting(List<Double> starts) implements Kernel {
    @Override
    public String word() {
      return "starting";
    }

    @Override
    public boolean draws() {
      return true;
    }

    @Override
    public Outcome run(Machine machine) {
      new Calls(4, 4, 1, 0, 0, 0).run(machine);
      // A draw of a hundred, so that starts differ by far more than what chips lose.
      double start = 100 * machine.gaussian();
      starts.add(start);
      double lost = starts.size() > DRAWS ? 1 : 0;
      return Outcome.of(
          new Outcome.Measure("score", "score", "", true), start - lost, 1, start < 0);
    }
  }

  @Test
  void aQualityIsLostAgainstExactRunsFromTheStartsOfTheChips() {
    Starting kernel = new Starting(new ArrayList<>());
    Design design = KernelDesigns.design(kernel);
    kernel.starts().clear();
    EvaluatedDesign evaluated =
        new Evaluator(HandPrices::plain, 0, new KernelRuns()).evaluated(design);
    List<Double> starts = kernel.starts();
    assertEquals(starts.subList(0, DRAWS), starts.subList(DRAWS, 2 * DRAWS));
    assertEquals(DRAWS, starts.stream().distinct().count(), "every chip has a start of its own");
    assertEquals(1, evaluated.totals().value(Metric.QUALITY_LOSS), 1e-9);
    KernelRun run = evaluated.kernels().get(0).orElseThrow();
    assertEquals(
        starts.subList(0, DRAWS).stream().filter(start -> start < 0).count(), run.solved());
  }

  /** Exact 5, 9, 7; chips 6, 4 and diverged: medians 7 and 4. */
  @Test
  void qualitiesAreComparedByTheirMediansAndADivergedChipIsTheWorst() {
    Outcome.Measure score = new Outcome.Measure("score", "score", "", true);
    List<Outcome> exact =
        DoubleStream.of(5, 9, 7).mapToObj(value -> Outcome.of(score, value, 1)).toList();
    List<Outcome> chips =
        List.of(Outcome.of(score, 6, 2), Outcome.of(score, 4, 1), Outcome.diverged(score, 1));
    Network network = KernelDesigns.job(new Calls(4, 4, 1, 0, 0, 0)).network();
    KernelRun run = new KernelRun(exact, chips.get(0), network, chips);
    assertEquals(3, run.qualityLoss().orElseThrow());
    assertEquals(2, run.solved());
    Outcome lost = Outcome.diverged(score, 1);
    KernelRun diverged = new KernelRun(exact, lost, network, List.of(lost, lost, chips.get(0)));
    assertTrue(diverged.qualityLoss().isEmpty());
  }

  @Test
  void designsThatDifferInPricesAloneShareARun() {
    KernelRuns runs = new KernelRuns();
    int[] made = {0};
    Kernel counted =
        new Kernel() {
          @Override
          public String word() {
            return "counted";
          }

          @Override
          public Outcome run(Machine machine) {
            made[0]++;
            return new Calls(4, 4, 1, 0, 0, 0).run(machine);
          }
        };
    Designs chip = KernelDesigns.chip(counted);
    made[0] = 0;
    Evaluator evaluator = new Evaluator(HandPrices::plain, 0, runs);
    evaluator.totals(chip.design());
    // The exact machine, and as many chips as the kernel asks for.
    assertEquals(1 + counted.drawsOfChips(), made[0]);
    chip.units = 8;
    chip.columnsPerAdc = 8;
    chip.bufferSize_B = 1024;
    new Evaluator(HandPrices::plain, 0, runs).totals(chip.design());
    assertEquals(1 + counted.drawsOfChips(), made[0]);
    chip.cellBits = 1;
    evaluator.totals(chip.design());
    assertEquals(1 + 2 * counted.drawsOfChips(), made[0], "other cells are simulated anew");
  }

  @Test
  void eachKernelHasItsOwnFiguresAndTheChipTheWorst() {
    Outcome.Measure decibel = new Outcome.Measure("PSNR", "PSNR", "dB", true);
    Kernel many = new Fixed("many", Outcome.solved(decibel, 40, 7, true, 1e-3));
    Kernel few = new Fixed("few", Outcome.of(decibel, 20, 3));
    Designs chip = KernelDesigns.chip(many, few);
    chip.jobs = new ArrayList<>(chip.jobs);
    chip.jobs.addAll(new Designs().runs(Designs.signed()).jobs);
    Totals totals = new Evaluator().totalsByNetwork(chip.design());
    assertEquals(20, totals.value(Metric.RESULT_QUALITY));
    assertEquals(7, totals.value(Metric.ITERATIONS));
    assertEquals(1e-3, totals.value(Metric.RESIDUAL));
    assertEquals(40, totals.network(0).value(Metric.RESULT_QUALITY));
    assertEquals(7, totals.network(0).value(Metric.ITERATIONS));
    assertEquals(20, totals.network(1).value(Metric.RESULT_QUALITY));
    assertEquals(3, totals.network(1).value(Metric.ITERATIONS));
    assertTrue(Double.isNaN(totals.network(1).value(Metric.RESIDUAL)), "it has none");
    for (Metric metric : Metric.values()) {
      boolean isOfKernel = metric.group() == Metric.Group.KERNEL;
      assertTrue(
          !isOfKernel || Double.isNaN(totals.network(2).value(metric)), metric + " of a network");
    }
    assertTrue(totals.isFeasible());
  }

  @Test
  void aKernelThatHasDivergedHasNoQualityWhateverElseRuns() {
    Outcome.Measure residual = new Outcome.Measure("residual", "residual", "", false);
    Kernel lost = new Fixed("lost", Outcome.diverged(residual, 9));
    Kernel good = new Fixed("good", Outcome.of(residual, 1, 1));
    for (Kernel[] kernels : new Kernel[][] {{lost}, {lost, good}, {good, lost}}) {
      Totals totals = new Evaluator().totalsByNetwork(KernelDesigns.chip(kernels).design());
      assertTrue(Double.isNaN(totals.value(Metric.RESULT_QUALITY)));
      assertTrue(Double.isNaN(totals.value(Metric.QUALITY_LOSS)));
      assertEquals(9, totals.value(Metric.ITERATIONS));
      assertEquals(1, totals.shortage(Limit.CONVERGENCE));
    }
  }

  @Test
  void anOptimiserThatNeverSucceedsHasNoTimeToSolution() {
    Outcome.Measure cut = new Outcome.Measure("cut", "cut", "", true);
    Kernel never = new Fixed("never", Outcome.optimised(cut, 5, 4, 0, 10));
    Kernel half = new Fixed("half", Outcome.optimised(cut, 5, 4, 0.5, 10));
    for (Kernel[] kernels : new Kernel[][] {{never}, {never, half}, {half, never}}) {
      Totals totals = new Evaluator().totals(KernelDesigns.chip(kernels).design());
      assertTrue(Double.isNaN(totals.value(Metric.TIME_TO_SOLUTION)));
      assertTrue(Double.isNaN(totals.value(Metric.ENERGY_TO_SOLUTION)));
      assertEquals(5, totals.value(Metric.RESULT_QUALITY));
      assertEquals(1, totals.shortage(Limit.CONVERGENCE));
    }
    // ln 0.01 / ln 0.5 = 6.64 runs, a task has 10.
    Totals totals = new Evaluator().totals(KernelDesigns.chip(half).design());
    assertEquals(
        Math.log(0.01) / Math.log(0.5) / 10 * totals.value(Metric.LATENCY),
        totals.value(Metric.TIME_TO_SOLUTION),
        1e-12 * totals.value(Metric.LATENCY));
  }

  @Test
  void amplifiersOfTheDesignSolve() {
    Kernel solver = KernelDesigns.kernel("feedbackSolve", Map.of("problem.matrix.size", 4));
    assertTrue(solver.solves());
    Design design = KernelDesigns.design(solver);
    double ideal = error(design);
    assertEquals(ideal, error(KernelDesigns.withAmplifiers(design, 1e9)), 1e-3 * ideal);
    double weak = error(KernelDesigns.withAmplifiers(design, 10));
    assertTrue(weak > 1.2 * ideal, weak + " against " + ideal);
  }

  private static double error(Design design) {
    return new Evaluator().totals(design).value(Metric.RESULT_QUALITY);
  }

  @Test
  void signsAloneHoldNoMatrix() {
    Designs chip = KernelDesigns.chip(new Calls(4, 4, 1, 0, 0, 0));
    chip.weights = new WeightEncoding(Encoding.XNOR, false, false, false);
    Totals totals = byHand(chip.design()).totals();
    assertEquals(1, totals.shortage(Limit.KERNEL_PARTS));
    assertTrue(Double.isNaN(totals.value(Metric.RESULT_QUALITY)));
    assertTrue(totals.value(Metric.ENERGY) > 0);
  }
}
