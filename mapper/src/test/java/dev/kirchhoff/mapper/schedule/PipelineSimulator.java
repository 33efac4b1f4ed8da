package dev.kirchhoff.mapper.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The reference of {@link Schedule}: walks every iteration of every layer of every inference, event
 * by event, with line buffers of any size that hold producers back when they are full. It knows
 * nothing of convex curves.
 */
final class PipelineSimulator {
  /** A stage: its iterations, times and what it takes. */
  static final class Stage {
    int iterations;
    double iteration_ns;
    double fill_ns;
    double way_ns;
    double lead_ns;
    double firstShare;
    double kept;
    int[] reads;
    int[] joins;
    double[] readBuffer;
    double[] joinBuffer;
  }

  private static final class Run {
    double[] start_ns;
    double[] end_ns;
    int started;
    int ended;
  }

  private final List<Stage> stages;
  private final double input_ns;
  private final List<Run[]> inferences = new ArrayList<>();
  private final double interval_ns;

  PipelineSimulator(List<Stage> stages, double input_ns, double interval_ns) {
    this.stages = stages;
    this.input_ns = input_ns;
    this.interval_ns = interval_ns;
  }

  /** Runs so many inferences; false if they block each other for ever. */
  boolean run(int count) {
    for (int i = 0; i < count; i++) {
      Run[] runs = new Run[stages.size()];
      for (int l = 0; l < runs.length; l++) {
        runs[l] = new Run();
        runs[l].start_ns = new double[stages.get(l).iterations];
        runs[l].end_ns = new double[stages.get(l).iterations];
        Arrays.fill(runs[l].start_ns, Double.NaN);
        Arrays.fill(runs[l].end_ns, Double.NaN);
      }
      inferences.add(runs);
      boolean moved = true;
      while (moved) {
        moved = false;
        for (int l = 0; l < runs.length; l++) {
          while (start(i, l)) {
            moved = true;
          }
          while (end(i, l)) {
            moved = true;
          }
        }
      }
      for (int l = 0; l < runs.length; l++) {
        if (runs[l].ended < stages.get(l).iterations) {
          return false;
        }
      }
    }
    return true;
  }

  private double need(Stage stage, int k) {
    return stage.iterations == 1
        ? 1
        : stage.firstShare + (1 - stage.firstShare) * k / (stage.iterations - 1);
  }

  private boolean start(int i, int l) {
    Stage stage = stages.get(l);
    Run run = inferences.get(i)[l];
    int k = run.started;
    if (k == stage.iterations) {
      return false;
    }
    double at = k > 0 ? run.start_ns[k - 1] + stage.iteration_ns : 0;
    if (k == 0 && i > 0) {
      at = inferences.get(i - 1)[l].start_ns[stage.iterations - 1] + stage.iteration_ns;
    }
    for (int p : stage.reads) {
      at = Math.max(at, delivered_ns(i, p, need(stage, k)) + stage.way_ns);
    }
    at = Math.max(at, room_ns(i, l, k)) + (k == 0 ? stage.lead_ns : 0);
    if (Double.isNaN(at)) {
      return false;
    }
    run.start_ns[k] = at;
    run.started++;
    return true;
  }

  private boolean end(int i, int l) {
    Stage stage = stages.get(l);
    Run run = inferences.get(i)[l];
    int k = run.ended;
    if (k == run.started) {
      return false;
    }
    double at = run.start_ns[k] + stage.iteration_ns + stage.fill_ns;
    for (int j : stage.joins) {
      at = Math.max(at, delivered_ns(i, j, (k + 1.0) / stage.iterations) + stage.way_ns);
    }
    if (Double.isNaN(at)) {
      return false;
    }
    run.end_ns[k] = at;
    run.ended++;
    return true;
  }

  /** Time at which a producer has delivered a share of its map; NaN if not known yet. */
  private double delivered_ns(int i, int producer, double share) {
    if (producer < 0) {
      return i * interval_ns + share * input_ns;
    }
    Run run = inferences.get(i)[producer];
    double iterations = share * run.end_ns.length;
    int whole = (int) Math.ceil(iterations - 1e-9);
    if (whole > run.ended) {
      return Double.NaN;
    }
    if (whole <= 1) {
      return run.end_ns[0];
    }
    double part = Math.min(1, iterations - (whole - 1));
    return run.end_ns[whole - 2] + part * (run.end_ns[whole - 1] - run.end_ns[whole - 2]);
  }

  /** Time at which every consumer has room for the results of an iteration. */
  private double room_ns(int i, int l, int k) {
    double at = 0;
    for (int c = l + 1; c < stages.size(); c++) {
      Stage consumer = stages.get(c);
      Run run = inferences.get(i)[c];
      double share = (k + 1.0) / stages.get(l).iterations;
      for (int r = 0; r < consumer.reads.length; r++) {
        if (consumer.reads[r] == l && share > consumer.readBuffer[r] + 1e-9) {
          int m = 0;
          while (m < consumer.iterations - 1
              && need(consumer, m + 1) - consumer.kept < share - consumer.readBuffer[r] - 1e-9) {
            m++;
          }
          at = Math.max(at, run.start_ns[m] + consumer.iteration_ns);
        }
      }
      for (int r = 0; r < consumer.joins.length; r++) {
        if (consumer.joins[r] == l && share > consumer.joinBuffer[r] + 1e-9) {
          int m =
              (int) Math.ceil((share - consumer.joinBuffer[r]) * consumer.iterations - 1e-9) - 1;
          at = Math.max(at, run.end_ns[Math.max(0, m)]);
        }
      }
    }
    return at;
  }

  double start_ns(int i, int l) {
    return inferences.get(i)[l].start_ns[0] - stages.get(l).lead_ns;
  }

  double end_ns(int i, int l) {
    double[] ends = inferences.get(i)[l].end_ns;
    return ends[ends.length - 1];
  }

  /** Time at which the last layer of an inference has ended. */
  double finished_ns(int i) {
    double latest = 0;
    for (int l = 0; l < stages.size(); l++) {
      latest = Math.max(latest, end_ns(i, l));
    }
    return latest;
  }
}
