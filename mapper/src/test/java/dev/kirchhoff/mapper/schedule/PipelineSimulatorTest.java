package dev.kirchhoff.mapper.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.mapper.dataflow.Dataflow;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PipelineSimulatorTest {
  private static final long SEED = 20261125L;
  private static final int CASES = 20_000;

  private static String message(int i) {
    return "seed " + SEED + " case " + i;
  }

  @Test
  void theScheduleOfOneInferenceIsThatOfTheSimulator() {
    for (int i = 0; i < CASES; i++) {
      RandomPipelines p = new RandomPipelines(new Random(SEED + i), 12, i % 4 != 0);
      PipelineSimulator simulator = new PipelineSimulator(p.stages, p.input_ns, 0);
      assertTrue(simulator.run(1), message(i));
      for (int l = 0; l < p.stages.size(); l++) {
        double end_ns = simulator.end_ns(0, l);
        String layer = message(i) + " layer " + l;
        assertEquals(end_ns, p.schedule.end_ns(l), 1e-9 * end_ns, layer);
        assertEquals(simulator.start_ns(0, l), p.schedule.start_ns(l), 1e-9 * end_ns, layer);
      }
      double latency_ns = simulator.finished_ns(0);
      assertEquals(latency_ns, p.schedule.latency_ns(), 1e-9 * latency_ns, message(i));
    }
  }

  @Test
  void aChainWithTheBuffersThatTheScheduleAsksForIsNotHeldBack() {
    for (int i = 0; i < CASES; i++) {
      RandomPipelines p = new RandomPipelines(new Random(SEED + i), 8, false);
      p.limitBuffers();
      PipelineSimulator simulator = new PipelineSimulator(p.stages, p.input_ns, 0);
      assertTrue(simulator.run(1), message(i));
      double latency_ns = p.schedule.latency_ns();
      assertEquals(latency_ns, simulator.finished_ns(0), 1e-9 * latency_ns, message(i));
    }
  }

  /**
   * Layers of two or three iterations on one of two ways take a larger part of a map at a time than
   * the other way's buffer, sized for even progress, lets through: those wait, or block each other.
   */
  @Test
  void fewBranchesWithTheBuffersThatTheScheduleAsksForAreHeldBack() {
    int held = 0;
    for (int i = 0; i < CASES; i++) {
      RandomPipelines p = new RandomPipelines(new Random(SEED + i), 8, true);
      p.limitBuffers();
      PipelineSimulator simulator = new PipelineSimulator(p.stages, p.input_ns, 0);
      double latency_ns = p.schedule.latency_ns();
      boolean runs = simulator.run(1);
      if (!runs || simulator.finished_ns(0) > latency_ns * (1 + 1e-9)) {
        held++;
      }
    }
    assertTrue(held < 0.015 * CASES, "seed " + SEED + ": " + held);
  }

  @Test
  void smallerBuffersAreNeverFaster() {
    for (int i = 0; i < CASES / 10; i++) {
      RandomPipelines p = new RandomPipelines(new Random(SEED + i), 8, false);
      p.limitBuffers();
      double before = 0;
      for (double share = 1; share > 0.3; share -= 0.1) {
        for (PipelineSimulator.Stage stage : p.stages) {
          stage.readBuffer[0] = Math.min(1, stage.kept + share * (1 - stage.kept));
        }
        PipelineSimulator simulator = new PipelineSimulator(p.stages, p.input_ns, 0);
        if (!simulator.run(1)) {
          break;
        }
        double finished_ns = simulator.finished_ns(0);
        assertTrue(finished_ns >= before * (1 - 1e-9), message(i));
        before = finished_ns;
      }
    }
  }

  @Test
  void successiveInferencesFollowAtTheInterval() {
    int later = 0;
    for (int i = 0; i < CASES; i++) {
      RandomPipelines p = new RandomPipelines(new Random(SEED + i), 8, i % 4 != 0);
      double interval_ns = Math.max(p.schedule.interval_ns(), p.input_ns);
      PipelineSimulator simulator = new PipelineSimulator(p.stages, p.input_ns, interval_ns);
      int batch = 6;
      assertTrue(simulator.run(batch), message(i));
      double batch_ns = p.schedule.latency_ns() + (batch - 1) * interval_ns;
      double late_ns = simulator.finished_ns(batch - 1) - batch_ns;
      double rounds_ns = 0;
      for (PipelineSimulator.Stage stage : p.stages) {
        rounds_ns += stage.iteration_ns;
      }
      assertTrue(late_ns >= -1e-9 * batch_ns && late_ns <= rounds_ns, message(i));
      later += late_ns > 1e-9 * batch_ns ? 1 : 0;
    }
    assertTrue(later < 0.005 * CASES, "seed " + SEED + ": " + later);
  }

  @Test
  void aRecurrentLayerWalkedStepByStepEndsWithTheSchedule() {
    for (int i = 0; i < CASES / 10; i++) {
      Random random = new Random(SEED + i);
      int steps = 2 + random.nextInt(20);
      int vectors = steps * (1 + random.nextInt(8));
      int copies = 1 + random.nextInt(4);
      double iteration_ns = 1 + random.nextDouble();
      double fill_ns = random.nextDouble();
      double input_ns = 100 * random.nextDouble();
      double end_ns = 0;
      for (int step = 0; step < steps; step++) {
        // A step starts when its input has come and the last step's result is there.
        end_ns = Math.max(end_ns, (step + 1.0) / steps * input_ns);
        for (int left = vectors / steps; left > 0; left -= copies) {
          end_ns += iteration_ns;
        }
        end_ns += fill_ns;
      }
      Dataflow flow = Dataflow.of(List.of(RandomPipelines.recurrent(vectors, steps)));
      LayerTime time = LayerTime.of(flow, 0, copies, iteration_ns, fill_ns, 0);
      Schedule schedule = Schedule.pipelined(Pipeline.of(flow, List.of(time), input_ns), 0);
      assertEquals(end_ns, schedule.latency_ns(), 1e-9 * end_ns, message(i));
    }
  }
}
