package dev.kirchhoff.dse.report;

import dev.kirchhoff.dse.explore.Verification;
import java.util.List;

/**
 * Recomputation of a run as {@code verify --json} prints it.
 *
 * @param run the run
 * @param version version of the models, the run's and ours
 * @param equal whether every figure is equal, bit for bit
 * @param designs designs that were computed again
 * @param rounds rounds whose fronts were
 * @param front members of the last front
 * @param differing figures that differ
 * @param differences the first of them
 */
public record VerificationReport(
    String run,
    String version,
    boolean equal,
    long designs,
    int rounds,
    int front,
    long differing,
    List<Verification.Difference> differences) {

  /** The report of a recomputation. */
  public static VerificationReport of(String run, String version, Verification.Result result) {
    return new VerificationReport(
        run,
        version,
        result.isEqual(),
        result.designs(),
        result.rounds(),
        result.front(),
        result.differing(),
        result.differences());
  }
}
