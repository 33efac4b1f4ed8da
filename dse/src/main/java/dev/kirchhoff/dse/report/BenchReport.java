package dev.kirchhoff.dse.report;

import dev.kirchhoff.dse.bench.Bench;
import dev.kirchhoff.dse.bench.BenchProblem;
import dev.kirchhoff.dse.bench.Checkpoint;
import dev.kirchhoff.dse.bench.ReferenceSet;
import dev.kirchhoff.dse.bench.Sample;
import dev.kirchhoff.dse.bench.SearchMethod;
import dev.kirchhoff.dse.bench.SearchRun;
import dev.kirchhoff.dse.bench.Snapshot;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Bench of searches as {@code bench --json} prints it.
 *
 * @param engines methods, in the order of their turns
 * @param seeds number of seeds: 1, 2, …
 * @param checkpoints amounts of work at which fronts were taken
 * @param cold whether each search had a process of its own
 * @param reproducible whether all checkpoints are numbers of designs, which give the same fronts on
 *     any machine
 * @param problems the problems
 */
public record BenchReport(
    List<String> engines,
    int seeds,
    List<String> checkpoints,
    boolean cold,
    boolean reproducible,
    List<ProblemReport> problems) {
  public BenchReport {
    engines = List.copyOf(engines);
    checkpoints = List.copyOf(checkpoints);
    problems = List.copyOf(problems);
  }

  /** The report of a bench. */
  public static BenchReport of(Bench bench, List<ProblemReport> problems) {
    return new BenchReport(
        bench.methods().stream().map(SearchMethod::name).toList(),
        bench.seeds(),
        bench.checkpoints().stream().map(Checkpoint::text).toList(),
        bench.isCold(),
        bench.checkpoints().stream().allMatch(c -> c.unit() == Checkpoint.Unit.DESIGNS),
        problems);
  }

  /**
   * Searches of one problem.
   *
   * @param designs number of designs of its space
   * @param objectives its objectives, direction first
   * @param exact whether the reference is the front of all designs; else it is that of the union of
   *     all fronts of the bench
   * @param reference members of the reference set
   * @param rows medians over the seeds, by method
   * @param samples all figures, by seed, method and checkpoint
   */
  public record ProblemReport(
      String name,
      String spec,
      BigInteger designs,
      List<String> objectives,
      boolean exact,
      int reference,
      List<Row> rows,
      List<Sample> samples) {
    public ProblemReport {
      objectives = List.copyOf(objectives);
      rows = List.copyOf(rows);
      samples = List.copyOf(samples);
    }

    /**
     * The report of some searches.
     *
     * @param exact the front of all designs, where it is known
     */
    public static ProblemReport of(
        BenchProblem problem, Bench bench, List<SearchRun> runs, Optional<ReferenceSet> exact) {
      ReferenceSet reference =
          exact.orElseGet(
              () ->
                  ReferenceSet.of(
                      problem.objectives(),
                      runs.stream()
                          .flatMap(run -> run.snapshots().stream())
                          .map(Snapshot::front)
                          .toList()));
      List<Sample> samples =
          runs.stream().flatMap(run -> Sample.of(problem, run, reference).stream()).toList();
      return new ProblemReport(
          problem.name(),
          problem.file(),
          problem.designs(),
          problem.objectives().stream()
              .map(o -> (o.maximise() ? "maximise " : "minimise ") + o.name())
              .toList(),
          exact.isPresent(),
          reference.size(),
          bench.methods().stream().map(m -> Row.of(m.name(), bench, samples)).toList(),
          samples);
    }
  }

  /**
   * A method.
   *
   * @param engine its name
   * @param cells its figures at each checkpoint
   */
  public record Row(String engine, List<Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }

    private static Row of(String engine, Bench bench, List<Sample> samples) {
      return new Row(
          engine,
          bench.checkpoints().stream()
              .map(
                  checkpoint ->
                      Cell.of(
                          samples.stream()
                              .filter(sample -> sample.engine().equals(engine))
                              .filter(sample -> sample.checkpoint().equals(checkpoint.text()))
                              .toList()))
              .toList());
    }
  }

  /**
   * Figures of a method at a checkpoint, over the seeds.
   *
   * @param median median share of the reference's hypervolume
   * @param least least share
   * @param greatest greatest share
   * @param members median number of members
   * @param designs median number of designs
   * @param processor_s median processor time
   */
  public record Cell(
      double median,
      double least,
      double greatest,
      double members,
      double designs,
      double processor_s) {
    private static Cell of(List<Sample> samples) {
      double[] shares = samples.stream().mapToDouble(Sample::share).sorted().toArray();
      return new Cell(
          median(Arrays.stream(shares)),
          shares[0],
          shares[shares.length - 1],
          median(samples.stream().mapToDouble(Sample::members)),
          median(samples.stream().mapToDouble(Sample::designs)),
          median(samples.stream().mapToDouble(Sample::processor_s)));
    }

    private static double median(DoubleStream values) {
      double[] sorted = values.sorted().toArray();
      int middle = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
  }
}
