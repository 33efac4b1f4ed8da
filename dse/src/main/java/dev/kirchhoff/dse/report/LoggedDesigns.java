package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.event.RunFront;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunLogReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Reader of the front of a run with the knobs of its members and, where asked, its designs. */
final class LoggedDesigns {
  private LoggedDesigns() {}

  /**
   * Reads a run.
   *
   * @param withFeasible whether its feasible designs are read too
   */
  static RunFront of(RunDirectory run, RunEvent.Run header, boolean withFeasible) {
    LoggedFront front = LoggedFront.of(run);
    List<RunFront.Candidate> feasible = new ArrayList<>();
    if (withFeasible) {
      RunLogReader.evaluations(
          run,
          batch ->
              IntStream.range(0, batch.count())
                  .filter(i -> isFeasible(batch, i))
                  .forEach(i -> feasible.add(candidate(batch, i))));
    }
    return new RunFront(
        front.run(),
        header,
        front.state(),
        front.evaluated(),
        front.front().stream()
            .map(
                member ->
                    new RunFront.Member(
                        member.index(), member.values(), member.ordinals().orElse(List.of())))
            .toList(),
        feasible);
  }

  private static boolean isFeasible(RunEvent.Evaluations batch, int i) {
    return Arrays.stream(batch.violations()).noneMatch(column -> column[i] > 0)
        && RunEvent.Evaluations.isValued(batch.values(), i);
  }

  private static RunFront.Candidate candidate(RunEvent.Evaluations batch, int i) {
    float[][] metrics = batch.figures().metrics();
    return new RunFront.Candidate(
        batch.first() + i,
        Arrays.stream(batch.values()).map(column -> column[i]).toList(),
        Arrays.stream(metrics).map(column -> (double) column[i]).toList());
  }
}
