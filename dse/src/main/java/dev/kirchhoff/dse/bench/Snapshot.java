package dev.kirchhoff.dse.bench;

import java.util.List;

/**
 * Front of a search at a checkpoint.
 *
 * @param checkpoint the checkpoint
 * @param designs unique designs evaluated until then; fewer than asked for where the search ended
 * @param processor_s processor time until then
 * @param front members, each by its objectives in metric units
 */
public record Snapshot(
    Checkpoint checkpoint, long designs, double processor_s, List<List<Double>> front) {
  public Snapshot {
    front = front.stream().map(List::copyOf).toList();
  }
}
