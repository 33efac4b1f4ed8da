package dev.kirchhoff.dse.bench;

import java.util.List;

/**
 * One search of a bench.
 *
 * @param method name of its method
 * @param seed its seed
 * @param snapshots its fronts at the checkpoints
 */
public record SearchRun(String method, long seed, List<Snapshot> snapshots) {
  public SearchRun {
    snapshots = List.copyOf(snapshots);
  }
}
