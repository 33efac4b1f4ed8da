package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.Evaluation;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.MappingOptions.Arrangement;
import dev.kirchhoff.arch.workload.MappingOptions.Granularity;
import dev.kirchhoff.arch.workload.Precision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Independence of evaluations: designs of walks that change one thing at a time, evaluated in their
 * order by one evaluator and in a shuffled order by another, give the same bits.
 */
@Tag("broad")
class OrderOfEvaluationTest {
  private static final long SEED = 20261125L;
  private static final int WALKS = 60;
  private static final int STEPS = 60;

  /** Changes one thing of a chip, of its use or of a layer. */
  private static void change(Designs d, Random random) {
    switch (random.nextInt(20)) {
      case 0 -> d.side = 64 << random.nextInt(3);
      case 1 -> d.rowsActive = 32 << random.nextInt(3);
      case 2 -> d.perTile = 4 * (1 + random.nextInt(4));
      case 3 -> d.cellBits = 1 + random.nextInt(4);
      case 4 -> d.adcBits = 4 + random.nextInt(6);
      case 5 -> d.columnsPerAdc = 8 << random.nextInt(4);
      case 6 -> d.bufferSize_B = 1024 << random.nextInt(7);
      case 7, 8 -> d.extra = random.nextInt(9) * 0.25;
      case 9 -> d.topology = Topology.values()[random.nextInt(Topology.values().length)];
      case 10 -> d.linkWidth = 32 << random.nextInt(4);
      case 11 -> d.schedule = MappingOptions.Schedule.values()[random.nextInt(2)];
      case 12 -> d.units = 1 << random.nextInt(7);
      case 13 ->
          d.io = Optional.of(new Io(Io.IoKind.PARALLEL, 1 + random.nextInt(4), 1, Designs.MODEL));
      case 14 -> {
        int tiles = random.nextInt(30);
        d.tiles = tiles > 0 ? OptionalInt.of(tiles) : OptionalInt.empty();
        d.overflow = MappingOptions.Overflow.values()[random.nextInt(3)];
      }
      case 15 ->
          d.allocation =
              new MappingOptions.CrossbarAllocation(
                  Arrangement.values()[random.nextInt(2)],
                  Granularity.values()[random.nextInt(3)],
                  random.nextInt(3) == 0);
      case 16 -> d.readVoltage_V = 0.1 + 0.05 * random.nextInt(4);
      default -> changeLayer(d, random);
    }
  }

  private static void changeLayer(Designs d, Random random) {
    if (d.jobs.isEmpty()) {
      return;
    }
    int j = random.nextInt(d.jobs.size());
    Job job = d.jobs.get(j);
    List<Precision> bits = new ArrayList<>(job.precision());
    int values = random.nextInt(3) > 0 ? 8 : 4 + random.nextInt(5);
    Precision changed = new Precision(4 + random.nextInt(5), values, values);
    bits.set(random.nextInt(bits.size()), changed);
    List<Job> jobs = new ArrayList<>(d.jobs);
    jobs.set(j, new Job(job.network(), bits, job.weight()));
    d.jobs = jobs;
  }

  private static void assertSame(Totals expected, Totals totals, String where) {
    for (Metric metric : Metric.values()) {
      assertEquals(expected.value(metric), totals.value(metric), where + metric);
    }
    for (Limit limit : Limit.values()) {
      assertEquals(expected.shortage(limit), totals.shortage(limit), where + limit);
    }
  }

  private static List<Design> walk(Random random, int steps) {
    Designs d = EvaluatorTest.random(random);
    List<Design> designs = new ArrayList<>();
    for (int step = 0; step < steps; step++) {
      change(d, random);
      designs.add(d.design());
    }
    return designs;
  }

  private static List<Integer> shuffled(int size, Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(order, random);
    return order;
  }

  private static Totals totals(Evaluator evaluator, Design design) {
    Totals totals = evaluator.totals(design);
    return totals;
  }

  @Test
  void totalsDoNotDependOnTheOrderOfEvaluation() {
    for (long seed = SEED; seed < SEED + WALKS; seed++) {
      Random random = new Random(seed);
      List<Design> designs = walk(random, STEPS);
      Evaluator inOrder = new Evaluator();
      List<Totals> expected = designs.stream().map(d -> totals(inOrder, d)).toList();
      Evaluator other = new Evaluator();
      for (int i : shuffled(designs.size(), random)) {
        String where = "seed " + seed + ", step " + i + ", ";
        assertSame(expected.get(i), totals(other, designs.get(i)), where);
      }
    }
  }

  @Test
  void layersAndWarningsDoNotDependOnTheOrderOfEvaluation() {
    for (long seed = SEED; seed < SEED + WALKS / 4; seed++) {
      Random random = new Random(seed);
      List<Design> designs = walk(random, STEPS / 4);
      Evaluator inOrder = new Evaluator();
      List<Evaluation> expected = designs.stream().map(inOrder::evaluate).toList();
      Evaluator other = new Evaluator();
      for (int i : shuffled(designs.size(), random)) {
        Evaluation found = other.evaluate(designs.get(i));
        String where = "seed " + seed + ", step " + i;
        assertEquals(expected.get(i).layers(), found.layers(), where);
        assertEquals(expected.get(i).warnings(), found.warnings(), where);
      }
    }
  }

  @Test
  void aChipBuiltForAnotherPrecisionIsPricedAnew() {
    Evaluator reused = new Evaluator();
    Design first = new Designs().runs(Designs.small()).design();
    for (int bits : new int[] {8, 6, 8, 4, 6}) {
      List<Precision> precision = new ArrayList<>(first.jobs().get(0).precision());
      precision.replaceAll(layer -> new Precision(bits, bits, bits));
      Design design =
          new Design(
              first.chip(),
              List.of(new Job(first.jobs().get(0).network(), precision, 1)),
              first.mapping(),
              first.operation(),
              4,
              4);
      assertSame(totals(new Evaluator(), design), totals(reused, design), bits + " bits, ");
    }
  }
}
