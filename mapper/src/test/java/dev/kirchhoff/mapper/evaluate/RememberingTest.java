package dev.kirchhoff.mapper.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kirchhoff.arch.chip.Interconnect.Topology;
import dev.kirchhoff.arch.chip.Io;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.result.BandEnd;
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
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * An evaluator that remembers against one that keeps nothing, over walks that change one thing at a
 * time and come back to earlier designs: bit for bit the same.
 */
class RememberingTest {
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
      case 13 -> d.io = new Io(Io.IoKind.PARALLEL, 1 + random.nextInt(4), 1, Designs.MODEL);
      case 14 -> {
        d.tiles = random.nextInt(30);
        d.overflow = MappingOptions.Overflow.values()[random.nextInt(3)];
      }
      case 15 ->
          d.ground =
              new MappingOptions.Ground(
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

  @Test
  void aDesignIsWorthTheSameWhateverWasEvaluatedBefore() {
    Evaluator plain = new Evaluator();
    Totals expected = new Totals();
    Totals totals = new Totals();
    for (long seed = SEED; seed < SEED + WALKS; seed++) {
      Random random = new Random(seed);
      Evaluator remembering = Evaluator.remembering(BandEnd.NOMINAL);
      Designs d = EvaluatorTest.random(random);
      List<Design> met = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        change(d, random);
        boolean isNew = met.isEmpty() || random.nextInt(4) > 0;
        Design design = isNew ? d.design() : met.get(random.nextInt(met.size()));
        met.add(design);
        String where = "seed " + seed + ", step " + step + ", ";
        plain.evaluate(design, expected);
        remembering.evaluate(design, totals);
        assertSame(expected, totals, where);
      }
    }
  }

  @Test
  void soIsEachOfItsLayers() {
    Evaluator plain = new Evaluator();
    for (long seed = SEED; seed < SEED + WALKS / 4; seed++) {
      Random random = new Random(seed);
      Evaluator remembering = Evaluator.remembering(BandEnd.NOMINAL);
      Designs d = EvaluatorTest.random(random);
      for (int step = 0; step < STEPS / 4; step++) {
        change(d, random);
        Evaluation expected = plain.evaluate(d.design());
        Evaluation found = remembering.evaluate(d.design());
        String where = "seed " + seed + ", step " + step;
        assertEquals(expected.layers(), found.layers(), where);
        assertEquals(expected.warnings(), found.warnings(), where);
      }
    }
  }
}
