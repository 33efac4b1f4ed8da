package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.mapper.linear.LinearAlgebra;

/** Classes that neurons fire for: a spike votes for each by its share of the neuron's spikes. */
final class SpikeVotes {
  private final double[][] fired;

  SpikeVotes(int neurons, int classes) {
    fired = new double[neurons][classes];
  }

  /** Counts a spike of a neuron in an image of a class. */
  void count(int neuron, int label) {
    fired[neuron][label]++;
  }

  /** Adds the votes of a spike; a neuron that was never counted has none. */
  void vote(int neuron, double[] votes) {
    double all = 0;
    for (double spikes : fired[neuron]) {
      all += spikes;
    }
    if (all > 0) {
      LinearAlgebra.add(votes, 1 / all, fired[neuron]);
    }
  }

  /** Class of most votes; −1 = there are none. */
  static int elected(double[] votes) {
    int elected = -1;
    double most = 0;
    for (int c = 0; c < votes.length; c++) {
      elected = votes[c] > most ? c : elected;
      most = Math.max(most, votes[c]);
    }
    return elected;
  }
}
