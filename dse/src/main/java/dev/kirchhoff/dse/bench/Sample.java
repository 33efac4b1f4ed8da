package dev.kirchhoff.dse.bench;

import dev.kirchhoff.arch.result.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Front of a search at a checkpoint, measured: a row of the raw table.
 *
 * @param problem name of the problem
 * @param engine name of the method
 * @param seed seed of the search
 * @param checkpoint text of the checkpoint
 * @param designs unique designs evaluated until then
 * @param processor_s processor time until then
 * @param share share of the reference set's hypervolume, 0..1
 * @param members members of the front
 * @param ends ends of the front in each objective
 */
public record Sample(
    String problem,
    String engine,
    long seed,
    String checkpoint,
    long designs,
    double processor_s,
    double share,
    int members,
    List<End> ends) {
  public Sample {
    ends = List.copyOf(ends);
  }

  /**
   * Ends of a front in an objective; absent of a front without members.
   *
   * @param objective key of the objective
   * @param least least value in the metric's unit
   * @param greatest greatest value
   */
  public record End(String objective, OptionalDouble least, OptionalDouble greatest) {
    private static End of(Objective objective, int m, List<List<Double>> front) {
      return new End(
          objective.key(),
          front.stream().mapToDouble(member -> member.get(m)).min(),
          front.stream().mapToDouble(member -> member.get(m)).max());
    }
  }

  /** The fronts of a search, measured by a reference. */
  public static List<Sample> of(BenchProblem problem, SearchRun run, ReferenceSet reference) {
    List<Sample> samples = new ArrayList<>();
    for (Snapshot snapshot : run.snapshots()) {
      List<End> ends = new ArrayList<>();
      for (int m = 0; m < problem.objectives().size(); m++) {
        ends.add(End.of(problem.objectives().get(m), m, snapshot.front()));
      }
      samples.add(
          new Sample(
              problem.name(),
              run.method(),
              run.seed(),
              snapshot.checkpoint().text(),
              snapshot.designs(),
              snapshot.processor_s(),
              reference.share(snapshot.front()),
              snapshot.front().size(),
              ends));
    }
    return samples;
  }
}
